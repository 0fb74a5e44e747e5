"""What each year group would still lack at the close of a year, in pupils: what they have already, with all that is planned added.

Everything planned for the year is taken to happen, a day or none; for a year still to come, what is only proposed may be added.
Pupils hold then the year group they are known to hold, or else the one above their present one. Where nobody is known yet to
hold the lowest, one newcomer with nothing on record stands in for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careers.evaluation.coverage import Coverage, Key
from careers.evaluation.coverage_rows import Audience, Planned
from careers.evaluation.people import Person, setting_of, still_here
from careers.evaluation.standings import SchoolStandings, count
from careers.evaluation.supposing import Supposing, supposing
from careers.programme.models import Activity
from careers.pupils.models import YearHeld
from criteria.periods import AcademicYear
from criteria.standing import Standing, State

NEWCOMER = 0
"""The key of the pupil who stands in for a year group nobody is known to hold yet; no pupil has it."""


@dataclass(frozen=True)
class Would:
    """Pupils of one year group on one criterion at the close: `without` owe it by then, `later` lack it and are in time."""

    whole: int = 0
    met: int = 0
    without: int = 0
    later: int = 0


@dataclass(frozen=True)
class StillLacking:
    """By criterion and year group. In `newcomers` the figures are of one pupil who stands in for all."""

    figures: dict[Key, Would]
    newcomers: frozenset[int]


def still_lacking(found: SchoolStandings, coverage: Coverage, with_proposed: bool) -> StillLacking | None:
    """None for a year that has closed, or where only what one page published is looked at. Three queries, once for each record."""
    if coverage.source or coverage.year.closes <= found.as_at:
        return None
    key = ("still lacking", coverage.year, with_proposed)
    return found.remember(key, lambda: _work_out(found, coverage))


def _work_out(found: SchoolStandings, coverage: Coverage) -> StillLacking:
    year, close = coverage.year, coverage.year.closes
    this_year = AcademicYear.containing(found.as_at)
    later = year.start_year - this_year.start_year
    everybody = still_here(found.people, close) if not later else _moved_up(found, year)
    everybody = [person for person in everybody if person.on_roll and person.year_group in found.school.year_groups]
    newcomers = _newcomers(found, year, everybody) if later else []
    planned = _supposing(found, coverage, this_year.closes, later)
    standings = count(found.school, coverage.criteria, [*everybody, *newcomers], close, planned)
    own: dict[Key, list[Standing]] = defaultdict(list)
    for person in (*everybody, *newcomers):
        row = standings.rows[person.pk]  # type: ignore[index]
        for criterion, standing in zip(coverage.criteria, row, strict=True):
            own[criterion.id, person.year_group or 0].append(standing)
    figures = {key: _would(own[key], close) for key in coverage.cells if key in own}
    return StillLacking(figures, frozenset(person.year_group or 0 for person in newcomers))


def _would(found: Iterable[Standing], close: date) -> Would:
    applying = [each for each in found if each.state is not State.DOES_NOT_APPLY]
    lacking = [each for each in applying if each.state in (State.DUE, State.MISSED)]
    later = sum(each.due is not None and each.due > close for each in lacking)
    return Would(len(applying), sum(each.state is State.MET for each in applying), len(lacking) - later, later)


def _moved_up(found: SchoolStandings, year: AcademicYear) -> list[Person]:
    """Those of today who will still be here, in the year group they hold then. What they will study is not known."""
    held = dict(
        YearHeld.objects.filter(school=found.school, academic_year=year.start_year).values_list(
            "pupil_id", "year_group"
        )
    )
    moved = []
    for person in still_here(found.people, year.starts):
        if person.on_roll and person.year_group:
            group = held.get(person.pk, person.year_group + 1)
            facts = {**person.facts, "academic_year": year.start_year, "year_group": group, "subjects": None}
            moved.append(person._replace(year_group=group, facts=facts))
    return moved


def _newcomers(found: SchoolStandings, year: AcademicYear, everybody: Iterable[Person]) -> list[Person]:
    lowest = found.school.year_groups[0]
    if any(person.year_group == lowest for person in everybody):
        return []
    facts = {
        "pupil": NEWCOMER,
        "school": found.school.urn,
        "setting": setting_of(found.school),
        "academic_year": year.start_year,
        "year_group": lowest,
        "repeated_year": 0,
        "joined_on": year.starts,
        "left_on": None,
        "on_roll": True,
        "considering_he": None,
        "in_benchmark_cohort": True,
        "subjects": None,
    }
    return [Person(NEWCOMER, "", "", "", "", lowest, "", True, frozenset(), facts)]


def _supposing(found: SchoolStandings, coverage: Coverage, this_close: date, later: int) -> Supposing:
    """Everything of the plan still to come; before it, what this year's own forecast supposes, its pupils now `later` years up."""
    soon = supposing(found.school, this_close)
    expected = [(pk, group + later) for pk, group in soon.expected] if soon else []
    counted = {pk for pk, _ in expected}
    days: dict[int, date] = {}
    for planned in coverage.plan:
        activity = planned.activity
        if not _is_to_come(planned, found.as_at):
            continue
        if activity.starts_on is None or activity.status == Activity.Status.PROPOSED:
            days[activity.pk] = _day(planned, found.as_at)
        if planned.audience is Audience.EVERYONE and not planned.places and activity.pk not in counted:
            expected += [(activity.pk, group) for group in planned.year_groups]
    return Supposing(found.as_at, tuple(expected), days)


def _is_to_come(planned: Planned, today: date) -> bool:
    return planned.span.last > today


def _day(planned: Planned, today: date) -> date:
    """The middle of when it may be, or its last day where the middle is past."""
    return planned.span.middle if planned.span.middle > today else planned.span.last
