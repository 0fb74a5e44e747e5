"""The half-terms of an academic year as days: each term's halves, by the school's own term dates where it gave them."""

from __future__ import annotations

from datetime import date, timedelta

from careers.schools.models import School
from careers.schools.terms import terms_of
from criteria.periods import AcademicYear, Term

Span = tuple[date, date]


def half_terms(school: School, year: AcademicYear) -> dict[str, Span]:
    """The first and last day of each half-term by its key (`Activity.HalfTerm`), in order. One query.

    Where a school's terms have other names than Autumn, Spring and Summer, the halves of the national ones stand for them.
    """
    usual = _halves(year.terms())
    own = _halves(terms_of(school, year))
    return own if own.keys() == usual.keys() else usual


def _halves(terms: list[Term] | tuple[Term, ...]) -> dict[str, Span]:
    found = {}
    for term in terms:
        name, middle = term.name.lower(), term.starts + (term.ends - term.starts) / 2
        found[f"{name}_1"] = term.starts, middle
        found[f"{name}_2"] = middle + timedelta(days=1), term.ends
    return found
