"""Frameworks as people name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from criteria.loading import in_force, load, names
from criteria.model import Framework


def frameworks_named(wanted: Iterable[str], as_at: date) -> tuple[Framework, ...]:
    """Frameworks by name; a family's name ("gatsby") chooses the edition in force on the day."""

    def one(name: str) -> Framework:
        family = name not in names() and any(each.startswith(f"{name}-") for each in names())
        return (in_force(name, as_at) if family else load(name)).on(as_at)

    return tuple(one(name) for name in wanted)
