"""Whose names a person may see: the one place where a role's reach becomes a query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from careers.accounts.models import Membership
from careers.accounts.roles import Reach
from careers.pupils.models import Characteristic, GroupMembership, OwnRecord, Pupil, PupilQuerySet
from careers.schools.clock import current_year, today


def pupils_visible_to(membership: Membership) -> PupilQuerySet:
    """Pupils of the membership's school whom its role may see by name, on roll or not.

    Own groups are those of the current academic year; a pupil who has left a group is no longer in it.
    """
    everyone = Pupil.objects.filter(school_id=membership.school_id)
    match membership.reach:
        case Reach.ALL:
            return everyone
        case Reach.OWN_GROUPS:
            return everyone.filter(pk__in=_in_own_groups(membership))
        case Reach.SEN:
            return everyone.filter(Q(pk__in=_in_own_groups(membership)) | Q(pk__in=_with_special_needs(membership)))
        case Reach.OWN_RECORD:
            return everyone.filter(pk__in=_own(membership, OwnRecord.Relation.SELF))
        case Reach.OWN_CHILDREN:
            return everyone.filter(pk__in=_own(membership, OwnRecord.Relation.PARENT))
        case _:
            return everyone.none()


def _still() -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=today())


def _in_own_groups(membership: Membership) -> QuerySet[GroupMembership, Any]:
    own = GroupMembership.objects.filter(
        _still(),
        school_id=membership.school_id,
        group__academic_year=current_year().start_year,
        group__group_staff__user_id=membership.user_id,
    )
    return own.values("pupil_id")


def _with_special_needs(membership: Membership) -> QuerySet[Characteristic, Any]:
    """SEN support (K) or an education, health and care plan (E), today: codes of the school census."""
    found = Characteristic.objects.filter(
        _still(),
        Q(starts_on__isnull=True) | Q(starts_on__lte=today()),
        school_id=membership.school_id,
        kind=Characteristic.Kind.SEN_PROVISION,
        value__in=("K", "E"),
    )
    return found.values("pupil_id")


def _own(membership: Membership, relation: OwnRecord.Relation) -> QuerySet[OwnRecord, Any]:
    held = OwnRecord.objects.filter(school_id=membership.school_id, user_id=membership.user_id, relation=relation)
    return held.values("pupil_id")
