"""The one way to write the audit. Call it inside the transaction that makes the change, so both stand or fall together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction

from careers.audit.models import Event, Version


def record(
    verb: str,
    *,
    by: Any,
    school: Any = None,
    subject: models.Model | None = None,
    changes: bool = True,
    since: date | None = None,
    **detail: Any,
) -> Event:
    """Write one event.

    `verb` is in the past tense and short ("imported the roll"). `by` is the person, or None for the system itself.
    `since` is the earliest day of school life the change can touch; leave it out unless that is certain.
    `detail` must be JSON-ready and hold no more personal data than is needed to understand the deed.
    """
    if changes and not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change must be audited inside the transaction that makes it.")
    version = _raise_version(school) if changes and school is not None else 0
    return Event.objects.create(
        school_id=getattr(school, "pk", None),
        actor_id=getattr(by, "pk", None),
        verb=verb,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        changes=changes,
        version=version,
        since=since,
        detail=detail,
    )


def version_of(school: Any, day: date | None = None) -> int:
    """A number that grows with every audited change of a school's record: a key for anything remembered about it.

    With a day, only with changes that can touch that day or an earlier one.
    """
    if day is None:
        return Version.objects.filter(school_id=school.pk).values_list("number", flat=True).first() or 0
    touching = Event.objects.filter(
        models.Q(since__isnull=True) | models.Q(since__lte=day), school_id=school.pk, version__gt=0
    )
    return touching.order_by("-version").values_list("version", flat=True).first() or 0


def _raise_version(school: Any) -> int:
    # The row is locked until the change is committed, so numbers are committed in order.
    if not Version.objects.filter(school_id=school.pk).update(number=models.F("number") + 1):
        Version.objects.create(school_id=school.pk, number=1)
    return Version.objects.values_list("number", flat=True).get(school_id=school.pk)
