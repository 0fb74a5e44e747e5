"""Ending a pupil's, parent's or carer's way in to a pupil's record."""

from __future__ import annotations

from collections.abc import Collection

from careers.accounts.models import Membership
from careers.accounts.roles import Parent, PupilRole
from careers.protection.forgetting import in_batches
from careers.pupils.models import OwnRecord
from careers.schools.models import School


def end_ways_in(school: School, pupils: Collection[int]) -> int:
    """Nobody opens these pupils' records as their own any longer; whoever has no other loses the role at the school.

    How many ways ended. The account itself goes when it has no role anywhere (the rule for accounts).
    """
    ended = 0
    for some in in_batches(pupils):
        ways = OwnRecord.objects.filter(school=school, pupil_id__in=some)
        users = set(ways.values_list("user_id", flat=True))
        ended += ways.delete()[0]
        still = set(OwnRecord.objects.filter(school=school, user_id__in=users).values_list("user_id", flat=True))
        roles = (PupilRole.key, Parent.key)
        Membership.objects.filter(school=school, user_id__in=users - still, role__in=roles).delete()
    return ended
