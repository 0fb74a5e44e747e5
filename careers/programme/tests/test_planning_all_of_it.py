"""Everything that is planned of an activity: asked by its form, shown on its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.deeds import person_key
from careers.programme.models import Activity
from careers.programme.sessions import read
from careers.schools import clock
from careers.schools.models import School
from tests.makers import (
    TODAY,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
    stamp_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> Client:
    return signed_in(school)


def signed_in(school: School, role: str = "careers_leader") -> Client:
    client = Client()
    client.force_login(make_person(school, role))
    return client


def add(leader: Client, **answers: object) -> Activity | None:
    sent = {
        "title": "Club",
        "type": "employer_encounter",
        "academic_year": "2026",
        "stamp": stamp_at(leader, "/programme/add/"),
    }
    leader.post("/programme/add/", sent | answers)
    with scopes_disabled():
        return Activity.objects.filter(title="Club").first()


def test_title_type_year_group_and_half_term_are_enough(school: School, leader: Client) -> None:
    club = add(leader, year_groups=["9"], half_term="spring_2")
    assert club is not None
    assert (club.year_groups, club.half_term, club.starts_on) == ([9], "spring_2", None)
    assert "Spring 2, no date yet" in leader.get(f"/programme/{club.reference}/").content.decode()


def test_all_that_is_planned_is_asked_and_shown(school: School, leader: Client) -> None:
    put_in_group(make_pupil(school), "9A")
    ada = make_person(school, "teacher", name="Ada Field")
    club = add(
        leader, groups="9A", lacking="gb5.2025.school.1", location="The hall", cost="120.50", funding="The hub",
        owner=person_key(ada.pk), send_adjustments="A quiet room", parents_involved="A letter",
        agreed_with_partner="Thirty minutes", sessions="3/2/2027 9:00 to 10:30, Hall\n10 February 2027",
    )  # fmt: skip
    assert club is not None
    assert (club.starts_on, club.ends_on) == (date(2027, 2, 3), date(2027, 2, 10)), "its sessions say its days"
    page = leader.get(f"/programme/{club.reference}/").content.decode()
    for said in (
        "9A", "5.1", "The hall", "£120.50", "The hub", "Ada Field", "A quiet room", "A letter", "Thirty minutes",
        "3 February 2027, 9:00 to 10:30, Hall; 10 February 2027",
    ):  # fmt: skip
        assert said in page, said
    governor = signed_in(school, "link_governor").get(f"/programme/{club.reference}/").content.decode()
    for private in ("A quiet room", "Thirty minutes", "A letter"):
        assert private not in governor, "it may name a pupil"
    where = f"/programme/{club.reference}/edit/"
    form = leader.get(where).context["form"]
    assert form["groups"].value() == "9A"
    sent = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
    for name, day in (("starts_on", club.starts_on), ("ends_on", club.ends_on)):
        sent |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
        del sent[name]
    leader.post(where, sent | {"sessions": "", "groups": ""})
    with scopes_disabled():
        assert not club.sessions.exists()
        assert not club.groups.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"groups": "9A, 9Z"}, "There is no group called 9Z in that academic year"),
        ({"sessions": "3 February 2027\nWednesday"}, "Line 2 begins with no day"),
        ({"sessions": "31/2/2027"}, "Line 1 names a day that is not a real one"),
        ({"sessions": "3/2/2027 10:00-9:00"}, "Line 1 ends before it starts"),
        ({"owner": "nobody"}, "Select a valid choice"),
        ({"week_of_day": "1", "week_of_month": "2", "week_of_year": "2029"}, "This day is in 2028/29"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_added(
    school: School, leader: Client, answers: dict[str, str], said: str
) -> None:
    put_in_group(make_pupil(school), "9A")
    sent = {"title": "Club", "type": "employer_encounter", "academic_year": "2026", **answers}
    answer = leader.post("/programme/add/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_pupil_or_parent_cannot_look_after_an_activity(school: School, leader: Client) -> None:
    parent = make_person(school, "parent")
    assert add(leader, owner=person_key(parent.pk)) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Wed 3 Feb 2027", "3 February 2027"),
        ("3.2.2027: 9.05-10.00 Room 4", "3 February 2027, 9:05 to 10:00, Room 4"),
        ("3rd February 2027, The hall", "3 February 2027, The hall"),
    ],
)
def test_a_session_is_read_however_it_is_written(line: str, said: str) -> None:
    assert str(read(line)) == said
    assert read(said) == read(line)
    assert read("3/2/2027 9:05").starts_at == time(9, 5)


def test_everyone_of_its_groups_is_booked_in_one_press_and_nobody_else(school: School, leader: Client) -> None:
    mine, other = make_pupil(school), make_pupil(school)
    group = put_in_group(mine, "9A")
    put_in_group(other, "9B")
    club = make_activity(school, day=date(2027, 2, 3), status="planned", year_groups=[9])
    with scopes_disabled():
        club.activity_groups.create(school=school, group=group)
    where = f"/programme/{club.reference}/invite/"
    assert "Book everyone of 9A (1)" in leader.get(where).content.decode()
    leader.post(where, {"groups": "yes"})
    with scopes_disabled():
        assert [each.pupil_id for each in club.encounters.all()] == [mine.pk]
    make_encounter(other, club, "booked")
    assert "Each of them has a place" in leader.get(where).content.decode()
