"""Letting old events of the audit go: what the audit itself allows, and no more."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from careers.audit.models import Event
from careers.audit.sealing import seal_and_delete, six_years_before
from careers.schools.models import School


def seal_audit(school: School | None, before: date, *, dry: bool = False) -> int:
    """Seal away a school's events (for None, the installation's own) from before a day. How many went, or would.

    A rehearsal's day may be still to come: the audit goes by the real one.
    """
    before = min(before, six_years_before(timezone.localdate()))
    if dry:
        midnight = timezone.make_aware(datetime.combine(before, time.min))
        return Event.objects.filter(school_id=school.pk if school else None, at__lt=midnight).count()
    return seal_and_delete(school, before=before)
