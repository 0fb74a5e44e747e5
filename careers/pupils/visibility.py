"""Whose names a person may see: the one place where a role's reach becomes a query."""

from __future__ import annotations

from django.db.models import Q

from careers.accounts.models import Membership
from careers.accounts.roles import ROLES, Reach
from careers.pupils.models import GroupMembership, Pupil, PupilQuerySet
from careers.schools.clock import current_year, today


def pupils_visible_to(membership: Membership) -> PupilQuerySet:
    """Pupils of the membership's school whom its role may see by name, on roll or not.

    Own groups are those of the current academic year; a pupil who has left a group is no longer in it.
    """
    everyone = Pupil.objects.filter(school_id=membership.school_id)
    reach = ROLES[membership.role].reach
    if reach is Reach.ALL:
        return everyone
    if reach is Reach.NOBODY:
        return everyone.none()
    still_in = Q(ends_on__isnull=True) | Q(ends_on__gte=today())
    own = GroupMembership.objects.filter(
        still_in,
        school_id=membership.school_id,
        group__academic_year=current_year().start_year,
        group__group_staff__user_id=membership.user_id,
    )
    return everyone.filter(pk__in=own.values("pupil_id"))
