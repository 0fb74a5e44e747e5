"""What a forecast takes to happen after today, said once: as words for SQL in `lending`, and as rows for one pupil here.

Everyone booked attends; every pupil on roll comes to what is planned for the whole of their year group, unless the log already
says what became of their place; nothing else happens. What is past stays as it is: a register nobody took is still not known.
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


@dataclass(frozen=True)
class Supposing:
    """Places booked on activities later than `after` are taken to be attended.

    `expected` are (activity, year group): pupils of that year group with no place yet are taken to attend too.
    `days` are the days on which activities without a date are taken to be held, and those not lent otherwise are lent.
    """

    after: date
    expected: tuple[tuple[int, int], ...] = ()
    days: Mapping[int, date] = field(default_factory=dict)


def supposing(school: School, as_at: date) -> Supposing | None:
    """What is supposed of a day to come; None for today and days gone by, of which nothing is. One query."""
    if as_at <= today():
        return None
    planned = for_everyone(school, today(), as_at).values_list("pk", "year_groups")
    return Supposing(today(), tuple((pk, group) for pk, groups in planned for group in groups))


def for_everyone(school: School, after: date, until: date) -> Any:
    """Planned activities between two days that are said to be for every pupil of their year groups."""
    return Activity.objects.filter(
        school=school,
        status__in=(Activity.Status.PLANNED, Activity.Status.DELIVERED),
        whole_cohort=True,
        starts_on__gt=after,
        starts_on__lte=until,
    )


def supposed(log: Iterable[Row], pupil: Mapping[str, Any], occasions: Iterable[Row], what: Supposing | None) -> list[Row]:
    """One pupil's log with the same things supposed. `occasions` are rows of activities as the engine reads them."""
    if what is None:
        return list(log)
    rows = [
        {**row, "status": "attended"} if row["status"] == "booked" and row["date"] > what.after else row for row in log
    ]
    if not pupil["on_roll"]:
        return rows
    has_place = {row["encounter"] for row in rows}
    awaited = {activity for activity, group in what.expected if group == pupil["year_group"]} - has_place
    return rows + [
        {"title": "", **row, "pupil": pupil["pupil"], "status": "attended"}
        for row in occasions
        if row["encounter"] in awaited
    ]
