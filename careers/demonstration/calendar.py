"""School days of any academic year: Mondays to Fridays outside rough holidays, so that every date in the log is one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

HOLIDAYS = (
    ((9, 1), (9, 2)), ((10, 24), (11, 1)), ((12, 19), (12, 31)), ((1, 1), (1, 4)), ((2, 13), (2, 21)), ((3, 30), (4, 14)),
    ((5, 1), (5, 5)), ((5, 24), (6, 1)), ((7, 22), (8, 31)),
)  # fmt: skip
"""First and last (month, day) of each; the school's own term dates come from the same list."""

TERMS = (("Autumn", (9, 3), (12, 18)), ("Spring", (1, 5), (3, 29)), ("Summer", (4, 15), (7, 21)))


def day_of(year: int, month: int, day: int) -> date:
    """The month and day in the academic year that starts in `year`."""
    return date(year if month >= 9 else year + 1, month, day)


def is_holiday(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


@cache
def school_days(year: int) -> tuple[date, ...]:
    first = date(year, 9, 1)
    days = (first + timedelta(n) for n in range(366))
    return tuple(day for day in days if day.weekday() < 5 and not is_holiday(day) and day < date(year + 1, 9, 1))


def school_day(year: int, month: int, day: int, later: int = 0) -> date:
    """The first school day on or after a month and day of an academic year, moved `later` school days on (never past its last)."""
    days = school_days(year)
    wanted = day_of(year, month, day)
    at = next((n for n, candidate in enumerate(days) if candidate >= wanted), len(days) - 1)
    return days[max(0, min(at + later, len(days) - 1))]


def last_school_day_before(day: date, year: int) -> date:
    """The latest school day of an academic year before `day`; in its first days, the year's first."""
    return max((candidate for candidate in school_days(year) if candidate < day), default=school_days(year)[0])
