"""Who reads which notes: the one place where that becomes a query.

A note of guidance is read by whoever may read guidance (careers leader, careers adviser, SENCO) and sees the pupil by name: an
adviser those of their own caseload, a SENCO those of pupils with special needs. That a concern was passed on is narrower still:
whoever wrote it down, and the careers leader.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from careers.accounts.models import Membership
from careers.accounts.roles import Policy, Reach
from careers.guidance.models import Note
from careers.pupils.visibility import pupils_visible_to


def notes_visible_to(membership: Membership) -> QuerySet[Note]:
    notes = Note.objects.filter(school_id=membership.school_id)
    if Policy.SEE_GUIDANCE not in membership.policies:
        return notes.none()
    notes = notes.filter(pupil__in=pupils_visible_to(membership))
    if membership.reach is not Reach.ALL:
        notes = notes.filter(Q(kind=Note.Kind.GUIDANCE) | Q(written_by_id=membership.user_id))
    return notes
