"""What became of leavers: one check a year for three years, the known apart from those nobody could find."""

from __future__ import annotations

from typing import Any

from careers.demonstration.calendar import school_day
from careers.demonstration.log import Log
from careers.demonstration.roll import Child
from careers.programme.models import Activity

KNOWN = {1: 0.95, 2: 0.84, 3: 0.71}
POINTS = (1, 2, 3)
ASKED_LATE = (-2, 2)
"""Those who left two years ago were not asked in their second October; this January makes up for it."""


def follow_leavers(log: Log, children: list[Child]) -> None:
    """Checks each October after leaving."""
    for leaving in range(log.now.year - log.plan.leavers + 1, log.now.year + 1):
        for last in (11, 13):
            cohort = [child for child in children if left_from(child, last, leaving)]
            for point in POINTS:
                if cohort:
                    check(log, cohort, leaving, last, point)


def left_from(child: Child, last: int, leaving: int) -> bool:
    left = child.pupil.left_on
    return bool(
        left
        and left.year == leaving
        and left.month == 8
        and max(child.years.values(), default=0) in (last, last - (last > 11))
    )


def check(log: Log, cohort: list[Child], leaving: int, last: int, point: int) -> None:
    """Ask after everybody who left. Of a check still to come, nobody knows yet who will be found."""
    year, late = leaving + point - 1, (leaving - log.now.year, point) == ASKED_LATE
    if late:
        year = log.now.year
    if year > log.now.year:
        return
    rng = log.plan.dice("destinations", leaving - log.now.year, last, point)
    day = school_day(year, *((1, 18) if late else (10, 5)), later=last % 3)
    title = f"Year {last} leavers of {leaving}: destination, year {point}"
    facts: dict[str, Any] = {"destination_point": point, "hours": 0, "mode": ""}
    known = log.activity(Activity.Type.DESTINATION, title, day, destination_known=True, **facts)
    lost = known
    if day < log.now.today:
        lost = log.activity(Activity.Type.DESTINATION, f"{title} (not found)", day, destination_known=False, **facts)
    for child in cohort:
        found = rng.random() < KNOWN[point] - (0.12 if child.absence > 0.3 else 0)
        told = child.story(known.activity, last)
        if told is not None:
            status = "attended" if day < log.now.today else "booked"
            log.put(known if found or told == "attended" else lost, child, status)
