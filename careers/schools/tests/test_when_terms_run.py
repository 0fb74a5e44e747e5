"""A school's own term dates, and the usual ones where it has given none."""

from datetime import date

import pytest
from django_scopes import scope

from careers.schools.models import School, TermDates
from careers.schools.terms import compared_with, terms_of
from tests.makers import YEAR, make_school

OWN = [
    ("Autumn", date(2026, 9, 2), date(2026, 12, 18)),
    ("Spring", date(2027, 1, 4), date(2027, 3, 25)),
    ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
]


def give_terms(school: School, academic_year: int = YEAR.start_year) -> None:
    with scope(school=school):
        TermDates.objects.bulk_create(
            TermDates(school=school, academic_year=academic_year, name=name, starts_on=first, ends_on=last)
            for name, first, last in OWN
        )


@pytest.fixture
def school(db: None) -> School:
    return make_school()


def test_a_school_that_has_given_no_dates_keeps_the_usual_terms(school: School) -> None:
    with scope(school=school):
        assert terms_of(school, YEAR) == list(YEAR.terms())
        assert compared_with(school, date(2027, 2, 1)) == date(2026, 12, 31)


def test_a_school_that_has_given_its_dates_keeps_those(school: School) -> None:
    give_terms(school)
    with scope(school=school):
        assert [(term.name, term.starts, term.ends) for term in terms_of(school, YEAR)] == OWN


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (date(2027, 2, 1), date(2026, 12, 18)),
        (date(2026, 12, 18), date(2025, 12, 18)),
        (date(2026, 12, 19), date(2026, 12, 18)),
        (date(2026, 11, 22), date(2025, 11, 22)),
        (date(2027, 8, 20), date(2027, 7, 21)),
        (date(2027, 9, 1), date(2026, 9, 1)),
    ],
)
def test_figures_are_set_beside_the_end_of_the_schools_own_last_term_or_last_year(
    school: School, day: date, earlier: date
) -> None:
    give_terms(school)
    with scope(school=school):
        assert compared_with(school, day) == earlier


def test_another_schools_dates_change_nothing(school: School) -> None:
    give_terms(make_school("Harbour School"))
    with scope(school=school):
        assert compared_with(school, date(2027, 2, 1)) == date(2026, 12, 31)


def test_one_query_answers(school: School, django_assert_num_queries) -> None:
    give_terms(school)
    with scope(school=school), django_assert_num_queries(1):
        compared_with(school, date(2027, 2, 1))
