"""By when a provider will hear: the school's own promise, in working days. No law names a number."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def working_days_after(day: date, number: int) -> date:
    """Mondays to Fridays are counted, bank holidays and school holidays too; the day itself is not."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day
