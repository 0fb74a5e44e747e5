"""What is done about the people of a school: adding one in a role, changing the role, ending it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django_scopes import scope

from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL, ROLES, CareersLeader
from careers.accounts.sessions.ending import end_sessions
from careers.audit.record import record
from careers.schools.models import School


class PersonRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


@dataclass(frozen=True)
class Added:
    user: User
    is_new: bool
    """Whether nobody was known by this e-mail address before."""
    role_before: str | None
    """The key of the role held at the school before, if any."""


def add_person(
    *, email: str, name: str = "", role: str, school: School, password: str | None = None, by: User | None
) -> Added:
    """Give somebody a role at a school, and an account where they have none yet. Raises PersonRefused.

    Somebody known already keeps their name and password. Without a password a new person has to set one before signing in.
    """
    email = an_address(email)
    refuse_unknown_role(role)
    with one_at_a_time(school):
        known = User.objects.filter(email=email).first()
        if known:
            refuse_oneself(known, by)
            if by is not None and role != CareersLeader.key:
                refuse_last_leader(known, school)
        user = welcome_back(known, password) if known else new_user(email, name, password)
        before = set_role(user, role, school)
        if before is None:
            record("added a person", by=by, school=school, subject=user, role=role)
        elif before != role:
            record("changed a person's role", by=by, school=school, subject=user, role=role, was=before)
    return Added(user, known is None, before)


def remove_person(*, email: str, school: School, by: User | None) -> User:
    """End somebody's role at a school, at once. Their account and what they wrote down stay. Raises PersonRefused.

    At the machine itself (`by` None) even the last careers leader can be taken off: a school may leave.
    """
    with one_at_a_time(school):
        membership = Membership.objects.filter(school=school, user__email=email.strip().lower()).first()
        if membership is None:
            raise PersonRefused(f"Nobody with the address {email.strip()} belongs to {school.name}.")
        user, role = membership.user, membership.role
        refuse_oneself(user, by)
        if by is not None:
            refuse_last_leader(user, school)
        membership.delete()
        end_sessions(user)
        record("removed a person", by=by, school=school, subject=user, was=role)
    return user


def change_role(*, user: User, role: str, was: str, school: School, by: User) -> None:
    """Give somebody of the school another role, at once. `was` is the role the asker saw: by now it may be another.

    Raises PersonRefused.
    """
    refuse_unknown_role(role)
    with one_at_a_time(school):
        refuse_oneself(user, by)
        membership = Membership.objects.filter(school=school, user=user).first()
        if membership is None:
            raise PersonRefused(f"{user} does not belong to {school.name} any more.")
        if membership.role != was:
            now = ROLES[membership.role].title.lower()
            raise PersonRefused(
                f"Somebody changed this meanwhile: {user} is now {now}. Look again before you change it."
            )
        if role == was:
            return
        if role != CareersLeader.key:
            refuse_last_leader(user, school)
        set_role(user, role, school)
        record("changed a person's role", by=by, school=school, subject=user, role=role, was=was)


@contextmanager
def one_at_a_time(school: School) -> Iterator[None]:
    """A change of a school's people: one transaction, and no other beside it, so that two cannot each take off the other."""
    with transaction.atomic(), scope(school=school):
        School.objects.select_for_update().get(pk=school.pk)
        yield


def refuse_oneself(user: User, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise PersonRefused("Nobody gives, changes or ends a role of their own. Ask somebody else who manages people.")


def refuse_last_leader(user: User, school: School) -> None:
    """A school always has somebody who can let others in."""
    leaders = Membership.objects.filter(school=school, role=CareersLeader.key, user__is_active=True)
    if leaders.filter(user=user).exists() and not leaders.exclude(user=user).exists():
        raise PersonRefused(f"{user} is the only careers leader of {school.name}. Make somebody else one first.")


def an_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise PersonRefused(f"{email or 'Nothing'} is not an e-mail address.") from None
    return email


def refuse_unknown_role(role: str) -> None:
    if role not in AT_A_SCHOOL:
        raise PersonRefused(f"There is no role {role} at a school: choose {', '.join(AT_A_SCHOOL)}.")


def welcome_back(user: User, password: str | None) -> User:
    if not user.is_active:
        raise PersonRefused(f"The account of {user.email} is closed.")
    if password is not None and user.has_usable_password():
        raise PersonRefused(f"{user.email} has a password already: leave it out, and add the person without one.")
    if password is not None:
        give_password(user, password)
        user.save(update_fields=["password"])
    return user


def new_user(email: str, name: str, password: str | None) -> User:
    """The address counts as verified: whoever adds a person answers for it."""
    name, longest = " ".join(name.split()), 150
    if not 0 < len(name) <= longest:
        raise PersonRefused(f"{email} is not known here yet, so give a name of up to {longest} characters.")
    user = User(email=email, name=name)
    if password is None:
        user.set_unusable_password()
    else:
        give_password(user, password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def give_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise PersonRefused(f"The password will not do: {' '.join(refused.messages)}") from None
    user.set_password(password)


def set_role(user: User, role: str, school: School) -> str | None:
    """Gives the role held there before, if any."""
    membership = Membership.objects.filter(school=school, user=user).first()
    if membership is None:
        Membership.objects.create(school=school, user=user, role=role)
        return None
    before = membership.role
    membership.role = role
    membership.save(update_fields=["role"])
    return before
