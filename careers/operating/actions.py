"""What an operator does: adds a school with its first careers leader, makes another operator, ends one."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from careers.accounts.actions import PersonRefused, an_address, new_user
from careers.accounts.first_password import address_to_set_it, days_it_lasts
from careers.accounts.models import User
from careers.accounts.posting import send
from careers.accounts.roles import CareersLeader
from careers.audit.record import record
from careers.people.inviting import invite
from careers.people.letters import password_letter
from careers.people.models import Invitation
from careers.schools.actions import add_school
from careers.schools.models import School


def add_school_with_leader(
    *,
    name: str,
    urn: str,
    laestab: str,
    kind: str,
    ages: tuple[int, int],
    leader_name: str,
    leader_email: str,
    by: User,
    at: str,
) -> tuple[School, Invitation]:
    """A school and the invitation of whoever will let everybody else in. Both or neither. Raises SchoolRefused, PersonRefused."""
    with transaction.atomic():
        school = add_school(name=name, urn=urn, laestab=laestab, kind=kind, ages=ages, by=by)
        invitation = invite(email=leader_email, name=leader_name, role=CareersLeader.key, school=school, by=by, at=at)
    return school, invitation


def make_operator(*, email: str, name: str = "", by: User | None) -> User:
    """Somebody looks after this installation from now on, with an account where they have none. Raises PersonRefused."""
    email = an_address(email)
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email=email).first() or new_user(email, name, None)
        if not user.is_active:
            raise PersonRefused(f"The account of {email} is closed.")
        if user.is_operator:
            raise PersonRefused(f"{user} is an operator already.")
        user.is_operator = True
        user.save(update_fields=["is_operator"])
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        record("made an operator", by=by, subject=user)
    return user


def send_first_password(user: User, at: str) -> bool:
    """The message with which somebody without a password sets one. Whether it went."""
    letter = password_letter(user, address_to_set_it(user, at), days_it_lasts())
    return send(to=user.email, subject=letter.subject, words=letter.words)


def end_operator(*, user: User, by: User | None) -> None:
    """Somebody looks after this installation no longer. Never the last, and nobody themselves. Raises PersonRefused."""
    with transaction.atomic():
        operators = {each.pk: each for each in User.objects.select_for_update().filter(is_operator=True)}
        held = operators.get(user.pk)
        if held is None:
            raise PersonRefused(f"{user} is no operator any more.")
        if by is not None and by.pk == held.pk:
            raise PersonRefused("Nobody takes this off themselves. Ask another operator.")
        if not any(each.is_active for each in operators.values() if each.pk != held.pk):
            raise PersonRefused(f"{held} is the only operator. Make another one first.")
        held.is_operator = False
        held.save(update_fields=["is_operator"])
        record("ended an operator", by=by, subject=held)
