"""Whose evidence is whose to see: what tells of pupils is for those who may see pupils by name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from careers.accounts.models import Membership
from careers.accounts.roles import Policy, Reach
from careers.evidence.models import Evidence
from careers.programme.queries import hidden_from


def visible_to(membership: Membership) -> QuerySet[Evidence]:
    """Pieces the person may open: none of a meeting hidden from them; of those that tell of pupils, all for whoever sees every
    pupil by name, their own for whoever sees some, none for the rest."""
    found = Evidence.objects.filter(school_id=membership.school_id)
    hidden = hidden_from(membership).values("pk")
    found = found.filter(Q(activity__isnull=True) | ~Q(activity__in=hidden))
    if Policy.SEE_PUPILS not in membership.policies:
        return found.filter(tells_of_pupils=False)
    if membership.reach is Reach.ALL:
        return found
    return found.filter(Q(tells_of_pupils=False) | Q(kept_by_id=membership.user_id))


def may_remove(membership: Membership, evidence: Evidence) -> bool:
    """Whoever kept it while they may record, and whoever plans the programme."""
    if Policy.PLAN in membership.policies:
        return True
    return Policy.RECORD in membership.policies and evidence.kept_by_id == membership.user_id
