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


def last_term_end_of(school: School, day: date) -> date:
    """The most recent end of a term of this school's strictly before a day: what "since last term" is measured from."""
    year = AcademicYear.containing(day)
    ended = [term.ends for term in terms_of(school, year.previous, year) if term.ends < day]
    return max(ended, default=year.previous.closes)
