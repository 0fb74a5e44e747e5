"""The one way to write the audit. Call it inside the transaction that makes the change, so both stand or fall together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from careers.audit.chain import hang, plain
from careers.audit.models import Event, Seal, Tail


def record(
    verb: str,
    *,
    by: Any,
    school: Any = None,
    subject: models.Model | None = None,
    changes: bool = True,
    since: date | None = None,
    concerning: Collection[int] = (),
    **detail: Any,
) -> Event:
    """Write one event at the end of the school's chain.

    `verb` is in the past tense and short ("imported the roll"), and stands in docs/reference/audit.md. `by` is the person, or
    None for the system itself. `since` is the earliest day of school life the change can touch; leave it out unless that is
    certain. `concerning` are the numbers (primary keys) of the pupils a list showed or a deed was done to, where the subject is not
    one of them. `detail` must be plain (text, whole numbers, lists and named values: TypeError otherwise) and say nothing about a
    person: what an event is about is its subject, which keeps only a number.

    Until the transaction ends nobody else writes at this school's chain, so call it last. A deed that changes nothing may be
    recorded outside a transaction.
    """
    if changes and not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change must be audited inside the transaction that makes it.")
    event = Event(
        at=timezone.now(),
        school_id=getattr(school, "pk", None),
        actor_id=getattr(by, "pk", None),
        verb=verb,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        changes=changes,
        since=since,
        detail=plain(detail),
        concerns="".join(f",{number}" for number in sorted({*concerning})) + "," if concerning else None,
    )
    with transaction.atomic(savepoint=False):
        return hang(event)


def version_of(school: Any, day: date | None = None) -> int:
    """A number that grows with every audited change of a school's record: a key for anything remembered about it.

    With a day, only with changes that can touch that day or an earlier one. Changes whose events are sealed away count as if
    they could: what is remembered is asked again once, and never taken for what an older number stood for.
    """
    tail = Tail.objects.filter(pk=school.pk)
    if day is None:
        return tail.values_list("version", flat=True).first() or 0
    touching = Event.objects.filter(
        models.Q(since__isnull=True) | models.Q(since__lte=day), school_id=school.pk, version__gt=0
    )
    seals = Seal.objects.filter(chain=school.pk).order_by("-version").values("version")
    latest = Greatest(*(Coalesce(models.Subquery(rows[:1]), 0) for rows in (_latest(touching), seals)))
    return tail.values_list(latest, flat=True).first() or 0


def _latest(events: models.QuerySet[Event]) -> models.QuerySet[Event, Any]:
    return events.order_by("-version").values("version")
