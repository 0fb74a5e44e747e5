"""Dates as a rule says them ("28 February of year 9"), and where a pupil stands in school life, which turns them into days.

Windows hang on the year group a pupil holds, not the birthday (rules 2.1 and 3.1). A pupil who has repeated a year entered the
earlier years sooner than the present class did; their windows open when they entered, and close with the present class.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from criteria.periods import KEY_STAGES, AcademicYear, key_stage
from criteria.tables import PUPILS, SCHOOLS, Kind

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, order=True)
class Stage:
    """A year group held in an academic year; for a leaver, the last. `repeated_year` 0 is none."""

    academic_year: int
    year_group: int
    repeated_year: int = 0

    def year_when_class_was_in(self, year_group: int) -> int:
        return self.academic_year - (self.year_group - year_group)

    def year_when_pupil_entered(self, year_group: int) -> int:
        was_earlier = year_group <= self.repeated_year <= self.year_group
        return self.year_when_class_was_in(year_group) - (1 if was_earlier else 0)


EVER = date(1900, 1, 1)
"""Before anything on record."""
FOREVER = date(9999, 12, 31)

Own = Mapping[str, Any]
"""The subject's own row, of which a moment may ask a date: when they were born, when their programme ends."""


@dataclass(frozen=True)
class Moment:
    """One dated point of a rule. `text` is how the rule writes it.

    `edge` is start, close (31 July), end (31 August) or a fixed (month, day); `of` is "academic year", "key stage", "leaving",
    "ever", a year group, or "own" for a date the subject's own row holds in `column`. `plus` is years after leaving, or months
    after the date of the subject's own.
    """

    text: str
    edge: str | tuple[int, int]
    of: str | int
    plus: int = 0
    column: str = ""

    def on(self, stage: Stage, own: Own | None = None) -> date | None:
        """The day, for a pupil at this stage; None where the moment means nothing (a key stage outside secondary school) or
        hangs on a date of the pupil's own that is not known.
        """
        if self.of == "own":
            day = (own or {}).get(self.column)
            return None if day is None else months_after(day, self.plus)
        if self.of == "ever":
            return EVER
        if self.of == "leaving":
            return AcademicYear(stage.academic_year + self.plus).ends
        year = self._academic_year(stage)
        if year is None:
            return None
        if isinstance(self.edge, tuple):
            month, day = self.edge
            return date(year.start_year + (0 if month >= 9 else 1), month, day)
        return {"start": year.starts, "close": year.closes, "end": year.ends}[self.edge]

    def _academic_year(self, stage: Stage) -> AcademicYear | None:
        if self.of == "academic year":
            return AcademicYear(stage.academic_year)
        group = self._year_group(stage)
        if group is None:
            return None
        entering = self.edge == "start"
        return AcademicYear(stage.year_when_pupil_entered(group) if entering else stage.year_when_class_was_in(group))

    def _year_group(self, stage: Stage) -> int | None:
        if isinstance(self.of, int):
            return self.of
        present = key_stage(stage.year_group)
        if present is None:
            return None
        years = KEY_STAGES[present]
        last_of_stage = 13 if present == 5 and stage.year_group <= 13 else years[-1]
        return years[0] if self.edge == "start" else last_of_stage


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on; where there is no such day, the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_EDGE = re.compile(r"(start|close|end) of (academic year|key stage|year (\d+))")
_DAY = re.compile(r"(\d{1,2}) (" + "|".join(MONTHS) + r") of (academic year|year (\d+))")
_AFTER = re.compile(r"(\d+) years? after leaving")
_OWN = re.compile(r"(?:(\d+) (year|month)s? (before|after) )?([a-z_]+)")
OWN_DATES = tuple(dict.fromkeys(c.name for table in (PUPILS, SCHOOLS) for c in table.columns if c.kind is Kind.DATE))
"""Dates of a subject's own that a moment may hang on."""

FORMS = (
    "start|close|end of academic year", "start|close|end of key stage", "start|close|end of year 9", "28 February of year 9",
    "30 September of academic year", "leaving", "3 years after leaving", "ever", "programme_ends_on", "16 years after born",
    "12 months before next_review_on",
)  # fmt: skip


def parse_moment(text: str) -> Moment:
    """Read a moment as a rule writes it; ValueError says what is wrong with it. FORMS shows what there is."""
    if text == "leaving":
        return Moment(text, "end", "leaving")
    if text == "ever":
        return Moment(text, "ever", "ever")
    if found := _AFTER.fullmatch(text):
        return Moment(text, "end", "leaving", int(found[1]))
    if (found := _OWN.fullmatch(text)) and found[4] in OWN_DATES:
        months = int(found[1] or 0) * (12 if found[2] == "year" else 1) * (-1 if found[3] == "before" else 1)
        return Moment(text, "day", "own", months, found[4])
    if found := _EDGE.fullmatch(text):
        return Moment(text, found[1], int(found[3]) if found[3] else found[2])
    if found := _DAY.fullmatch(text):
        month, day = MONTHS.index(found[2]) + 1, int(found[1])
        if not _comes_every_year(month, day):
            raise ValueError(f"'{text}' names a day that does not come every year")
        return Moment(text, (month, day), int(found[4]) if found[4] else found[3])
    raise ValueError(f"'{text}' is not a moment")


def _comes_every_year(month: int, day: int) -> bool:
    try:
        date(2023, month, day)  # not a leap year
    except ValueError:
        return False
    return True
