"""The same question for today, for the end of term and for the end of the year, with what is planned taken to happen.

What is taken to happen, and what is not, is said in `supposing`. A forecast is what the engine answers as at the later day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from careers.evaluation.asking import Asked
from careers.evaluation.figures import Figures, judged_together, worst
from careers.evaluation.occasions import to_come
from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings, standings_of
from careers.evaluation.supposing import supposed
from careers.programme.models import Activity
from careers.schools.models import School
from careers.schools.terms import terms_of
from criteria.model import Criterion
from criteria.periods import AcademicYear
from criteria.standing import Standing, State

OWED = (State.DUE, State.MISSED, State.CANNOT_TELL)
"""Neither met nor booked: what a list of pupils calls lacking."""


@dataclass(frozen=True)
class Horizon:
    """A day to forecast for, and its name in words."""

    name: str
    day: date


Ahead = list[tuple[Horizon, SchoolStandings]]
"""Each horizon, today first, with where everybody stands or would stand then."""


def ahead(asked: Asked) -> Ahead:
    """Always under the edition in force today, so that the days compare."""
    return [
        (each, standings_of(asked.school, each.day, asked.benchmarks.id) if each.day > asked.today else asked.found)
        for each in horizons(asked.school, asked.today)
    ]


def horizons(school: School, today: date) -> list[Horizon]:
    """Today, the end of the term we are in or come to next, and the close of the year; one of each day. One query.

    In August the year has closed, so only its last day is left.
    """
    year = AcademicYear.containing(today)
    close = year.closes if today < year.closes else year.ends
    ends = [term for term in terms_of(school, year) if today < term.ends < close]
    found = [Horizon("Today", today)]
    if ends:
        found.append(Horizon(f"End of the {ends[0].name.lower()} term", ends[0].ends))
    return found + ([Horizon("End of the year", close)] if today < close else [])


def figures_of(found: SchoolStandings, criteria: tuple[Criterion, ...]) -> Figures:
    """How many pupils are in each state on these criteria together. Pupils who stand alike on everything are looked at once."""
    places = [found.standings.position[criterion.id] for criterion in criteria]
    counts: Counter[State] = Counter()
    for row, on_roll, pupils in found.remember("alike", lambda: _alike(found)):
        if judged_together(on_roll, len(places)):
            counts[worst(row[place] for place in places)] += pupils
    return Figures(dict(counts))


def _alike(found: SchoolStandings) -> list[tuple[tuple[Standing, ...], bool, int]]:
    """A row of standings for each way of standing there is, of pupils on roll or of leavers, and how many pupils stand so."""
    together: dict[tuple[bool, tuple[State, ...]], list[tuple[Standing, ...]]] = {}
    for person in found.people:
        row = found.row(person)
        together.setdefault((person.on_roll, tuple(standing.state for standing in row)), []).append(row)
    return [(rows[0], on_roll, len(rows)) for (on_roll, _), rows in together.items()]


def without(figures: Figures) -> int:
    """Pupils who neither have it nor are booked for it."""
    return sum(figures[state] for state in OWED)


@dataclass(frozen=True)
class CountedOn:
    """What is planned after today, by whether a forecast can count on it. Each is a number of activities."""

    booked: int
    for_everyone: int
    nobody_named: int
    undated: int


def counted_on(school: School, today: date) -> CountedOn:
    """What this academic year's forecast rests on, and what it leaves out. One query."""
    to_come = Q(starts_on__isnull=True) | Q(starts_on__gt=today)
    year = AcademicYear.containing(today).start_year
    planned = Activity.objects.filter(to_come, school=school, academic_year=year, status=Activity.Status.PLANNED)
    rows = planned.annotate(places=Count("encounters")).values_list("starts_on", "whole_cohort", "places")
    found = Counter(_kind(*row) for row in rows)
    return CountedOn(found["booked"], found["for everyone"], found["nobody named"], found["undated"])


def _kind(day: date | None, whole_cohort: bool | None, places: int) -> str:
    if day is None:
        return "undated"
    return "booked" if places else "for everyone" if whole_cohort else "nobody named"


def log_as_at(found: SchoolStandings, person: Person, log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A pupil's own log as it would be on the day asked about, so that a page explains what lists and figures show."""
    if found.supposing is None:
        return log
    rows = supposed(log, person.facts, to_come(found), found.supposing)
    unnamed = [row["encounter"] for row in rows if not row["title"]]
    titles = dict(Activity.objects.filter(school=found.school, pk__in=unnamed).values_list("pk", "title"))
    return [{**row, "title": row["title"] or titles.get(row["encounter"], "")} for row in rows]
