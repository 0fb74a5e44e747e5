"""How long each kind of record is kept, from when, and what happens then: read from `held/rules.yaml`.

A school may lengthen or shorten most of them within bounds, or count from another day where the sources differ
(`careers.protection.models.RetentionChoice`). A rule says:

- `length` in `unit` (years, months or days); `start`: the event it is counted from; `or_start`: others a school may choose.
- `then`: delete, pseudonymise, blank, seal or keep. `least` and `most` are bounds in the same unit.
- `ours`: whether the length is our own proposal; otherwise `source` says where it is from, or `readings` do where sources differ.
- `read`: what of the source was read, how and when, and what was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from careers.protection.holdings import Holding, holdings, written

UNITS = ("years", "months", "days")


class Then(StrEnum):
    DELETE = "delete"
    PSEUDONYMISE = "pseudonymise"
    BLANK = "blank"
    SEAL = "seal"
    KEEP = "keep"


@dataclass(frozen=True)
class Reading:
    """What one of several sources says, in our words, and who says it."""

    says: str
    who: str
    source: str


@dataclass(frozen=True)
class Rule:
    key: str
    title: str
    start: str
    then: Then
    ours: bool
    why: str
    length: int = 0
    unit: str = ""
    or_start: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    school_may_change: bool = True
    source: str = ""
    read: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def starts(self) -> tuple[str, ...]:
        """The events it may be counted from, the default first."""
        return (self.start, *self.or_start)

    @property
    def holdings(self) -> list[Holding]:
        """The kinds of record it is about."""
        return [held for held in holdings() if held.rule == self.key]

    @property
    def installed(self) -> list[Holding]:
        """Those of them that this copy can hold."""
        return [held for held in self.holdings if held.is_installed]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order they run. ValueError says what is wrong with an entry."""
    return tuple(_rule(entry) for entry in written("rules"))


def rule(key: str) -> Rule:
    return next(each for each in rules() if each.key == key)


def _rule(entry: dict[str, Any]) -> Rule:
    fields = {name.replace(" ", "_"): value for name, value in entry.items()}
    for unit in UNITS:
        if unit in fields:
            fields |= {"length": fields.pop(unit), "unit": unit}
    fields |= {"start": fields.pop("from"), "or_start": tuple(fields.pop("or_from", ())), "then": Then(fields["then"])}
    fields["readings"] = tuple(Reading(**each) for each in fields.get("readings", ()))
    try:
        return Rule(**fields)
    except TypeError as wrong:
        raise ValueError(f"held/rules.yaml: {entry.get('key', 'an entry')}: {wrong}") from None
