"""When a school's terms run: by its own dates where it has given them, otherwise as the national evaluation measures them."""

from __future__ import annotations

from datetime import date

from careers.schools.models import School, TermDates
from criteria.periods import AcademicYear, Term


def terms_of(school: School, *years: AcademicYear) -> list[Term]:
    """The terms of these academic years in order of time, in one query. Needs the school in scope.

    A school that has given no dates for a year is taken to keep the usual ones for the whole of it.
    """
    given: dict[int, list[Term]] = {year.start_year: [] for year in years}
    for own in TermDates.objects.filter(school=school, academic_year__in=given):
        given[own.academic_year].append(Term(own.name, own.starts_on, own.ends_on))
    terms = [term for year in years for term in given[year.start_year] or year.terms()]
    return sorted(terms, key=lambda term: term.starts)


def compared_with(school: School, day: date) -> date:
    """The earlier day that a day's figures are set beside: the end of the school's last term or, where none has ended
    this academic year, the same day a year before. What is owed every year begins again in September, so a comparison
    with July would show only that it had. One query."""
    ended = [term.ends for term in terms_of(school, AcademicYear.containing(day)) if term.ends < day]
    leap = (day.month, day.day) == (2, 29)
    return max(ended, default=day.replace(year=day.year - 1, day=28 if leap else day.day))
