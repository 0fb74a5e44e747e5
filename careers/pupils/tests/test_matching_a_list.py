"""Somebody else's list is matched to pupils: surely, doubtfully with candidates, or to nobody; never by a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from careers.pupils.matching import Match, Matching, Sought
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, YEAR, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Iterator[School]:
    school = make_school()
    with clock.on(TODAY), scope(school=school):
        yield school


@pytest.fixture
def ann(school: School) -> Pupil:
    return make_pupil(school, form="9A", surname="O’Brien-Holt", forename="Zoë", email="zoe.holt@example.org")


def matching(school: School, reach: list[Pupil] | None = None) -> Matching:
    everybody = Pupil.objects.filter(school=school)
    if reach is None:
        return Matching(everybody, academic_year=YEAR.start_year)
    seen = everybody.filter(pk__in=[pupil.pk for pupil in reach])
    return Matching(seen, academic_year=YEAR.start_year, everybody=everybody)


def names(match: Match) -> list[str]:
    return [candidate.pupil.forename for candidate in match.candidates]


def test_a_upn_an_email_and_a_name_however_written_are_sure(school: School, ann: Pupil) -> None:
    found = matching(school).match_all(
        [
            Sought(upn=f" {ann.upn.lower()} "),
            Sought(email="Zoe.Holt@Example.org"),
            Sought(surname="OBRIEN HOLT", forename="zoe"),
            Sought(name="Zoe O'Brien-Holt", form="9a"),
        ]
    )
    assert [match.pupil for match in found] == [ann] * 4


def test_a_preferred_name_and_a_middle_name_are_sure_too(school: School) -> None:
    pupil = make_pupil(school, surname="Ward", forename="Alexander", middle_names="John", preferred_forename="Sandy")
    rows = [Sought(name="Sandy Ward"), Sought(name="Alexander John Ward")]
    assert [match.pupil for match in matching(school).match_all(rows)] == [pupil, pupil]


def test_a_name_two_pupils_share_is_never_guessed(school: School) -> None:
    one = make_pupil(school, form="9A", surname="Khan", forename="Sam", date_of_birth=date(2013, 2, 1))
    two = make_pupil(school, form="9B", surname="Khan", forename="Sam", date_of_birth=date(2013, 4, 1))
    found = matching(school)
    unsure = found.match(Sought(name="Sam Khan"))
    assert unsure.doubtful
    assert {candidate.form for candidate in unsure.candidates} == {"9A", "9B"}
    assert unsure.reason == "2 pupils have this name"
    assert found.match(Sought(name="Sam Khan", form="9 b")).pupil == two
    assert found.match(Sought(name="Sam Khan", born=date(2013, 2, 1))).pupil == one
    assert found.match(Sought(name="Sam Khan", form="9C")).doubtful


def test_a_namesake_out_of_sight_makes_a_name_doubtful_and_is_not_shown(school: School) -> None:
    mine = make_pupil(school, form="9A", surname="Khan", forename="Sam")
    make_pupil(school, form="9B", surname="Khan", forename="Sam")
    found = matching(school, [mine])
    unsure = found.match(Sought(name="Sam Khan"))
    assert [candidate.pupil for candidate in unsure.candidates] == [mine]
    assert "whom you do not see" in unsure.reason
    assert found.match(Sought(name="Sam Khan", form="9A")).pupil == mine


def test_nobody_out_of_sight_is_found_or_offered(school: School, ann: Pupil) -> None:
    other = make_pupil(school, surname="Other", forename="Pat")
    for sought in (
        Sought(upn=ann.upn),
        Sought(email=ann.email),
        Sought(name="Zoe O’Brien-Holt"),
        Sought(name="Zo Holt"),
    ):
        assert matching(school, [other]).match(sought).nobody


def test_what_is_nearly_a_name_is_offered_the_likeliest_first(school: School) -> None:
    make_pupil(school, surname="Fletcher", forename="Katherine")
    make_pupil(school, surname="Fletcher", forename="Kai", form="9A")
    found = matching(school)
    assert names(found.match(Sought(name="Katharine Fletcher")))[0] == "Katherine"
    assert names(found.match(Sought(name="Fletcher Kai")))[0] == "Kai"
    assert set(names(found.match(Sought(name="K Fletcher")))) == {"Kai", "Katherine"}
    assert names(found.match(Sought(surname="Fletcher", form="9A")))[0] == "Kai"
    assert found.match(Sought(name="Somebody Else")).nobody


def test_a_number_and_a_name_that_disagree_are_not_believed(school: School, ann: Pupil) -> None:
    pat = make_pupil(school, surname="Other", forename="Pat")
    unsure = matching(school).match(Sought(upn=ann.upn, surname="Other", forename="Pat"))
    assert unsure.doubtful
    assert {candidate.pupil for candidate in unsure.candidates} == {ann, pat}


def test_a_mistyped_upn_says_so_and_offers_whose_it_is_nearly(school: School, ann: Pupil) -> None:
    wrong = ann.upn[:-1] + ("1" if ann.upn[-1] != "1" else "2")
    unsure = matching(school).match(Sought(upn=wrong))
    assert "not a UPN" in unsure.reason
    assert unsure.candidates[0].pupil == ann
    assert matching(school).match(Sought(upn="nonsense")).nobody


def test_siblings_who_share_an_address_are_both_offered(school: School) -> None:
    for forename in ("Ira", "Uma"):
        make_pupil(school, surname="Rao", forename=forename, email="rao@example.org")
    assert set(names(matching(school).match(Sought(email="rao@example.org")))) == {"Ira", "Uma"}


def test_an_empty_row_says_that_it_does_not_say_which_pupil(school: School) -> None:
    assert matching(school).match(Sought()).reason == "It does not say which pupil"
    assert matching(school).match(Sought(name="  ' ")).nobody


def test_a_long_list_asks_no_more_than_a_short_one(school: School, ann: Pupil) -> None:
    make_pupil(school, form="9B")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = matching(school, [ann])
        found.match_all([Sought(name=f"Nobody {number}") for number in range(50)])
    assert len(queries) == 3
