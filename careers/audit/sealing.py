"""Letting go of what the audit has kept for long enough: sealed first, then deleted, and the rest still a chain.

The seal keeps the number and the hash at which the rest begins, so it can be verified as before. The database itself refuses
to seal an event younger than `YEARS` and to delete one that no seal covers.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from careers.audit.models import SEALED, Event, Seal, Tail
from careers.audit.record import record

YEARS = 6
"""The least age of an event that may go: the ordinary time in which a claim can be brought (Limitation Act 1980, sections 2 and 5).
Our own choice, written in the triggers as well; a school may keep events for longer, never for less."""


class TooYoung(ValueError):
    """Events of the last six years cannot be sealed away."""


def seal_and_delete(school: Any, *, before: date, by: Any = None, why: str = "their time is over") -> int:
    """Delete a school's events from before a day (for None, the installation's own), oldest first. Gives how many.

    An event is let go only with all those before it in the chain. Raises TooYoung for a day less than six years back.
    """
    if before > six_years_before(timezone.localdate()):
        raise TooYoung(f"Events of the audit are kept for {YEARS} years at least.")
    chain = getattr(school, "pk", None)
    with transaction.atomic():
        Tail.objects.select_for_update().filter(pk=chain or 0).first()  # nobody writes at its end meanwhile
        events = Event.objects.filter(school_id=chain)
        gone = events.filter(number__lte=_last_before(events, before))
        last = gone.order_by("-number").first()
        if last is None:
            return 0
        count, version = gone.count(), gone.aggregate(models.Max("version"))["version__max"]
        Seal.objects.create(
            at=timezone.now(),
            chain=chain or 0,
            number=last.number,
            hash=last.hash,
            events=count,
            version=version,
            actor_id=getattr(by, "pk", None),
            why=why,
        )
        gone.delete()
        record(
            SEALED,
            by=by,
            school=school,
            changes=False,
            events=count,
            up_to=last.number,
            hash=last.hash,
            before=before.isoformat(),
        )
    return count


def six_years_before(day: date) -> date:
    return day.replace(year=day.year - YEARS, day=min(day.day, 28) if day.month == 2 else day.day)


def _last_before(events: models.QuerySet[Event], day: date) -> int:
    """The number of the last event before the first that is too young, in the order of the chain."""
    now = timezone.now()
    # To the second, and not to the day: midnight is not always as many hours back as six years are.
    long_ago = datetime.combine(six_years_before(now.date()), now.time(), now.tzinfo)
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    young = events.filter(at__gte=min(midnight, long_ago)).aggregate(first=models.Min("number"))
    if young["first"] is not None:
        return int(young["first"]) - 1
    return events.aggregate(last=models.Max("number"))["last"] or 0
