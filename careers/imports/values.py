"""Cells into values. Each reader takes a cell that is not blank and gives the value, or raises NotUnderstood with a sentence."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from careers.imports.reading.table import Cell, text_of

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(18_000, 73_000)
"""Day numbers that can be a date of a school's (1949 to 2099)."""

YES = frozenset(["yes", "y", "true", "t", "1", "x", "✓", "✔", "eligible"])
NO = frozenset(["no", "n", "false", "f", "0", "none", "not eligible", "✗", "✘"])
BELOW_SECONDARY = {"n1": -1, "n2": 0, "nursery": -1, "r": 0, "reception": 0, "yr r": 0, "year r": 0}
SEN_CODES = {
    "N": (
        "n",
        "no sen",
        "none",
        "no special educational need",
        "no special educational needs",
        "no specified special educational need",
    ),
    "K": ("k", "sen support", "sen support (k)", "special educational needs support", "school support"),
    "E": ("e", "ehc plan", "ehcp", "ehc", "education health and care plan", "education, health and care plan"),
}
_SEN = {words: code for code, many in SEN_CODES.items() for words in many}


class NotUnderstood(Exception):
    """A sentence for the person: what was found and what can be written instead."""


def shown(cell: Cell) -> str:
    text = text_of(cell).replace("\0", "␀")
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def a_text(cell: Cell, longest: int) -> str:
    text = text_of(cell)
    if len(text) > longest:
        raise NotUnderstood(f"{shown(cell)} has {len(text)} characters and there is room for {longest}. Shorten it.")
    return text


def names_in(cell: Cell, longest: int) -> tuple[str, ...]:
    """Several names with commas, semicolons or bars between, or each on a line of the cell; each once."""
    text = cell if isinstance(cell, str) else text_of(cell)
    names = [" ".join(part.split()) for part in re.split(r"[,;|\r\n]", text)]
    if long := next((name for name in names if len(name) > longest), None):
        raise NotUnderstood(f"{shown(long)} has {len(long)} characters and there is room for {longest}. Shorten it.")
    return tuple({name.casefold(): name for name in reversed(names) if name}.values())[::-1]


def a_date(cell: Cell) -> date:
    """2012-03-09, 09/03/2012 (day first), 9 Mar 2012, an Excel date or its day number."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _date_of(text_of(cell))
    if found is None:
        raise NotUnderstood(f"{shown(cell)} is not a date. Write the day first, like 9/3/2012, or like 2012-03-09.")
    return found


@lru_cache(maxsize=20_000)
def _date_of(text: str) -> date | None:
    if text.isascii() and text.isdigit() and int(text) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=int(text))
    for pattern in (_YEAR_FIRST, _DAY_FIRST):
        if match := pattern.fullmatch(text):
            return _real_date(**match.groupdict())
    return None


_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[T ][0-9:.+Z-]*)?")
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ](?P<month>[0-9]{1,2}|[A-Za-z]{3,9})[-/. ](?P<year>[0-9]{4}|[0-9]{2})(?: [0-9:]+)?"
)


def _real_date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else MONTHS.get(month[:3].lower(), 0)
    century = 2000 if len(year) == 2 and int(year) <= 60 else 1900 if len(year) == 2 else 0
    try:
        return date(century + int(year), number, int(day))
    except ValueError:
        return None


def a_birthday(cell: Cell, today: date) -> date:
    born = a_date(cell)
    if not date(today.year - 27, 1, 1) <= born < today:
        raise NotUnderstood(f"{shown(cell)} would be the birthday of nobody at school in {today.year}. Check the year.")
    return born


@lru_cache(maxsize=1_000)
def _year_group_of(text: str) -> int | None:
    words = text.casefold()
    if words in BELOW_SECONDARY:
        return BELOW_SECONDARY[words]
    match = re.fullmatch(r"(?:(?:nc|national curriculum) ?)?(?:years?|yr|y)?(?: ?group)? ?0?([0-9]{1,2})", words)
    return int(match[1]) if match and int(match[1]) <= 14 else None


def a_year_group(cell: Cell) -> int:
    """9, 09, Y9, Yr 9, Year 9. Reception and nursery come out as 0 or less."""
    found = _year_group_of(text_of(cell))
    if found is None:
        raise NotUnderstood(f"{shown(cell)} is not a year group. Write it like 9 or Year 9.")
    return found


def year_groups(cell: Cell) -> list[int]:
    """Several year groups: 7|8, 7, 8 or Year 9."""
    text = text_of(cell)
    found = [a_year_group(part.strip()) for part in re.split(r"[|,;&+]| and ", text) if part.strip()]
    if wrong := [year for year in found if not 7 <= year <= 14]:
        raise NotUnderstood(
            f"{shown(cell)} includes Year {wrong[0]}, and the programme is for Years 7 to 14. Take it out."
        )
    return sorted(set(found))


def yes_or_no(cell: Cell) -> bool:
    words = text_of(cell).casefold()
    if words in YES:
        return True
    if words in NO:
        return False
    raise NotUnderstood(
        f"{shown(cell)} is neither yes nor no. Write Yes or No, or leave it blank where it is not known."
    )


def in_care(cell: Cell) -> bool:
    words = text_of(cell).casefold()
    if words in {"looked after", "currently looked after", "in care", "lac", "currently in care"}:
        return True
    return False if words in {"not looked after", "not in care"} else yes_or_no(cell)


def sen_provision(cell: Cell) -> str:
    """N, K or E, or the words for them."""
    words = text_of(cell).casefold()
    code = _SEN.get(words) or _SEN.get(re.split(r" ?[-–:] ?", words)[0])
    if code is None:
        raise NotUnderstood(
            f"{shown(cell)} is not an SEN provision. Write N (none), K (SEN support) or E (EHC plan), or leave it blank."
        )
    return code


def a_sex(cell: Cell) -> str:
    """F or M; the empty string where the file says it is not known."""
    words = text_of(cell).casefold()
    for code, many in {
        "F": ("f", "female", "girl"),
        "M": ("m", "male", "boy"),
        "": ("u", "unknown", "not known", "not specified", "x"),
    }.items():
        if words in many:
            return code
    raise NotUnderstood(f"{shown(cell)} is not F or M. Write F or M, or leave it blank.")


def an_email(cell: Cell) -> str:
    text = text_of(cell)
    try:
        validate_email(text)
    except ValidationError:
        raise NotUnderstood(f"{shown(cell)} is not an e-mail address. Correct it or leave it blank.") from None
    return text


def a_number(cell: Cell, *, whole: bool, most: int) -> Decimal:
    try:
        number = Decimal(text_of(cell))
    except InvalidOperation:
        raise NotUnderstood(f"{shown(cell)} is not a number. Write figures only, like 2.5.") from None
    if not number.is_finite() or not 0 <= number <= most or (whole and number % 1) or number != round(number, 6):
        raise NotUnderstood(f"{shown(cell)} is not a {'whole ' if whole else ''}number from 0 to {most}.")
    return number if whole else number.quantize(Decimal("0.01"))


def a_choice(cell: Cell, choices: list[tuple[str, str]]) -> str:
    """The stored value of one of a field's choices, written as its value, its label or the first words of one label."""
    words = text_of(cell).casefold().replace("_", " ")
    for value, label in choices:
        if words in (value.casefold().replace("_", " "), str(label).casefold()):
            return value
    begun = [value for value, label in choices if str(label).casefold().startswith(f"{words} ")]
    if len(begun) == 1:
        return begun[0]
    known = ", ".join(str(label) for _, label in choices)
    raise NotUnderstood(f"{shown(cell)} is not one of: {known}.")
