"""What is done about pupils' groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django_scopes import scope

from careers.accounts.models import Membership, User
from careers.audit.record import record
from careers.pupils.models import Group, GroupStaff
from careers.schools.models import School
from criteria.periods import AcademicYear


class GroupRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def give_groups(
    *, email: str, names: Sequence[str], kind: str, year: AcademicYear, school: School, by: User | None
) -> list[Group]:
    """Let somebody of the school answer for these groups, besides those they answer for already. Raises GroupRefused."""
    with transaction.atomic(), scope(school=school):
        user, groups = member_with(email, school), [group_named(name, kind, year, school) for name in names]
        for group in groups:
            _, is_new = GroupStaff.objects.get_or_create(school=school, group=group, user=user)
            if is_new:
                record("gave a person a group", by=by, school=school, subject=user, group=group.name, year=str(year))
    return groups


def take_groups(
    *, email: str, names: Sequence[str], kind: str, year: AcademicYear, school: School, by: User | None
) -> list[Group]:
    """Somebody answers for these groups no longer. Raises GroupRefused."""
    with transaction.atomic(), scope(school=school):
        user, groups = member_with(email, school), [group_named(name, kind, year, school) for name in names]
        for group in groups:
            if GroupStaff.objects.filter(school=school, group=group, user=user).delete()[0]:
                record(
                    "took a group from a person", by=by, school=school, subject=user, group=group.name, year=str(year)
                )
    return groups


def member_with(email: str, school: School) -> User:
    email = email.strip().lower()
    membership = Membership.objects.filter(school=school, user__email=email).select_related("user").first()
    if membership is None:
        raise GroupRefused(f"Nobody with the address {email} belongs to {school.name}.")
    return membership.user


def group_named(name: str, kind: str, year: AcademicYear, school: School) -> Group:
    here = Group.objects.filter(school=school, kind=kind, academic_year=year.start_year)
    group = here.filter(name__iexact=name.strip()).first()
    if group is None:
        known = ", ".join(here.order_by("name").values_list("name", flat=True)[:40]) or "none yet"
        raise GroupRefused(f"There is no {kind} {name.strip()} in {year} at {school.name}. There are: {known}.")
    return group


def set_groups(*, user: User, groups: Sequence[Group], among: Sequence[Group], school: School, by: User | None) -> None:
    """Let somebody of the school answer for `groups` and for no other of those `among` which they were chosen."""
    with transaction.atomic(), scope(school=school):
        offered, wanted = {group.pk: group for group in among}, {group.pk for group in groups}
        held = GroupStaff.objects.filter(school=school, user=user, group__in=offered)
        before = set(held.values_list("group_id", flat=True))
        held.exclude(group__in=wanted).delete()
        GroupStaff.objects.bulk_create(
            GroupStaff(school=school, user=user, group_id=key) for key in wanted.intersection(offered) - before
        )
        about: dict[str, Any] = {"by": by, "school": school, "subject": user}
        for group in (offered[key] for key in sorted(wanted.intersection(offered) - before)):
            record("gave a person a group", **about, group=group.name, year=str(group.academic_year))
        for group in (offered[key] for key in sorted(before - wanted)):
            record("took a group from a person", **about, group=group.name, year=str(group.academic_year))
