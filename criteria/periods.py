"""School years, key stages and the dates that rules hang on.

An academic year runs from 1 September to 31 August and is named by the calendar year it starts in. Teaching closes on 31 July
(School Information (England) Regulations 2008, regulation 2), which is when yearly benchmarks fall due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_YEAR_GROUP = 7
LAST_YEAR_GROUP = 13
YEAR_GROUPS = tuple(range(FIRST_YEAR_GROUP, LAST_YEAR_GROUP + 1))

KEY_STAGES: dict[int, tuple[int, ...]] = {3: (7, 8, 9), 4: (10, 11), 5: (12, 13, 14)}
"""Education Act 2002 s.82 for stages 3 and 4; stage 5 is the usual name for 16 to 18, with a third year where one is needed."""


@dataclass(frozen=True, order=True)
class AcademicYear:
    """One school year. `AcademicYear(2026)` is 2026/27."""

    start_year: int

    @classmethod
    def containing(cls, day: date) -> AcademicYear:
        """The academic year a date falls in; August belongs to the year that is ending."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def starts(self) -> date:
        return date(self.start_year, 9, 1)

    @property
    def closes(self) -> date:
        """Last day on which the year's entitlements are due (31 July)."""
        return date(self.start_year + 1, 7, 31)

    @property
    def ends(self) -> date:
        return date(self.start_year + 1, 8, 31)

    @property
    def previous(self) -> AcademicYear:
        return AcademicYear(self.start_year - 1)

    @property
    def pending(self) -> AcademicYear:
        """The year being planned next."""
        return AcademicYear(self.start_year + 1)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02}"

    def terms(self) -> tuple[Term, Term, Term]:
        """The three terms as the national evaluation measures them: to 31 December, 31 March and 31 July."""
        year = self.start_year
        return (
            Term("Autumn", date(year, 9, 1), date(year, 12, 31)),
            Term("Spring", date(year + 1, 1, 1), date(year + 1, 3, 31)),
            Term("Summer", date(year + 1, 4, 1), date(year + 1, 7, 31)),
        )


@dataclass(frozen=True)
class Term:
    name: str
    starts: date
    ends: date


def term_containing(day: date) -> Term:
    """The term a day falls in; August counts with the summer term it follows."""
    terms = AcademicYear.containing(day).terms()
    return next((term for term in terms if term.starts <= day <= term.ends), terms[-1])


def key_stage(year_group: int) -> int | None:
    """The key stage of a year group, or None outside secondary school."""
    return next((stage for stage, years in KEY_STAGES.items() if year_group in years), None)


def year_group_from_birth(born: date, day: date) -> int:
    """The year group a birthday usually means on a day. Only a suggestion: the school's own record decides (rules 3.1)."""
    academic_year = AcademicYear.containing(day).start_year
    reached = academic_year - (born.year if born.month < 9 else born.year + 1)
    return reached - 4
