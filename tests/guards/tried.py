"""How an address that takes a form is tried: what is posted to it (`Posted`), and the deed it does (`Form`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.guards.two_schools import TheSchool

Fields = Callable[[TheSchool], dict[str, Any]]


@dataclass(frozen=True)
class Posted:
    """`empty` is the status of posting nothing. `fields` are what would succeed (`done`), made of one school's records.

    `others` is the status of posting those of another school's to an address of one's own.
    """

    empty: int
    fields: Fields | None = None
    done: int = 302
    others: int = 422


def nothing(school: TheSchool) -> None:
    """Everything is there already."""


@dataclass(frozen=True)
class Form:
    """What to post, once `first` has made the record ready for it."""

    data: Callable[[TheSchool], dict[str, Any]] = field(default=lambda school: {})
    first: Callable[[TheSchool], None] = nothing
    events: int = 1
    """How many it writes: groups that end with a role are deeds of their own."""
