"""Letting old events of the audit go, where this copy's audit can seal them away."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib import import_module
from importlib.util import find_spec

from django.utils import timezone

from careers.audit.models import Event
from careers.schools.models import School

SEALING = "careers.audit.sealing"


def seal_audit(school: School | None, before: date, *, dry: bool = False) -> int:
    """Seal away a school's events (for None, the installation's own) from before a day. How many went, or would."""
    if find_spec(SEALING) is None:
        return 0
    if dry:
        midnight = timezone.make_aware(datetime.combine(before, time.min))
        return Event.objects.filter(school_id=school.pk if school else None, at__lt=midnight).count()
    return int(import_module(SEALING).seal_and_delete(school, before=before))
