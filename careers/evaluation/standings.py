"""Where every pupil of a school stands: asked live, and remembered only until the school's record next changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TypeVar

from django.db import connection

from careers.audit.record import version_of
from careers.encounters.registers import marked_since
from careers.evaluation.people import Person, people, setting_of, still_here
from careers.evaluation.readings import NONE_CHOSEN, Choices, choices_of, with_readings
from careers.evaluation.supposing import Supposing, supposing
from careers.schools.clock import today
from careers.schools.models import School
from criteria.engines.needs import own_dates
from criteria.loading import in_force, load
from criteria.model import About, Criterion, Framework
from criteria.standing import Standing, Standings


@dataclass(frozen=True)
class OfActivities:
    """The name of what is worked out from activities alone, whoever took part: a register changes nothing of it."""

    what: object


FAMILIES = ("gatsby", "provider-access")
BEYOND = ("work-experience", "wider-duties")
"""Frameworks beyond the benchmarks and provider access: answered with them, and shown after them."""
Found = TypeVar("Found")


def editions(as_at: date, chosen: str = "", readings: Choices = NONE_CHOSEN) -> tuple[Framework, ...]:
    """The editions in force on a day: they choose themselves by date. `chosen` puts a named one in its family's place.

    `readings` are a school's choices for what the rules leave open.
    """
    found = (
        load(chosen) if chosen.startswith(family) and chosen != family else in_force(family, as_at)
        for family in FAMILIES
    )
    return tuple(with_readings(framework, readings).on(as_at) for framework in found)


def beyond(as_at: date, readings: Choices = NONE_CHOSEN) -> tuple[Framework, ...]:
    """The frameworks beyond the benchmarks that are in force on a day."""
    found = (with_readings(load(name), readings) for name in BEYOND)
    return tuple(framework.on(as_at) for framework in found if framework.in_force(as_at))


def criteria_for(school: School, frameworks: tuple[Framework, ...]) -> tuple[Criterion, ...]:
    """The criteria asked of each pupil at a school of this kind."""
    setting = setting_of(school)
    return tuple(
        c for framework in frameworks for c in framework.criteria if setting in c.settings and c.about is About.PUPIL
    )


@dataclass(frozen=True)
class SchoolStandings:
    """Everybody's standing at one school on one day. Shared between requests: never change it."""

    school: School
    frameworks: tuple[Framework, ...]
    people: tuple[Person, ...]
    standings: Standings
    as_at: date
    supposing: Supposing | None = None
    """What is taken to happen before the day asked about, where that is still to come."""
    derived: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, key: object, work_out: Callable[[], Found]) -> Found:
        """What is worked out from these standings and the record they are true of: once, and forgotten with them."""
        if key not in self.derived:
            self.derived[key] = work_out()
        return self.derived[key]  # type: ignore[return-value]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return self.standings.criteria

    @cached_property
    def main(self) -> tuple[Criterion, ...]:
        """The criteria of the benchmarks and of provider access, which deadlines and decisions are about."""
        further = {c.id for framework in self.frameworks if framework.id in BEYOND for c in framework.criteria}
        return tuple(criterion for criterion in self.criteria if criterion.id not in further)

    @cached_property
    def by_pk(self) -> dict[int, Person]:
        return {person.pk: person for person in self.people}

    def row(self, person: Person) -> tuple[Standing, ...]:
        return self.standings.rows[person.pk]  # type: ignore[index]

    def of(self, person: Person, criterion: Criterion) -> Standing:
        return self.row(person)[self.standings.position[criterion.id]]


def count(
    school: School,
    criteria: tuple[Criterion, ...],
    everybody: Sequence[Person],
    as_at: date,
    what: Supposing | None = None,
    only: tuple[int, ...] = (),
) -> Standings:
    """Where these people stand on these criteria. One query."""
    from careers.evaluation import counting  # a process that is asked nothing need not read the SQL builder

    return counting.count(school, criteria, everybody, as_at, what, only)


