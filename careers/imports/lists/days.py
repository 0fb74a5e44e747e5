"""Days as other systems and people write them: day first or month first, and in a heading often without a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from careers.imports import values
from careers.imports.reading.table import Cell, text_of
from careers.imports.values import MONTHS, NotUnderstood

_FIGURES = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?:[T ,].*)?")
_SHORT = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})\.?")
_WEEKDAY = re.compile(r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?[, .]+", re.IGNORECASE)
_IN_TITLE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: [0-9]{4})?",
    re.IGNORECASE,
)


def a_day(cell: Cell, *, day_first: bool = True, academic_year: int | None = None) -> date:
    """The day a cell says. Without a year it is the one in the academic year, where one is given; else NotUnderstood."""
    if not isinstance(cell, str):
        return values.a_date(cell)
    text = _WEEKDAY.sub("", text_of(cell), count=1)
    if not day_first and (figures := _FIGURES.fullmatch(text)):
        text = f"{figures[2]}/{figures[1]}/{figures[3]}"
    if academic_year is not None and (short := _SHORT.fullmatch(text)):
        first, second = (short[1], short[2]) if day_first or not short[2].isdigit() else (short[2], short[1])
        return _in_year(int(first), second, academic_year, cell)
    try:
        return values.a_date(text)
    except NotUnderstood:
        raise NotUnderstood(
            f"{values.shown(cell)} is not a date. Write the {'day' if day_first else 'month'} first, or write it like 2026-11-12."
        ) from None


def _in_year(day: int, month: str, academic_year: int, cell: Cell) -> date:
    number = int(month) if month.isdigit() else MONTHS.get(month[:3].lower(), 0)
    try:
        return date(academic_year if number >= 9 else academic_year + 1, number, day)
    except ValueError:
        raise NotUnderstood(f"{values.shown(cell)} is not a date.") from None


def is_day(cell: Cell, academic_year: int | None = None) -> bool:
    try:
        a_day(cell, academic_year=academic_year)
    except NotUnderstood:
        try:
            a_day(cell, day_first=False, academic_year=academic_year)
        except NotUnderstood:
            return False
    return True


def month_first(cells: Iterable[Cell]) -> bool | None:
    """Whether days written in figures can only be month first (True), only day first (False), or cannot be told (None)."""
    found = [match for cell in cells if isinstance(cell, str) and (match := _FIGURES.fullmatch(text_of(cell)))]
    if not found:
        return None
    late_first, late_second = (any(int(match[n]) > 12 for match in found) for n in (1, 2))
    return None if late_first == late_second else late_second


def in_figures(cells: Iterable[Cell]) -> bool:
    """Whether any day is written so that day and month could be mistaken for each other."""
    return any(isinstance(cell, str) and _FIGURES.fullmatch(text_of(cell)) for cell in cells)


def taken_from(title: str, *, day_first: bool, academic_year: int) -> tuple[str, date | None]:
    """A title and the day written in it: `Careers fair 12/11/2026` is the fair, on that day."""
    if not (match := _IN_TITLE.search(title)):
        return title, None
    try:
        day = a_day(match[0], day_first=day_first, academic_year=academic_year)
    except NotUnderstood:
        return title, None
    left = re.sub(r"\(\s*\)", "", title[: match.start()] + title[match.end() :])
    return " ".join(left.split()).strip(" -–,:;"), day
