"""A way back for somebody who has lost every second step."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.accounts.notices import tell
from careers.accounts.on_record import put_on_record
from careers.accounts.roles import Policy
from careers.accounts.sessions.ending import end_sessions


class ResetRefused(Exception):
    """It cannot be done. Its text is one sentence saying why."""


def reset_second_step(*, user: User, by: User | None) -> None:
    """Take away every second step and recovery code of `user`, and end their sessions. They set up a new one at their next sign-in.

    `by` manages people at one of their schools, or is None for the command line. Raises ResetRefused.
    """
    if by is not None:
        _refuse_a_stranger(user, by)
    with transaction.atomic():
        gone, _ = Authenticator.objects.filter(user_id=user.pk).delete()
        if not gone:
            raise ResetRefused(f"{user} has no second step to reset.")
        end_sessions(user)
        put_on_record("reset a second step", user, by=by)
        tell(user, "reset")


def _refuse_a_stranger(user: User, by: User) -> None:
    if by == user:
        raise ResetRefused("Somebody else who manages people has to reset yours.")
    theirs = {membership.school_id for membership in memberships_of(user)}
    may = {each.school_id for each in memberships_of(by) if Policy.MANAGE_PEOPLE in each.policies}
    if not theirs & may:
        raise ResetRefused("You do not manage people at any of this person's schools.")
