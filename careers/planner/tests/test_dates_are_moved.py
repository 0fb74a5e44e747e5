"""A day of last year moved to this one, whatever the day and whichever the years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.planner.dates import matching_day
from careers.schools.half_terms import half_term_on, monday_of, usual_half_terms
from criteria.periods import AcademicYear

years = st.integers(2018, 2045)


@given(start=years, nth=st.integers(0, 364), later=st.integers(1, 2))
def test_a_moved_day_keeps_its_weekday_its_half_term_and_nearly_its_week(start: int, nth: int, later: int) -> None:
    old, new = usual_half_terms(AcademicYear(start)), usual_half_terms(AcademicYear(start + later))
    day = date(start, 9, 1) + timedelta(days=nth)
    moved = matching_day(day, old, new)
    was, becomes = half_term_on(day, old), half_term_on(moved, new)
    assert moved in AcademicYear(start + later)
    assert moved.weekday() == day.weekday()
    assert becomes.key == was.key
    if was.starts <= day <= was.ends:
        assert moved <= becomes.ends, "a day of teaching does not become a holiday"
    week, there = ((monday_of(d) - half.week_0).days // 7 for d, half in ((day, was), (moved, becomes)))
    if 1 <= week < len(becomes.mondays()) - 1:
        assert there == week


@pytest.mark.parametrize(
    ("day", "becomes"),
    [
        (date(2026, 9, 23), date(2027, 9, 22)),  # the fourth Wednesday of term
        (date(2026, 11, 2), date(2027, 11, 1)),  # the first Monday after half-term
        (date(2027, 2, 3), date(2028, 2, 2)),
        (date(2027, 3, 8), date(2028, 3, 13)),  # the third Monday after half-term, which is later in 2028
        (date(2027, 6, 8), date(2028, 6, 6)),
    ],
)
def test_days_a_careers_leader_would_expect(day: date, becomes: date) -> None:
    assert matching_day(day, usual_half_terms(AcademicYear(2026)), usual_half_terms(AcademicYear(2027))) == becomes
