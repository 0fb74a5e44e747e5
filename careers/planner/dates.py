"""Moving a day of one academic year to the matching day of another: the same half-term, week of it and weekday."""

from __future__ import annotations

from datetime import date, timedelta

from careers.schools.half_terms import WEEK, HalfTerms, half_term_on, monday_of


def matching_day(day: date, old: HalfTerms, new: HalfTerms) -> date:
    """The same weekday, in the week of the same number of the same half-term of the other year.

    Where that half-term is shorter there, in its last week of teaching or, of a day of holiday, the last before the next half-term.
    Where it begins later in its first week, in its second. The day is always within the half-term, holidays after it included.
    """
    was = half_term_on(day, old)
    becomes = new[old.index(was)]
    week = (monday_of(day) - was.week_0) // WEEK
    last = becomes.ends if day <= was.ends else becomes.until
    found = becomes.week_0 + max(week, 0) * WEEK + timedelta(days=day.weekday())
    while found > last:
        found -= WEEK
    while found < becomes.first:
        found += WEEK
    return found
