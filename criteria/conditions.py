"""What a rule asks of a pupil or an encounter: a closed vocabulary, answered with true, false or "not known" (None).

Three-valued as SQL is (Kleene): "and" is false if any part is, else unknown if any part is. So a missing fact matters only
where it could change the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Truth = bool | None
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Is:
    """The attribute is this value, or one of these."""

    attribute: str
    values: tuple[Any, ...]

    def truth(self, row: Row) -> Truth:
        value = row.get(self.attribute)
        return None if value is None else value in self.values


@dataclass(frozen=True)
class AtLeast:
    attribute: str
    value: float

    def truth(self, row: Row) -> Truth:
        value = row.get(self.attribute)
        return None if value is None else value >= self.value


@dataclass(frozen=True)
class Includes:
    """The list has at least one of these codes; with none named, it has anything at all."""

    attribute: str
    values: tuple[str, ...] = ()

    def truth(self, row: Row) -> Truth:
        value = row.get(self.attribute)
        if value is None:
            return None
        return bool(value) if not self.values else any(code in value for code in self.values)


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]

    def truth(self, row: Row) -> Truth:
        return both(*(part.truth(row) for part in self.parts))


@dataclass(frozen=True)
class Any_:
    parts: tuple[Condition, ...]

    def truth(self, row: Row) -> Truth:
        found = [part.truth(row) for part in self.parts]
        return True if True in found else None if None in found else False


@dataclass(frozen=True)
class Not:
    part: Condition

    def truth(self, row: Row) -> Truth:
        found = self.part.truth(row)
        return None if found is None else not found


Condition = Is | AtLeast | Includes | All | Any_ | Not
Leaf = Is | AtLeast | Includes


def both(*truths: Truth) -> Truth:
    """All of them: false if any is, else unknown if any is."""
    return False if False in truths else None if None in truths else True


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every attribute test in a condition, in the order written."""
    if isinstance(condition, (All, Any_)):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition
