"""Basic information goes when the authority asks; additional goes unless a parent, or from 16 the young person, said no."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.audit.models import Event
from careers.protection import consent, sharing_actions
from careers.protection.models import SharedRecord, SharingExport, SharingInstruction
from careers.protection.sharing import ruling, sixteenth_birthday
from careers.pupils.models import Characteristic, Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
BORN = date(2010, 11, 22)
"""Sixteen on the day of the tests."""


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school("Beacon School")
    with clock.on(TODAY), scope(school=made):
        yield made


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, "careers_leader")


def visit(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said_no(pupil: Pupil, giver: str, day: date = date(2026, 9, 1), **more: Any) -> SharingInstruction:
    return SharingInstruction.objects.create(
        school=pupil.school, pupil=pupil, giver=giver, how="written", given_on=day, **more
    )


def allowed(pupil: Pupil, day: date = TODAY) -> bool:
    return ruling(pupil, SharingInstruction.objects.filter(pupil=pupil), day).allowed


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2026, 11, 21), True), (date(2026, 11, 22), False), (date(2027, 1, 1), False)]
)
def test_a_parents_word_holds_until_the_day_before_the_16th_birthday(school: School, day: date, holds: bool) -> None:
    pupil = make_pupil(school, 11, date_of_birth=BORN)
    said_no(pupil, "parent")
    assert allowed(pupil, day) is not holds


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 11, 22), True), (date(2026, 11, 23), True)])
def test_from_the_16th_birthday_the_young_persons_word_holds(school: School, day: date, holds: bool) -> None:
    pupil = make_pupil(school, 11, date_of_birth=BORN)
    said_no(pupil, "young_person", TODAY)
    assert allowed(pupil, day) is not holds


def test_an_instruction_taken_back_holds_no_longer_from_that_day(school: School) -> None:
    pupil = make_pupil(school, 9)
    said_no(pupil, "parent", withdrawn_on=date(2026, 10, 1))
    assert not allowed(pupil, date(2026, 9, 30))
    assert allowed(pupil, date(2026, 10, 1))


def test_an_instruction_holds_where_no_date_of_birth_is_held(school: School) -> None:
    pupil = make_pupil(school, 11, date_of_birth=None)
    assert allowed(pupil)
    said_no(pupil, "parent")
    assert not allowed(pupil)


def test_who_is_born_on_29_february_is_16_on_1_march_of_a_common_year() -> None:
    assert sixteenth_birthday(date(2012, 2, 29)) == date(2028, 2, 29)
    assert sixteenth_birthday(date(2009, 2, 28)) == date(2025, 2, 28)
    # No 29 February in sixteen years' time happens only round 2100.
    assert sixteenth_birthday(date(2084, 2, 29)) == date(2100, 3, 1)


def test_a_parent_cannot_speak_for_somebody_of_16_nor_a_pupil_of_15_for_themselves(
    school: School, leader: User
) -> None:
    older, younger = make_pupil(school, 11, date_of_birth=BORN), make_pupil(school, 9)
    with pytest.raises(sharing_actions.SharingRefused, match="young person's own"):
        sharing_actions.instruct(pupil=older, facts={"giver": "parent", "how": "written"}, by=leader)
    with pytest.raises(sharing_actions.SharingRefused, match="parent's or carer's"):
        sharing_actions.instruct(pupil=younger, facts={"giver": "young_person", "how": "written"}, by=leader)


ASKED = {
    "recipient": "Northshire Council",
    "asked_by": "The participation team",
    "asked_on_day": "20",
    "asked_on_month": "11",
    "asked_on_year": "2026",
}


def file(leader: User, **answers: Any) -> list[dict[str, str]]:
    given = {**ASKED, "purpose": "support", "level": "additional", "year_groups": ["11"], "make": "yes", **answers}
    response = visit(leader).post("/protection/sharing/new/", given)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_each_file_is_held_to_what_is_said_on_its_day(school: School, leader: User) -> None:
    willing = make_pupil(school, 11, surname="Abel", date_of_birth=date(2011, 3, 1))
    unwilling = make_pupil(school, 11, surname="Bright", date_of_birth=date(2011, 3, 1))
    said_no(unwilling, "parent")
    first, second = file(leader)
    assert (first["Name"], first["Year group"], first["Withheld"]) == (f"Alex {willing.surname}", "Year 11", "")
    assert (second["Name"], second["Date of birth"], second["Year group"]) == ("Alex Bright", "2011-03-01", "withheld")
    assert second["Why"] == "A parent or carer instructed so on 1 September 2026"
    with clock.on(date(2027, 3, 1)):
        assert [line["Withheld"] for line in file(leader)] == ["", ""]


def test_what_is_not_held_is_said_and_never_invented(school: School, leader: User) -> None:
    pupil = make_pupil(school, 11)
    (line,) = file(leader, level="basic")
    assert line["Address"] == line["Name of a parent or carer"] == "not held in Trigpoint"
    make_own_record(make_person(school, "parent", name="Robin Quill"), pupil, "parent")
    (line,) = file(leader, level="basic")
    assert line["Name of a parent or carer"] == "Robin Quill"
    assert "Year group" not in line


def test_a_file_keeps_what_was_given_of_whom_and_no_name(school: School, leader: User) -> None:
    pupil = make_pupil(school, 11, surname="Quill", date_of_birth=date(2011, 3, 1))
    said_no(pupil, "parent")
    file(leader)
    export, shared = SharingExport.objects.get(), SharedRecord.objects.get()
    assert (export.pupils, export.withheld, shared.given) == (1, 1, ["name", "born"])
    assert shared.withheld == ["year_group", "on_roll", "guidance", "offer"]
    event = Event.objects.get(verb="made a file for the local authority")
    assert (event.detail["recipient"], event.detail["pupils"]) == ("Northshire Council", 1)
    assert "Quill" not in str(event.detail)
    page = visit(leader).get(f"/protection/sharing/files/{export.reference}/").content.decode()
    assert "Quill, Alex" in page


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(school: School, leader: User) -> None:
    make_pupil(school, 11, forename="=SUM(A1)")
    (line,) = file(leader)
    assert line["Name"].startswith("'=SUM(A1)")


def test_only_those_on_roll_are_in_a_file_and_of_leavers_only_who_agreed_to_be_followed(
    school: School, leader: User
) -> None:
    here = make_pupil(school, 11, surname="Here")
    left = {"academic_year": 2025, "left_on": date(2026, 8, 31), "date_of_birth": date(2010, 3, 1)}
    gone, agreed = make_pupil(school, 11, surname="Gone", **left), make_pupil(school, 11, surname="Yes", **left)
    facts = {"asked_on": date(2026, 5, 1), "answered_on": date(2026, 5, 1), "how": "written"}
    consent.answer(pupil=agreed, said="given", facts=facts, by=leader)
    check = make_activity(school, "destination", date(2026, 10, 5), destination_known=True)
    for pupil in (gone, agreed):
        make_encounter(pupil, check)
    assert [line["Name"] for line in file(leader)] == [f"Alex {here.surname}"]
    names = {line["Name"]: line["Destination, as last checked"] for line in file(leader, purpose="destinations")}
    assert names == {"Alex Here": "none recorded", "Alex Yes": "Known, 2026-10-05"}


@pytest.mark.parametrize(
    ("born", "sen", "is_in"),
    [
        (date(2013, 11, 22), "", True),  # 13 today
        (date(2013, 11, 23), "", False),  # 12
        (date(2006, 11, 23), "", True),  # 19
        (date(2006, 11, 22), "", False),  # 20 today
        (date(2006, 11, 22), "E", True),
        (date(2006, 11, 22), "N", False),
        (date(2001, 11, 23), "K", True),  # 24
        (date(2001, 11, 22), "K", False),  # 25 today
    ],
)
def test_a_file_is_of_those_the_authoritys_services_are_for(
    school: School, leader: User, born: date, sen: str, is_in: bool
) -> None:
    make_pupil(school, 11, surname="Somebody")
    pupil = make_pupil(school, 11, surname="Quill", date_of_birth=born)
    if sen:
        Characteristic.objects.create(school=school, pupil=pupil, kind="sen_provision", value=sen)
    assert ("Alex Quill" in {line["Name"] for line in file(leader)}) is is_in


def test_where_no_date_of_birth_is_held_the_year_group_says_who_is_in_a_file(school: School, leader: User) -> None:
    make_pupil(school, 8, surname="Younger", date_of_birth=None)
    make_pupil(school, 9, surname="Older", date_of_birth=None)
    assert [line["Name"] for line in file(leader, year_groups=["8", "9"])] == ["Alex Older"]


def test_the_page_says_of_how_many_there_is_nothing_because_of_their_age(school: School, leader: User) -> None:
    make_pupil(school, 7)
    asked = {**ASKED, "purpose": "support", "level": "basic", "year_groups": ["7"]}
    page = visit(leader).post("/protection/sharing/new/", asked)
    assert "1 more of these year groups is not in it because of their age" in page.content.decode()


def test_nothing_is_made_before_somebody_has_seen_what_it_would_say(school: School, leader: User) -> None:
    make_pupil(school, 11, surname="Quill")
    page = visit(leader).post(
        "/protection/sharing/new/", {**ASKED, "purpose": "support", "level": "basic", "year_groups": ["11"]}
    )
    assert "Alex Quill" in page.content.decode()
    assert not SharingExport.objects.exists()


def test_a_file_without_who_asked_is_refused(school: School, leader: User) -> None:
    page = visit(leader).post(
        "/protection/sharing/new/", {"purpose": "support", "level": "basic", "year_groups": ["11"], "make": "yes"}
    )
    assert page.status_code == 422
    assert not SharingExport.objects.exists()


def test_a_file_takes_as_many_queries_for_many_pupils_as_for_one(
    school: School, leader: User, django_assert_num_queries: Any
) -> None:
    pupils = [make_pupil(school, 11) for _ in range(12)]
    with django_assert_num_queries(4):
        sharing_actions.file_for(school, pupils, purpose="support", additional=True, day=TODAY)
