"""How one event hangs from the one before it: what is hashed, and who may write next.

The hash of an event is SHA-256 over its fields as JSON, the hash before it among them. So an event cannot be changed, left out
or put in without the hash of every later one coming out differently, and the last hash stands for the whole chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from careers.audit.models import Event, Tail

NOTHING_BEFORE = "0" * 64
"""What the first event of a chain hangs from."""


def digest(event: Event) -> str:
    """The hash of an event, the same from whichever database it was read."""
    said: dict[str, Any] = {
        "number": event.number,
        "previous": event.previous,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "school": event.school_id,
        "actor": event.actor_id,
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "changes": event.changes,
        "version": event.version,
        "since": event.since.isoformat() if event.since else None,
        "detail": event.detail,
    }
    if event.concerns:  # events from before there was such a field have no say in it
        said["concerns"] = event.concerns
    # Sorted, because PostgreSQL keeps the keys of a detail in an order of its own.
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A detail as every database gives it back. TypeError for what one of them would alter, such as a fraction or a date."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {str(key): plain(each) for key, each in value.items()}
    raise TypeError(
        f"The audit keeps text, whole numbers, yes and no, lists and named values, not {type(value).__name__}."
    )


def hang(event: Event) -> Event:
    """Write an event at the end of its chain. Only inside a transaction; whoever comes next waits until it is over.

    A change of a school's record brings its version to the next one.
    """
    tail = _hold(event.school_id or 0)
    event.number, event.previous = tail.number + 1, tail.hash
    event.version = tail.version + 1 if event.changes and event.school_id is not None else 0
    event.hash = digest(event)
    # The database refuses it unless it follows the tail, and moves the tail on to it: one statement for both.
    event.save(force_insert=True)
    return event


def _hold(chain: int) -> Tail:
    """The chain's tail, locked. (SQLite locks the whole database when a transaction begins, so there the row is just read.)"""
    tails = Tail.objects.select_for_update().filter(pk=chain)
    if tail := tails.first():
        return tail
    Tail.objects.bulk_create([Tail(chain=chain)], ignore_conflicts=True)
    return tails.get()
