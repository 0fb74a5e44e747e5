"""A rule as data: frozen, typed, and with nothing in it that code must decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from criteria.conditions import All, Condition, Is, Leaf, leaves
from criteria.moments import Moment
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS, Table


class Severity(StrEnum):
    STATUTORY = "statutory"
    BENCHMARK = "benchmark"
    GUIDANCE = "guidance"
    AMBITION = "ambition"


class About(StrEnum):
    """Whom a criterion is asked of: each pupil, by the log of encounters, or the school itself, by its milestones."""

    PUPIL = "pupil"
    SCHOOL = "school"

    @property
    def subjects(self) -> Table:
        return PUPILS if self is About.PUPIL else SCHOOLS

    @property
    def log(self) -> Table:
        return ENCOUNTERS if self is About.PUPIL else MILESTONES


class Joiners(StrEnum):
    """What is said of a pupil who joined after the window opened, when what is on record is not enough."""

    CANNOT_TELL = "cannot tell"
    MISSED = "missed"
    DOES_NOT_APPLY = "does not apply"


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
    """How many of the named things the encounters show between them: kinds of provider met, say, or facts recorded."""

    groups: tuple[tuple[str, Condition], ...]


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
class OfWhich:
    """Beside a count or a total: at least so many of the encounters that count must also satisfy a test."""

    at_least: int
    test: Condition


@dataclass(frozen=True)
class DatedValue:
    """A value in force from a day, with where it comes from and when somebody last looked."""

    starts: date
    value: float
    source: str
    checked_on: date


@dataclass(frozen=True)
class Reading:
    """A question the law leaves open, which a school answers: `choices` are (key, words), one of them the default."""

    key: str
    question: str
    default: str
    choices: tuple[tuple[str, str], ...]
    note: str
    source: str
    checked_on: date


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
    readings: tuple[tuple[str, str], ...] = ()


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
    about: About = About.PUPIL
    of_which: OfWhich | None = None
    joiners: Joiners = Joiners.CANNOT_TELL
    readings: tuple[str, ...] = ()
    unconfirmed: str = ""
    note: str = ""
    examples: tuple[Example, ...] = field(default=(), compare=False)
    changes: tuple[Change, ...] = field(default=(), compare=False)

    def on(self, day: date) -> Criterion:
        """The criterion as it stands on a day: wording and windows may have changed by then."""
        made = [change.criterion for change in self.changes if change.starts <= day]
        return made[-1] if made else self

    @property
    def own_dates(self) -> tuple[str, ...]:
        """Dates of the subject's own row that the windows hang on."""
        moments = (self.opens, self.closes, self.due)
        return tuple(dict.fromkeys(moment.column for moment in moments if moment.of == "own"))

    @property
    def asked_of_log(self) -> tuple[Leaf, ...]:
        """Every test of an encounter, whichever part of the rule makes it."""
        return tuple(leaf for condition in self.conditions_of_log for leaf in leaves(condition))

    @property
    def conditions_of_log(self) -> Iterator[Condition]:
        """Every condition on an encounter: what qualifies, and what the measure asks besides."""
        yield self.qualifying
        if self.of_which:
            yield self.of_which.test
        match self.measure:
            case Every(test):
                yield test
            case Cover(groups):
                yield from (condition for _, condition in groups)

    def needed_on(self, day: date) -> float | None:
        """The threshold in force on a day; None where the pupil's own record sets it (each subject, every meeting)."""
        if isinstance(self.measure, (Every, EachSubject)):
            return None
        in_force = [value for value in self.threshold if value.starts <= day]
        return (in_force[-1] if in_force else self.threshold[0]).value


@dataclass(frozen=True)
class Change:
    """From a day on, a criterion reads differently: `criterion` is the whole of it from then."""

    starts: date
    source: str
    checked_on: date
    criterion: Criterion


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
    readings: tuple[Reading, ...] = ()

    def on(self, day: date) -> Framework:
        """The framework as it stands on a day."""
        return replace(self, criteria=tuple(criterion.on(day) for criterion in self.criteria))

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
