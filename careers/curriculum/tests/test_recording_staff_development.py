"""A senior leader records a session of staff development once, and whom the year's sessions reached is said without guessing."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from careers.curriculum import sessions
from careers.curriculum.actions import key_of
from careers.curriculum.models import StaffNumbers, StaffPresent, StaffSession
from careers.curriculum.tests.conftest import Chemistry
from careers.programme.models import Activity
from tests.makers import TODAY, make_person, stamp_at

FACTS = {
    "title": "Training day",
    "day": TODAY,
    "topic": "",
    "hours": None,
    "led_by": "",
    "for_teachers": True,
    "for_support_staff": False,
    "departments": [],
    "teachers_came": None,
    "support_staff_came": None,
    "teachers": [],
    "support_staff": [],
}


def held(chemistry: Chemistry, **facts: object) -> StaffSession:
    activity = sessions.add_session(school=chemistry.school, facts={**FACTS, **facts}, by=chemistry.leader)
    return StaffSession.objects.get(activity=activity)


def reached(**numbers: int | None) -> sessions.Reached:
    found = StaffSession.objects.prefetch_related("present")
    return sessions.reached(found, {"teachers": None, "support_staff": None, **numbers})["teachers"]


def test_a_session_is_recorded_once_as_an_activity(as_leader: Client, chemistry: Chemistry) -> None:
    address = reverse("curriculum:add_session")
    day = {"day_day": TODAY.day, "day_month": TODAY.month, "day_year": TODAY.year}
    sent = {
        "title": "Training day",
        **day,
        "for_teachers": "on",
        "teachers_came": 2,
        "stamp": stamp_at(as_leader, address),
    }
    sent["teachers"] = [key_of(chemistry.head.pk)]
    for _ in range(2):
        assert as_leader.post(address, sent).status_code == 302
    activity = Activity.objects.get()
    assert (activity.type, activity.status) == ("staff_development", "delivered")
    assert StaffPresent.objects.get().user == chemistry.head


def test_more_people_cannot_be_named_than_came(as_leader: Client, chemistry: Chemistry) -> None:
    day = {"day_day": TODAY.day, "day_month": TODAY.month, "day_year": TODAY.year}
    both = [key_of(chemistry.head.pk), key_of(chemistry.leader.pk)]
    sent = {"title": "Training day", **day, "for_teachers": "on", "teachers_came": 1, "teachers": both}
    answer = as_leader.post(reverse("curriculum:add_session"), sent)
    assert answer.status_code == 422
    assert "You have named 2" in answer.content.decode()


def test_a_session_to_come_is_planned_and_is_held_once_its_day_is_put_right(chemistry: Chemistry) -> None:
    session = held(chemistry, day=TODAY + timedelta(7))
    assert session.activity.status == "planned"
    sessions.change_session(activity=session.activity, facts=FACTS, stamp=None, by=chemistry.leader)
    session.activity.refresh_from_db()
    assert session.activity.status == "delivered"


def test_two_sessions_that_were_only_counted_reach_at_least_the_larger(chemistry: Chemistry) -> None:
    held(chemistry, teachers_came=30)
    held(chemistry, teachers_came=20)
    assert reached(teachers=60).words == "at least 30 of 60"


def test_people_who_are_named_are_counted_once(chemistry: Chemistry) -> None:
    others = [make_person(chemistry.school, "teacher") for _ in range(2)]
    held(chemistry, teachers=[chemistry.head, others[0]])
    held(chemistry, teachers=[chemistry.head, others[1]])
    assert reached(teachers=4).words == "3 of 4"
    assert reached(teachers=4).share == 0.75


def test_nothing_is_said_of_what_nobody_recorded(chemistry: Chemistry) -> None:
    held(chemistry)
    assert reached().words == "not recorded"
    assert reached(teachers=40).share is None


def test_how_many_staff_there_are_is_said_and_taken_back(as_leader: Client, chemistry: Chemistry) -> None:
    address = reverse("curriculum:staff_numbers")
    as_leader.post(address, {"teachers": 40, "stamp": stamp_at(as_leader, address)})
    assert StaffNumbers.objects.get().teachers == 40
    as_leader.post(address, {"stamp": stamp_at(as_leader, address)})
    assert not StaffNumbers.objects.exists()
