"""Where a day, or a few words, belong among the six half-terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django_scopes import scopes_disabled

from careers.schools.half_terms import half_term_on, half_term_said, half_terms_of, usual_half_terms
from careers.schools.models import School, TermDates
from criteria.periods import AcademicYear
from tests.makers import make_school

YEAR = AcademicYear(2026)


@pytest.mark.parametrize("start", range(2019, 2040))
def test_every_day_of_a_year_is_in_exactly_one_half_term(start: int) -> None:
    year = AcademicYear(start)
    half_terms = usual_half_terms(year)
    days = [year.starts + timedelta(days=n) for n in range((year.ends - year.starts).days + 1)]
    assert all(sum(day in each for each in half_terms) == 1 for day in days)
    assert all(day in half_term_on(day, half_terms) for day in days)
    assert all(each.starts < each.ends <= each.until for each in half_terms)
    assert all(monday.weekday() == 0 for each in half_terms for monday in each.mondays())


def test_half_term_is_the_usual_week() -> None:
    breaks = [(each.ends, each.until) for each in usual_half_terms(YEAR)[::2]]
    assert breaks == [
        (date(2026, 10, 23), date(2026, 11, 1)),
        (date(2027, 2, 12), date(2027, 2, 21)),
        (date(2027, 5, 28), date(2027, 6, 6)),
    ]


THREE = (((2026, 9, 3), (2026, 12, 18)), ((2027, 1, 5), (2027, 3, 25)), ((2027, 4, 12), (2027, 7, 21)))


def in_month(number: int, day: int) -> date:
    """The months of a school year counted on from the first: 13 is January of the next."""
    return date(2026 + (number - 1) // 12, (number - 1) % 12 + 1, day)


def give_term(school: School, name: str, first: date, last: date) -> None:
    TermDates.objects.create(school=school, academic_year=2026, name=name, starts_on=first, ends_on=last)


@pytest.mark.django_db
def test_a_school_that_gave_its_terms_has_them_split_and_one_with_six_has_given_its_half_terms() -> None:
    three, six = make_school("Three"), make_school("Six")
    with scopes_disabled():
        for number, (first, last) in enumerate(THREE):
            give_term(three, f"Term {number}", date(*first), date(*last))
        for number, month in enumerate((9, 11, 13, 15, 17, 19)):
            give_term(six, f"Term {number}", in_month(month, 3), in_month(month + 1, 20))
        own, given = half_terms_of(three, YEAR), half_terms_of(six, YEAR)
    assert [own[1].starts, own[1].ends, own[1].until] == [date(2026, 11, 2), date(2026, 12, 18), date(2027, 1, 4)]
    assert [(each.starts.month, each.ends.month) for each in given] == [
        (9, 10),
        (11, 12),
        (1, 2),
        (3, 4),
        (5, 6),
        (7, 8),
    ]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Autumn", "autumn_1"), ("Autumn term", "autumn_1"), ("Autumn 2", "autumn_2"), ("Spring Term 2", "spring_2"),
        ("Summer (2nd half)", "summer_2"), ("Aut1", "autumn_1"), ("HT3", "spring_1"), ("Half term 4", "spring_2"),
        ("Term 6", "summer_2"), ("early March", "spring_2"), ("Week of 5 October", "autumn_1"), ("June", "summer_2"),
        ("all year", ""), ("", ""),
    ],
)  # fmt: skip
def test_words_are_placed_sensibly(words: str, key: str) -> None:
    assert half_term_said(words) == key
