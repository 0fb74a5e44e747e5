"""The six half-terms of an academic year, into which a programme is planned before its days are known.

A school that has given six terms has given its half-terms. One that has given three has each split at the usual holiday: the week
of the last Monday of October, of the third Monday of February, and of the last Monday of May (the Spring bank holiday). That is our
assumption, since no law fixes half-term and a few councils keep another week. It decides where the planner shows an activity, and
between which days one without a day is taken to be. Where that Monday is not within the term, the term is split at the Monday
nearest its middle. A school that has given no dates is taken to come back on 4 January.

Every day of an academic year is in exactly one half-term: a holiday belongs to the half-term before it, and days before the first
term to Autumn 1.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careers.schools.models import School
from careers.schools.terms import terms_of
from criteria.periods import AcademicYear, Term

KEYS = ("autumn_1", "autumn_2", "spring_1", "spring_2", "summer_1", "summer_2")
NAMES = ("autumn", "spring", "summer")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class HalfTerm:
    """`starts` to `ends`, both included, is the teaching; `until` is the last day before the next half-term."""

    key: str
    starts: date
    ends: date
    first: date
    """The first day that belongs to it: `starts`, but for Autumn 1, which begins with the academic year."""
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.until

    @property
    def name(self) -> str:
        return self.key.replace("_", " ").capitalize()

    @property
    def week_0(self) -> date:
        """The Monday of its first week: the week of its first day that is not at a weekend."""
        day = self.starts if self.starts.weekday() < 5 else self.starts + timedelta(days=7 - self.starts.weekday())
        return monday_of(day)

    def mondays(self) -> list[date]:
        """The Monday of each week of teaching."""
        found = [self.week_0]
        while found[-1] + WEEK <= self.ends:
            found.append(found[-1] + WEEK)
        return found


HalfTerms = tuple[HalfTerm, ...]
"""The six of a year, in order of time."""


def half_terms_of(school: School, year: AcademicYear) -> HalfTerms:
    """By the school's own term dates where it has given them. One query. Needs the school in scope."""
    return _made_of(terms_of(school, year), year)


def usual_half_terms(year: AcademicYear) -> HalfTerms:
    """As they are where a school has given no dates. No query."""
    return _made_of(year.terms(), year)


def half_term_on(day: date, half_terms: HalfTerms) -> HalfTerm:
    """The half-term a day of the year belongs to; a day of another year, to the nearest."""
    return next((each for each in half_terms if day <= each.until), half_terms[-1])


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def half_term_said(words: str) -> str:
    """The key of the half-term that free text names, such as "Spring 2", "autumn term" or "early March"; empty where it names none.

    A term with no half said is taken to be its first half.
    """
    said = words.casefold()
    number = re.search(r"(?<!\d)([1-6])(?!\d)", said)
    if number and re.search(r"\b(ht|half[ -]?term|term)\s*[1-6]\b", said) and not any(n[:3] in said for n in NAMES):
        return KEYS[int(number[1]) - 1]
    for place, name in enumerate(NAMES):
        if re.search(rf"\b{name[:3]}", said):
            second = (number and number[1] == "2") or re.search(r"\b(second|2nd|late|end|b)\b", said)
            return KEYS[2 * place + bool(second)]
    return _month_said(said)


def _month_said(said: str) -> str:
    year = AcademicYear(2026)  # any will do
    for number in range(1, 13):
        if re.search(rf"\b{month_name[number][:3].lower()}", said):
            return half_term_on(date(2026 if number >= 9 else 2027, number, 15), usual_half_terms(year)).key
    return ""


def _made_of(terms: Sequence[Term], year: AcademicYear) -> HalfTerms:
    if len(terms) not in (3, 6) or tuple(terms) == year.terms():
        autumn, spring, summer = year.terms()
        terms = (autumn, replace(spring, starts=spring.starts.replace(day=4)), summer)
    halves = [(t.starts, t.ends) for t in terms] if len(terms) == 6 else _halves(terms, year)
    starts = [first for first, _ in halves]
    untils = [start - timedelta(days=1) for start in starts[1:]] + [year.ends]
    firsts = [year.starts, *starts[1:]]
    return tuple(
        HalfTerm(key, start, end, first, until)
        for key, (start, end), first, until in zip(KEYS, halves, firsts, untils, strict=True)
    )


def _halves(terms: Sequence[Term], year: AcademicYear) -> list[tuple[date, date]]:
    autumn, spring, summer = year.start_year, year.start_year + 1, year.start_year + 1
    holidays = (_monday(autumn, 10, -1), _monday(spring, 2, 2), _monday(summer, 5, -1))
    found = []
    for term, holiday in zip(terms, holidays, strict=True):
        within = term.starts + WEEK <= holiday <= term.ends - 2 * WEEK
        if within:
            found += [(term.starts, holiday - timedelta(days=3)), (holiday + WEEK, term.ends)]
        else:
            middle = monday_of(term.starts + (term.ends - term.starts) / 2)
            middle = max(middle, term.starts + timedelta(days=1))
            found += [(term.starts, middle - timedelta(days=1)), (middle, term.ends)]
    return found


def _monday(year: int, month: int, which: int) -> date:
    """The first Monday of a month is 0, the last -1."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    return [day for day in days if day.month == month and day.weekday() == 0][which]
