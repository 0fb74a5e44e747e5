"""Where every pupil of a school stands: asked live, and remembered only until the school's record next changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TypeVar

from django.db import connection

from careers.audit.record import version_of
from careers.evaluation.lending import Lending, asking
from careers.evaluation.people import Person, people, setting_of
from careers.schools.models import School
from criteria.loading import in_force, load
from criteria.model import About, Criterion, Framework
from criteria.standing import Standing, Standings

FAMILIES = ("gatsby", "provider-access")
Found = TypeVar("Found")


def editions(as_at: date, chosen: str = "") -> tuple[Framework, ...]:
    """The editions in force on a day: they choose themselves by date. `chosen` puts a named one in its family's place."""
    return tuple(
        (load(chosen) if chosen.startswith(family) and chosen != family else in_force(family, as_at)).on(as_at)
        for family in FAMILIES
    )


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
    def by_pk(self) -> dict[int, Person]:
        return {person.pk: person for person in self.people}

    def row(self, person: Person) -> tuple[Standing, ...]:
        return self.standings.rows[person.pk]  # type: ignore[index]

    def of(self, person: Person, criterion: Criterion) -> Standing:
        return self.row(person)[self.standings.position[criterion.id]]


def counts_query(school: School, criteria: tuple[Criterion, ...], everybody: list[Person], as_at: date) -> str:
    """The one query that counts everything, with the school written into every relation it reads."""
    # Here and in `evaluate`, so that a process that asks nothing (a command, a worker starting) need not read the SQL builder.
    from criteria.engines.setwise import asked_of
    from criteria.engines.sql import attributes_asked, counts_sql

    lending = Lending(school, as_at)
    facts = [person.facts for person in everybody]
    asked = asked_of(criteria, facts, as_at)
    lent = lending.relations(attributes_asked(criteria)) | {"pupils": lending.known(facts)}
    return counts_sql(criteria, asked, as_at, lent, lending.dialect)


def evaluate(school: School, frameworks: tuple[Framework, ...], as_at: date) -> SchoolStandings:
    """Answer for the whole school: five queries, whatever its size."""
    from criteria.engines.setwise import assemble

    criteria = criteria_for(school, frameworks)
    everybody = people(school, as_at)
    with asking() as cursor:
        cursor.execute(counts_query(school, criteria, everybody, as_at))
        counted = cursor.fetchall()
    standings = assemble(criteria, [person.facts for person in everybody], counted, as_at)
    return SchoolStandings(school, frameworks, tuple(everybody), standings, as_at)


class Remembered:
    """The last few answers of this process, each with the version of the school's record it was true of.

    The version is raised in the transaction of every change (careers.audit), so an answer is never older than the record.
    A new day is a new question.
    """

    def __init__(self, size: int = 12) -> None:
        self.size = size
        self.lock = Lock()
        self.answers: OrderedDict[tuple[object, ...], SchoolStandings] = OrderedDict()

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
        frameworks = editions(as_at, edition)
        if connection.in_atomic_block:  # what is not committed yet may never be
            return evaluate(school, frameworks, as_at)
        names = tuple(framework.id for framework in frameworks)
        key = (connection.settings_dict["NAME"], school.pk, of, version_of(school, touched), as_at, names)
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]
        answer = evaluate(school, frameworks, as_at)
        with self.lock:
            self.answers[key] = answer
            while len(self.answers) > self.size:
                self.answers.popitem(last=False)
        return answer

    def clear(self) -> None:
        with self.lock:
            self.answers.clear()


_remembered = Remembered()
standings_of = _remembered.standings
what_was_met = _remembered.what_was_met
forget = _remembered.clear
