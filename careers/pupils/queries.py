"""Questions about pupils that pages ask: which groups there are to choose from, and who is in one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from careers.accounts.models import Membership
from careers.accounts.roles import Reach
from careers.pupils.models import Group, GroupMembership
from careers.pupils.visibility import pupils_visible_to
from criteria.periods import AcademicYear


def groups_with_visible_pupils(membership: Membership, as_at: date) -> list[Group]:
    """Groups of the year, other than forms, that hold a pupil whom the person may see by name. One query."""
    groups = Group.objects.filter(
        school_id=membership.school_id, academic_year=AcademicYear.containing(as_at).start_year
    ).exclude(kind=Group.Kind.FORM)
    if membership.reach is not Reach.ALL:
        groups = groups.filter(memberships__pupil__in=pupils_visible_to(membership)).distinct()
    return list(groups.order_by("kind", "name"))


def members_of(membership: Membership, reference: str, as_at: date) -> set[int]:
    """Keys of the pupils in a group of the person's school on a day; nobody where there is no such group."""
    rows = GroupMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=as_at),
        school_id=membership.school_id,
        group__reference=reference,
    )
    return set(rows.values_list("pupil_id", flat=True))


def visible_keys(membership: Membership, words: str = "") -> set[int]:
    """Keys of the pupils the person may see by name, of those whose names or UPN hold every word."""
    return set(pupils_visible_to(membership).matching(words).values_list("pk", flat=True))
