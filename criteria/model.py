"""A rule as data: frozen, typed, and with nothing in it that code must decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from criteria.conditions import All, Condition, Is
from criteria.moments import Moment


class Severity(StrEnum):
    STATUTORY = "statutory"
    BENCHMARK = "benchmark"
    GUIDANCE = "guidance"
    AMBITION = "ambition"


class Participation(StrEnum):
    """What makes an encounter the pupil's: being there, or having had the chance (attended or not)."""

    ATTENDED = "attended"
    OFFERED = "offered"


@dataclass(frozen=True)
class Count:
    """How many qualifying encounters."""


@dataclass(frozen=True)
class Distinct:
    """How many different values of an attribute among them; a list counts as one value, so {A, B} differs from {A, C}."""

    attribute: str


@dataclass(frozen=True)
class Cover:
    """How many of the named groups of codes the encounters touch between them."""

    attribute: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Total:
    """The sum of a number, such as days."""

    attribute: str


@dataclass(frozen=True)
class Every:
    """How many of the qualifying encounters also satisfy a test; all of them are needed."""

    test: Condition


@dataclass(frozen=True)
class EachSubject:
    """How many of the subjects the pupil studies have a qualifying encounter; all of them are needed."""


Measure = Count | Distinct | Cover | Total | Every | EachSubject


@dataclass(frozen=True)
class DatedValue:
    """A value in force from a day, with where it comes from."""

    starts: date
    value: float
    source: str


@dataclass(frozen=True)
class Source:
    code: str
    title: str
    address: str


@dataclass(frozen=True)
class Example:
    """A pupil, their encounters and the answer expected. `line` is where it stands in its file."""

    name: str
    as_at: date
    pupil: dict[str, object]
    encounters: tuple[dict[str, object], ...]
    state: str
    count: float | None
    line: int


@dataclass(frozen=True)
class Criterion:
    id: str
    number: str
    benchmark: int | None
    title: str
    rule: str
    remedy: str
    unit: str
    severity: Severity
    settings: tuple[str, ...]
    population: Condition
    qualifying: Condition
    opens: Moment
    closes: Moment
    due: Moment
    measure: Measure
    participation: Participation
    threshold: tuple[DatedValue, ...]
    sources: tuple[str, ...]
    checked_on: date
    unconfirmed: str = ""
    note: str = ""
    examples: tuple[Example, ...] = field(default=(), compare=False)

    def needed_on(self, day: date) -> float | None:
        """The threshold in force on a day; None where the pupil's own record sets it (each subject, every meeting)."""
        if isinstance(self.measure, (Every, EachSubject)):
            return None
        in_force = [value for value in self.threshold if value.starts <= day]
        return (in_force[-1] if in_force else self.threshold[0]).value


ON_ROLL = Is("on_roll", (True,))


def on_roll_only(population: Condition) -> Condition:
    """A population that says nothing of being on roll means pupils on roll."""
    return All((ON_ROLL, population))


@dataclass(frozen=True)
class Heading:
    """A benchmark or a duty: what its criteria are shown under."""

    key: str
    number: int | None
    title: str
    summary: str


@dataclass(frozen=True)
class Framework:
    id: str
    title: str
    edition: str
    starts: date
    ends: date | None
    headings: tuple[Heading, ...]
    criteria: tuple[Criterion, ...]
    sources: tuple[Source, ...]

    def in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id; KeyError where there is none."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(f"{self.id} has no criterion {id}")

    def under(self, heading: Heading) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criteria if c.benchmark == heading.number)
