"""Activities as criteria see them: what is planned that would count, and what has happened that nobody can judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from careers.evaluation.lending import Lending, asking
from careers.evaluation.standings import OfActivities, SchoolStandings
from careers.programme.models import Activity
from criteria.conditions import Truth, both
from criteria.engines.needs import attributes_asked
from criteria.engines.reference import parts
from criteria.explanation import unknown
from criteria.model import Criterion, EachSubject
from criteria.tables import ENCOUNTERS, Kind

Row = dict[str, Any]


def to_come(found: SchoolStandings) -> list[Row]:
    """Every activity with a date later than the day the question is asked on, which for a forecast is today.

    With the attributes these criteria ask about. One query, once for each record.
    """
    return found.remember(
        OfActivities("to come"), lambda: _read(found, found.supposing.after if found.supposing else found.as_at)
    )


def to_come_for(found: SchoolStandings, criterion: Criterion) -> list[Row]:
    """Those of a type the criterion could count, whatever else is true of them."""
    by_type = found.remember(OfActivities("to come by type"), lambda: _by_type(to_come(found)))
    types = [type for type in by_type if criterion.qualifying.truth({"type": type}) is not False]
    return [row for type in types for row in by_type[type]]


def _by_type(rows: list[Row]) -> dict[str, list[Row]]:
    by_type: dict[str, list[Row]] = {}
    for row in rows:
        by_type.setdefault(row.get("type", ""), []).append(row)
    return by_type


def _read(found: SchoolStandings, after: date) -> list[Row]:
    with asking() as cursor:
        cursor.execute(Lending(found.school, found.as_at).occasions(attributes_asked(found.criteria), after))
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


def doubtful(found: SchoolStandings, criteria: Sequence[Criterion]) -> list[dict[int, date]]:
    """For each of these criteria: past activities of which it cannot be said whether they count, and their days.

    The database judges them: one query, until an activity changes.
    """
    key = OfActivities(("doubtful", *(criterion.id for criterion in criteria)))
    return found.remember(key, lambda: _doubtful(found, criteria))


def _doubtful(found: SchoolStandings, criteria: Sequence[Criterion]) -> list[dict[int, date]]:
    from careers.evaluation.counting import doubtful_query  # see standings.count

    about: list[dict[int, date]] = [{} for _ in criteria]
    if criteria:
        with asking() as cursor:
            cursor.execute(doubtful_query(found.school, criteria, found.as_at))
            for place, occasion, day in cursor.fetchall():
                about[place][occasion] = _day(day)
    return about


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
    keys: tuple[int, ...]
    """The activities themselves."""


def coming(found: SchoolStandings, criterion: Criterion) -> list[Coming]:
    """What is planned after the day asked about that would count, or may once more is known, soonest first."""
    return found.remember(OfActivities(("coming", criterion.id)), lambda: _coming(found, criterion))


def _coming(found: SchoolStandings, criterion: Criterion) -> list[Coming]:
    activities = found.remember(OfActivities("activities to come"), lambda: _activities_to_come(found))
    together: dict[tuple[str, frozenset[int]], list[tuple[Row, Activity, Truth]]] = {}
    for row in to_come_for(found, criterion):
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
    keys = tuple(each[1].pk for each in found)
    return Coming(key[0], activity.reference, row["date"], len(found), key[1], unsettled, keys)


def _activities_to_come(found: SchoolStandings) -> dict[int, Activity]:
    shown = ("reference", "title", "year_groups", "starts_on", "school")
    return Activity.objects.filter(school=found.school, starts_on__gt=found.as_at).only(*shown).in_bulk()


def coming_for(comings: Iterable[Coming], year_group: int | None, due: date | None) -> list[Coming]:
    """Of these, the ones for a year group and in time."""
    return [
        each for each in comings if year_group in each.year_groups and (due is None or each.first <= due)
    ]  # fmt: skip
