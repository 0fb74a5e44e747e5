"""Pupils whom a file does not name well enough are held, and a person says who each is."""

from typing import Any

import pytest
from django_scopes import scope

from careers.audit.models import Event
from careers.imports import arrivals
from careers.imports.actions import NotNow
from careers.imports.models import Import
from careers.imports.tests.sheets import ROLL, a_upn, bring_in, csv_file, roll_file, upload
from careers.pupils.models import Arrival, Pupil, YearHeld
from careers.schools.models import School
from tests.makers import make_person, make_pupil


def row(pupil: Pupil, **changes: Any) -> list[Any]:
    usual = {
        "upn": pupil.upn,
        "surname": pupil.surname,
        "forename": pupil.forename,
        "born": pupil.date_of_birth,
        "year": 9,
        "form": "9A",
    }
    return list((usual | changes).values())


def hold(school: School, *rows: list[Any]) -> Arrival:
    bring_in(school, roll_file(rows))
    with scope(school=school):
        return Arrival.objects.latest("pk")


def test_a_row_without_a_upn_is_matched_by_exact_name_and_birthday(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    started = upload(school, roll_file([row(pupil, upn="")]))
    assert started.counts == {"unchanged": 1}


def test_a_row_without_a_upn_that_fits_two_pupils_is_held(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    make_pupil(school, surname=pupil.surname, forename=pupil.forename, date_of_birth=pupil.date_of_birth)
    started = upload(school, roll_file([row(pupil, upn="")]))
    assert started.counts["held"] == 1
    assert "several pupils have this name and birthday" in started.preview["held"][0]


def test_a_row_with_almost_the_same_name_is_held(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    assert upload(school, roll_file([row(pupil, upn="", forename="Alexander")])).counts["held"] == 1


def test_the_same_name_and_birthday_with_another_upn_is_held_and_not_added_twice(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    assert upload(school, roll_file([row(pupil, upn=a_upn(5))])).counts["held"] == 1


def test_a_pupil_we_have_without_a_upn_is_given_the_one_in_the_file(school: School) -> None:
    pupil = make_pupil(school, form="9A", upn="")
    bring_in(school, roll_file([row(pupil, upn=a_upn(5))]))
    with scope(school=school):
        assert Pupil.objects.get().upn == a_upn(5)


def test_the_schools_own_number_matches_where_the_birthday_agrees(school: School) -> None:
    pupil = make_pupil(school, form="9A", mis_id="417", upn="")
    file = csv_file([*ROLL, "Adno"], [*row(pupil, surname="Newname"), "417"])
    assert bring_in(school, file).counts == {"changed": 1}


def test_the_schools_own_number_alone_is_not_enough(school: School) -> None:
    make_pupil(school, mis_id="417", upn="")
    assert (
        upload(school, csv_file([*ROLL, "Adno"], ["", "Other", "Person", "09/03/2013", 9, "9A", "417"])).counts["held"]
        == 1
    )


def test_matching_brings_what_the_file_says_and_keeps_the_pupils_name(school: School) -> None:
    pupil, leader = make_pupil(school, form="9A"), make_person(school)
    before = pupil.upn
    arrival = hold(school, row(pupil, upn=a_upn(5), form="9B"))
    with scope(school=school):
        arrivals.match(arrival=arrival, pupil=pupil, by=leader)
        pupil.refresh_from_db()
        assert (pupil.upn, pupil.former_upn) == (a_upn(5), before)
        assert set(pupil.groups.values_list("name", flat=True)) == {"9A", "9B"}
        arrival.refresh_from_db()
        assert (arrival.outcome, arrival.pupil) == ("matched", pupil)
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.actor_id, event.subject_id) == ("matched an arrival to a pupil", leader.pk, str(pupil.pk))


def test_a_matched_row_is_known_the_next_time(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    arrival = hold(school, row(pupil, upn="", forename="Sandy"))
    with scope(school=school):
        arrivals.match(arrival=arrival, pupil=pupil, by=None)
    bring_in(school, roll_file([row(pupil, upn="", forename="Sandy")]))
    assert upload(school, roll_file([row(pupil, upn="", forename="Sandy")])).status == Import.Status.NOTHING


def test_somebody_new_is_added_in_the_year_group_chosen(school: School) -> None:
    arrival = hold(school, ["", "Ash", "Kit", "09/03/2013", "", ""])
    with scope(school=school):
        pupil = arrivals.add(arrival=arrival, year_group=9, by=None)
        assert YearHeld.objects.get(pupil=pupil).year_group == 9
        assert pupil.list_name == "Ash, Kit"


def test_nobody_is_added_without_a_year_group(school: School) -> None:
    arrival = hold(school, ["", "Ash", "Kit", "09/03/2013", "", ""])
    with scope(school=school), pytest.raises(NotNow, match="Choose the year group of Kit Ash"):
        arrivals.add(arrival=arrival, year_group=None, by=None)


def test_somebody_put_aside_is_not_held_again(school: School) -> None:
    arrival = hold(school, ["", "Ash", "Kit", "09/03/2013", 9, "9A"])
    with scope(school=school):
        arrivals.dismiss(arrival=arrival, by=None)
    assert upload(school, roll_file([["", "Ash", "Kit", "09/03/2013", 9, "9A"]])).counts == {"already_held": 1}


def test_one_pupil_is_dealt_with_once(school: School) -> None:
    arrival = hold(school, ["", "Ash", "Kit", "09/03/2013", 9, "9A"])
    with scope(school=school):
        arrivals.add(arrival=arrival, year_group=9, by=None)
        with pytest.raises(NotNow, match="dealt with already"):
            arrivals.dismiss(arrival=arrival, by=None)


def test_a_upn_that_another_pupil_has_is_not_given_twice(school: School) -> None:
    pupil = make_pupil(school)
    twin = make_pupil(school)
    arrival = hold(school, row(pupil, upn=a_upn(5)))
    with scope(school=school):
        Pupil.objects.filter(pk=twin.pk).update(upn=a_upn(5))
        with pytest.raises(NotNow, match=f"Another pupil here has the UPN {a_upn(5)}"):
            arrivals.match(arrival=arrival, pupil=pupil, by=None)


def test_those_most_alike_are_offered_first(school: School) -> None:
    arrival = hold(school, ["", "Ash", "Kit", "09/03/2013", 9, "9A"])
    same_surname = make_pupil(school, surname="Ash", forename="Lee")
    both = make_pupil(school, surname="Ash", forename="Kitty", date_of_birth=arrival.date_of_birth)
    make_pupil(school, surname="Oak", forename="Kim")
    with scope(school=school):
        assert arrivals.candidates(arrival) == [both, same_surname]
