from datetime import date, timedelta

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.programme.models import Activity
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school, stamp_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with clock.on(TODAY):
        yield


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> Client:
    client = Client()
    client.force_login(make_person(school))
    return client


def do(leader: Client, activity: Activity, status: str, **answers: str) -> int:
    where = f"/programme/{activity.reference}/status/"
    return leader.post(where, {"status": status, "stamp": stamp_at(leader, where), **answers}).status_code


def now(activity: Activity) -> Activity:
    with scopes_disabled():
        return Activity.objects.get(pk=activity.pk)


def deeds() -> list[str]:
    return [event.verb for event in Event.objects.filter(changes=True).order_by("pk")]


def test_a_planned_activity_is_cancelled_with_its_reason_and_planned_again(school: School, leader: Client) -> None:
    talk = make_activity(school, status="planned")
    do(leader, talk, "cancelled", why="partner", words="Sam Baker is ill")
    assert (now(talk).status, now(talk).status_reason) == ("cancelled", "The partner cannot come: Sam Baker is ill")
    assert Event.objects.get(verb="cancelled an activity").detail["reason"] == "partner"
    assert "Sam" not in str(Event.objects.get(verb="cancelled an activity").detail)
    do(leader, talk, "planned")
    assert (now(talk).status, now(talk).status_reason) == ("planned", "")
    assert deeds() == ["cancelled an activity", "confirmed an activity"]


def test_nothing_is_cancelled_without_a_reason(school: School, leader: Client) -> None:
    talk = make_activity(school, status="planned")
    assert do(leader, talk, "cancelled") == 422
    assert do(leader, talk, "cancelled", why="other") == 422
    assert now(talk).status == "planned"


def test_an_assembly_is_said_to_have_been_held_and_marks_nobody(school: School, leader: Client) -> None:
    assembly = make_activity(school, status="planned")
    pupil = make_pupil(school)
    place = make_encounter(pupil, assembly, "booked")
    do(leader, assembly, "delivered")
    place.refresh_from_db()
    assert (now(assembly).status, place.status) == ("delivered", "booked")


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1)])
def test_what_has_not_come_yet_was_not_held(school: School, leader: Client, day: date | None) -> None:
    talk = make_activity(school, day=day, status="planned")
    do(leader, talk, "delivered")
    assert now(talk).status == "planned"


def test_what_pupils_have_attended_stays_delivered(school: School, leader: Client) -> None:
    talk = make_activity(school)
    make_encounter(make_pupil(school), talk)
    for status in ("cancelled", "planned"):
        do(leader, talk, status, why="clash")
    assert now(talk).status == "delivered"
    assert not deeds()


def test_the_places_of_what_is_cancelled_are_kept_and_said(school: School, leader: Client) -> None:
    talk = make_activity(school, status="planned")
    place = make_encounter(make_pupil(school), talk, "booked")
    do(leader, talk, "cancelled", why="staff")
    assert "1 pupil was booked: tell them" in leader.get(f"/programme/{talk.reference}/").content.decode()
    place.refresh_from_db()
    assert place.status == "booked"


def test_the_same_button_pressed_twice_is_done_once(school: School, leader: Client) -> None:
    talk = make_activity(school, status="proposed")
    page = f"/programme/{talk.reference}/"
    answers = {"status": "planned", "stamp": stamp_at(leader, page)}
    assert [leader.post(f"{page}status/", answers).status_code for _ in range(2)] == [302, 302]
    assert deeds() == ["confirmed an activity"]


def test_a_status_changed_meanwhile_is_not_changed_unseen(school: School, leader: Client) -> None:
    talk = make_activity(school, status="planned")
    stale = stamp_at(leader, f"/programme/{talk.reference}/status/")
    do(leader, talk, "proposed")
    answers = {"status": "cancelled", "why": "cost", "stamp": stale}
    answer = leader.post(f"/programme/{talk.reference}/status/", answers)
    assert answer.status_code == 409
    assert now(talk).status == "proposed"
