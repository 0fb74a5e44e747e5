"""How long a session may lie unused: as long as the strictest of the person's roles lets it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from careers.accounts.models import Membership, SignedIn, User
from careers.accounts.roles import InstallationOperator, Role

NOTED_EVERY = timedelta(minutes=1)
"""When a session was last used is written down no more often than this."""


def idle_minutes(user: User, memberships: Iterable[Membership]) -> int:
    held = [membership.held for membership in memberships]
    if user.is_operator:
        held.append(InstallationOperator)
    return min((role.idle_minutes for role in held), default=Role.idle_minutes)


def has_lain_too_long(session: SignedIn, minutes: int) -> bool:
    return timezone.now() - session.last_used_at > timedelta(minutes=minutes) + NOTED_EVERY


def has_lasted_too_long(session: SignedIn) -> bool:
    """Whether it began longer ago than a session lasts, however busily it is used: the store of sessions counts from the last
    change of one.
    """
    return timezone.now() - session.started_at > timedelta(seconds=settings.SESSION_COOKIE_AGE)


def note_use(session: SignedIn) -> None:
    now = timezone.now()
    if now - session.last_used_at >= NOTED_EVERY:
        SignedIn.objects.filter(pk=session.pk).update(last_used_at=now)
