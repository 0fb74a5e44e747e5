"""A draft of forty proposals is confirmed on the list, not one page at a time."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.programme.models import Activity
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
MANY = "/programme/many/"


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


def ticked(*activities: Activity) -> list[str]:
    return [f"{activity.reference}.{activity.status}" for activity in activities]


def now(*activities: Activity) -> list[str]:
    with scopes_disabled():
        return [Activity.objects.get(pk=activity.pk).status for activity in activities]


def test_what_is_ticked_on_the_list_is_confirmed_at_once(school: School, leader: Client) -> None:
    talk, fair, visit = (make_activity(school, title=name, status="proposed") for name in ("Talk", "Fair", "Visit"))
    page = leader.get("/programme/?status=proposed").content.decode()
    assert all(value in page for value in ticked(talk, fair, visit))
    answer = leader.post(f"{MANY}?status=proposed", {"deed": "confirm", "activity": ticked(talk, fair)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/programme/?status=proposed"
    assert "2 activities are planned." in answer.content.decode()
    assert now(talk, fair, visit) == ["planned", "planned", "proposed"]
    assert Event.objects.filter(verb="confirmed an activity").count() == 2


def test_cancelling_many_asks_for_one_reason(school: School, leader: Client) -> None:
    talk, fair = (make_activity(school, title=name, status="planned") for name in ("Talk", "Fair"))
    make_encounter(make_pupil(school, 9), talk, "booked")
    asked = leader.post(MANY, {"deed": "cancel", "activity": ticked(talk, fair)})
    assert "Cancel 2 activities" in asked.content.decode()
    assert leader.post(MANY, {"activity": ticked(talk, fair), "why": ""}).status_code == 422
    given = {"activity": ticked(talk, fair), "why": "partner", "words": "Sam is ill"}
    said = leader.post(MANY, given, follow=True).content.decode()
    assert "2 activities are cancelled. 1 place was booked: tell those pupils." in said
    assert now(talk, fair) == ["cancelled", "cancelled"]
    assert [event.detail["reason"] for event in Event.objects.filter(verb="cancelled an activity")] == ["partner"] * 2


def test_what_somebody_changed_meanwhile_is_left_and_said(school: School, leader: Client) -> None:
    talk, fair = (make_activity(school, title=name, status="proposed") for name in ("Talk", "Fair"))
    seen = ticked(talk, fair)
    with scopes_disabled():
        Activity.objects.filter(pk=talk.pk).update(status="cancelled")
    said = leader.post(MANY, {"deed": "confirm", "activity": seen}, follow=True).content.decode()
    assert "1 activity is planned." in said
    assert "Talk (cancelled)" in said
    assert now(talk, fair) == ["cancelled", "planned"]


def test_what_was_held_another_schools_and_nonsense_are_left_alone(school: School, leader: Client) -> None:
    held, theirs = make_activity(school, status="delivered"), make_activity(make_school(), status="proposed")
    leader.post(MANY, {"activity": [*ticked(held, theirs), "x", ""], "why": "clash"})
    leader.post(MANY, {"deed": "confirm", "activity": [*ticked(held, theirs), f"{held.reference}.proposed"]})
    assert now(held, theirs) == ["delivered", "proposed"]
    assert "Nothing was ticked" in leader.post(MANY, {"deed": "confirm"}, follow=True).content.decode()


def test_only_whoever_plans_has_boxes_to_tick(school: School) -> None:
    make_activity(school, status="proposed")
    tutor = Client()
    tutor.force_login(make_person(school, "tutor"))
    assert "what is ticked" not in tutor.get("/programme/").content.decode()


def test_the_list_asks_no_more_of_many_boxes_than_of_few(school: School, leader: Client) -> None:
    leader.get("/roles/")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            leader.get("/programme/")
        return len(seen)

    make_activity(school, status="proposed")
    few = queries()
    for number in range(12):
        make_activity(school, title=f"Talk {number}", status="proposed")
    assert queries() == few