def evaluate(
    school: School, frameworks: tuple[Framework, ...], as_at: date, now: Sequence[Person] | None = None
) -> SchoolStandings:
    """Answer for the whole school: five queries, whatever its size.

    A day to come is answered with what is planned taken to happen (`supposing`), for the pupils of today (`now`, where they
    have been read already) but for those who are known to leave before it.
    """
    what = supposing(school, as_at)
    criteria = criteria_for(school, frameworks)
    own = own_dates(criteria)
    everybody = (
        people(school, as_at, own) if what is None else still_here(now or people(school, what.after, own), as_at)
    )
    standings = count(school, criteria, everybody, as_at, what)
    return SchoolStandings(school, frameworks, tuple(everybody), standings, as_at, what)


def renewed(old: SchoolStandings, pupils: Collection[int]) -> SchoolStandings:
    """An answer after what is so of these pupils' part in activities has changed, and nothing else: they alone are asked about."""
    again = [person for person in old.people if person.pk in pupils]
    keys = tuple(person.pk for person in again)
    part = count(old.school, old.criteria, again, old.as_at, None, keys).rows if again else {}
    standings = Standings(old.criteria, {**old.standings.rows, **part}, old.as_at)
    of_activities: dict[object, object] = {k: v for k, v in old.derived.items() if isinstance(k, OfActivities)}
    return replace(old, standings=standings, derived=of_activities)


class Remembered:
    """The last answers of this process, each with the version of the school's record it was true of.

    The version is raised in the transaction of every change (careers.audit), so an answer is never older than the record.
    A new day is a new question. Where registers alone have been taken since, the last answer is brought up to date.
    """

    def __init__(self, size: int = 12) -> None:
        self.size = size
        self.lock = Lock()
        self.at_work = [Lock() for _ in range(size)]
        self.answers: OrderedDict[tuple[object, ...], tuple[int, SchoolStandings]] = OrderedDict()

    def standings(self, school: School, as_at: date, edition: str = "") -> SchoolStandings:
        """Everybody's standing on a day, under the editions in force or the one named."""
        return self._answer(school, as_at, edition, "", None)

    def what_was_met(self, school: School, day: date, edition: str = "") -> SchoolStandings:
        """Standings on a day gone by, for comparing what was met, and only that.

        Remembered until a change touches that day or an earlier one, so a register taken today does not ask it all again.
        What was then booked for a later day may have changed since.
        """
        return self._answer(school, day, edition, "met", day)

    def _answer(self, school: School, as_at: date, edition: str, of: str, touched: date | None) -> SchoolStandings:
        readings = choices_of(school)
        frameworks = editions(as_at, edition, readings) + beyond(as_at, readings)
        if connection.in_atomic_block:  # what is not committed yet may never be
            return evaluate(school, frameworks, as_at)
        asked = tuple((f.id, tuple(sorted(readings.get(f.id, {}).items()))) for f in frameworks)
        asked_on = min(as_at, today())  # a forecast is of one day, made on another
        key = (connection.settings_dict["NAME"], school.pk, of, as_at, asked_on, asked)
        now = self.standings(school, asked_on, edition).people if asked_on < as_at else None
        # One thread works an answer out; others who ask the same meanwhile have it from there.
        with self.at_work[hash(key) % len(self.at_work)]:
            version = version_of(school, touched)
            was, old = self._held(key)
            if old is not None and was == version:
                return old
            pupils = marked_since(school, was, version) if old is not None and not (touched or old.supposing) else None
            answer = evaluate(school, frameworks, as_at, now) if pupils is None else renewed(old, pupils)  # type: ignore[arg-type]
            with self.lock:
                self.answers[key] = version, answer
                while len(self.answers) > self.size:
                    self.answers.popitem(last=False)
        return answer

    def _held(self, key: tuple[object, ...]) -> tuple[int, SchoolStandings | None]:
        with self.lock:
            if key not in self.answers:
                return 0, None
            self.answers.move_to_end(key)
            return self.answers[key]

    def clear(self) -> None:
        with self.lock:
            self.answers.clear()


_remembered = Remembered()
standings_of = _remembered.standings
what_was_met = _remembered.what_was_met
forget = _remembered.clear
