"""Activities as criteria see them: what is planned that would count, and what has happened that nobody can judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from careers.evaluation.lending import Lending, asking
from careers.evaluation.standings import SchoolStandings
from careers.programme.models import Activity
from criteria.conditions import Truth, both
from criteria.engines.reference import parts
from criteria.explanation import unknown
from criteria.model import Criterion, EachSubject
from criteria.tables import ENCOUNTERS, Kind

Row = dict[str, Any]


def occasions(found: SchoolStandings) -> list[Row]:
    """Every dated activity of the school with the attributes these criteria ask about. One query, once for each record."""
    return found.remember("occasions", lambda: _read(found))


def occasions_for(found: SchoolStandings, criterion: Criterion) -> list[Row]:
    """Those of a type the criterion could count, whatever else is true of them."""
    by_type = found.remember("occasions by type", lambda: _by_type(occasions(found)))
    types = [type for type in by_type if criterion.qualifying.truth({"type": type}) is not False]
    return [row for type in types for row in by_type[type]]


def _by_type(rows: list[Row]) -> dict[str, list[Row]]:
    by_type: dict[str, list[Row]] = {}
    for row in rows:
        by_type.setdefault(row.get("type", ""), []).append(row)
    return by_type


def _read(found: SchoolStandings) -> list[Row]:
    from criteria.engines.sql import attributes_asked  # not at the start of every process: see standings.counts_query

    with asking() as cursor:
        cursor.execute(Lending(found.school, found.as_at).occasions(attributes_asked(found.criteria)))
        names = [column[0] for column in cursor.description]
        readers = [READERS.get(name, _as_is) for name in names]
        rows = [
            {
                name: None if value is None else read(value)
                for name, read, value in zip(names, readers, values, strict=True)
            }
            for values in cursor.fetchall()
        ]
    for row in rows:
        row["encounter"] = row["occasion"]
    return rows


def _as_is(value: Any) -> Any:
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(code for code in str(value).strip("|").split("|") if code)


BY_KIND: dict[Kind, Callable[[Any], Any]] = {Kind.CODES: _codes, Kind.FLAG: bool, Kind.NUMBER: float, Kind.DATE: _day}
READERS = {column.name: BY_KIND.get(column.kind, _as_is) for column in ENCOUNTERS.columns}
"""How each column of the database's answer becomes what the engine reads."""


def counts(criterion: Criterion, row: Row, as_at: date) -> Truth:
    """Whether an activity would count for a pupil who takes part in it; None while a fact that decides it is not known."""
    if isinstance(criterion.measure, EachSubject):
        return both(criterion.qualifying.truth(row), True if row.get("subject") else None)
    judged = [part.counts for part in parts(criterion, {}, row, criterion.needed_on(as_at))]
    return True if True in judged else None if None in judged else False


@dataclass(frozen=True)
class Coming:
    """Activities of one title still to come for a criterion. `unsettled` says in words what must yet be known of them."""

    title: str
    reference: str
    first: date
    number: int
    year_groups: frozenset[int]
    unsettled: tuple[str, ...]


def coming(found: SchoolStandings, criterion: Criterion) -> list[Coming]:
    """What is planned after the day asked about that would count, or may once more is known, soonest first."""
    return found.remember(("coming", criterion.id), lambda: _coming(found, criterion))


def _coming(found: SchoolStandings, criterion: Criterion) -> list[Coming]:
    activities = found.remember("activities to come", lambda: _activities_to_come(found))
    together: dict[tuple[str, frozenset[int]], list[tuple[Row, Activity, Truth]]] = {}
    for row in occasions_for(found, criterion):
        activity = activities.get(row["occasion"])
        if activity is None:
            continue
        truth = counts(criterion, row, found.as_at)
        if truth is not False:
            key = (activity.title, frozenset(activity.year_groups))
            together.setdefault(key, []).append((row, activity, truth))
    return sorted((_join(criterion, key, each) for key, each in together.items()), key=lambda each: each.first)


def _join(criterion: Criterion, key: tuple[str, frozenset[int]], found: list[tuple[Row, Activity, Truth]]) -> Coming:
    row, activity, truth = min(found, key=lambda each: each[0]["date"])
    unsettled = () if truth else tuple(unknown(criterion, row))
    return Coming(key[0], activity.reference, row["date"], len(found), key[1], unsettled)


def _activities_to_come(found: SchoolStandings) -> dict[int, Activity]:
    shown = ("reference", "title", "year_groups", "starts_on", "school")
    return Activity.objects.filter(school=found.school, starts_on__gt=found.as_at).only(*shown).in_bulk()


def coming_for(comings: Iterable[Coming], year_group: int | None, due: date | None) -> list[Coming]:
    """Of these, the ones for a year group and in time."""
    return [
        each for each in comings if year_group in each.year_groups and (due is None or each.first <= due)
    ]  # fmt: skip
