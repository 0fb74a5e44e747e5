"""Ending a pupil's, parent's or carer's way in to a pupil's record, and the account that was nothing else."""

from __future__ import annotations

from collections.abc import Collection

from django_scopes import scopes_disabled

from careers.accounts.models import Membership, User
from careers.accounts.roles import Parent, PupilRole
from careers.protection.accounts_kept import blank_account
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


def erase_own_accounts(school: School, pupils: Collection[int]) -> int:
    """Pupils' own accounts that are nothing but the way in to these records: through one, the audit would lead to a name.

    How many. Call it before the ways in are ended.
    """
    erased = 0
    with scopes_disabled():  # what the person is at other schools is asked too
        own = OwnRecord.objects.filter(school=school, pupil_id__in=pupils, relation=OwnRecord.Relation.SELF)
        for user in User.objects.filter(pk__in=own.values("user_id")):
            elsewhere = OwnRecord.objects.filter(user=user).exclude(pupil_id__in=pupils).exists()
            more = Membership.objects.filter(user=user).exclude(school=school, role=PupilRole.key).exists()
            if not elsewhere and not more:
                blank_account(user)
                erased += 1
    return erased
