"""What a forecast takes to happen after today, said once: as words for SQL in `lending`, and as rows for one pupil here.

Everyone booked attends. What is planned for whole year groups and has nobody's place on it yet, all their pupils on roll come to;
once anybody has a place, the places say who comes. Nothing else happens. What is past stays as it is: a register nobody took is
still not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careers.programme.models import Activity
from careers.schools.clock import today
from careers.schools.models import School

Row = dict[str, Any]
IN_A_PLAN = (Activity.Status.PLANNED, Activity.Status.DELIVERED)


@dataclass(frozen=True)
class Drafted:
    """An occasion that nobody has put in the programme: what a draft would hold. Its `number`, below nought, is no activity's.

    `facts` are what the engine reads of an occasion; a list of codes is a tuple. What is missing is not known.
    """

    number: int
    day: date
    year_groups: tuple[int, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Supposing:
    """Places booked on activities later than `after` are taken to be attended.

    `expected` are (activity, year group): pupils of that year group are taken to attend too. None of them has a place on it.
    `days` are days on which activities are taken to be held that have none yet or are only proposed: they are lent too, and so
    are the occasions of a draft.
    """

    after: date
    expected: tuple[tuple[int, int], ...] = ()
    days: Mapping[int, date] = field(default_factory=dict)
    drafted: tuple[Drafted, ...] = ()


def supposing(school: School, as_at: date) -> Supposing | None:
    """What is supposed of a day to come; None for today and days gone by, of which nothing is. One query."""
    if as_at <= today():
        return None
    planned = Activity.objects.filter(
        school=school,
        status__in=IN_A_PLAN,
        whole_cohort=True,
        starts_on__gt=today(),
        starts_on__lte=as_at,
        encounters=None,
    ).values_list("pk", "year_groups")
    return Supposing(today(), tuple((pk, group) for pk, groups in planned for group in groups))


def supposed(
    log: Iterable[Row], pupil: Mapping[str, Any], occasions: Iterable[Row], what: Supposing | None
) -> list[Row]:
    """One pupil's log with the same things supposed. `occasions` are rows of activities as the engine reads them."""
    if what is None:
        return list(log)
    rows = [
        {**row, "status": "attended"} if row["status"] == "booked" and row["date"] > what.after else row for row in log
    ]
    if not pupil["on_roll"]:
        return rows
    awaited = {activity for activity, group in what.expected if group == pupil["year_group"]}
    return rows + [
        {"title": "", **row, "pupil": pupil["pupil"], "status": "attended"}
        for row in occasions
        if row["encounter"] in awaited
    ]
