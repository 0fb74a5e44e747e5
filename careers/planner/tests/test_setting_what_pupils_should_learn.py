"""Choosing what pupils should learn from an activity, and reading the sequence of it from year to year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from careers.programme.models import Activity, ActivityOutcome, SchoolOutcome
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, make_school, stamp_at

pytestmark = pytest.mark.django_db
JOBS, BUSES = "cdi2021.2.ks3.1", "Can say which buses lead to the college"


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school(high_age=16)


@pytest.fixture
def leader(school: School) -> Client:
    client = Client()
    client.force_login(make_person(school))
    client.get("/roles/")
    return client


def choose(leader: Client, activity: Activity, *codes: str, stamp: str = "") -> int:
    address = f"/programme/{activity.reference}/outcomes/"
    sent = {"outcomes": codes, "stamp": stamp or stamp_at(leader, address)}
    return leader.post(address, sent).status_code


def test_choosing_outcomes_puts_on_record_that_outcomes_are_set_and_taking_them_away_does_not_say_no(
    school: School, leader: Client
) -> None:
    activity = make_activity(school, title="Visit", year_groups=[8])
    first = stamp_at(leader, f"/programme/{activity.reference}/outcomes/")
    assert choose(leader, activity, JOBS) == 302
    activity.refresh_from_db()
    assert activity.learning_outcomes_set is True
    assert "Knows of a wide range of jobs" in leader.get(f"/programme/{activity.reference}/").content.decode()
    assert choose(leader, activity, stamp=first) == 409, "somebody else changed it since"
    assert choose(leader, activity) == 302
    activity.refresh_from_db()
    with scope(school=school):
        assert not ActivityOutcome.objects.exists()
    assert activity.learning_outcomes_set is True


def test_outcomes_of_another_stage_are_not_offered(school: School, leader: Client) -> None:
    activity = make_activity(school, year_groups=[11])
    assert JOBS not in leader.get(f"/programme/{activity.reference}/outcomes/").content.decode()
    assert choose(leader, activity, JOBS) == 422


def test_an_outcome_of_the_schools_own_is_added_chosen_and_retired(school: School, leader: Client) -> None:
    add = "/planner/outcomes/add/"
    leader.post(add, {"text": BUSES, "area": "2", "year_groups": ["10"], "stamp": stamp_at(leader, add)})
    with scope(school=school):
        own = SchoolOutcome.objects.get()
    fair, later = make_activity(school, year_groups=[10]), make_activity(school, year_groups=[10])
    assert choose(leader, fair, f"own.{own.reference}") == 302
    edit = f"/planner/outcomes/{own.reference}/"
    retired = {"text": BUSES, "area": "2", "year_groups": ["10"], "retired": "on", "stamp": stamp_at(leader, edit)}
    assert leader.post(edit, retired).status_code == 302
    assert BUSES not in leader.get(f"/programme/{later.reference}/outcomes/").content.decode(), "no other can choose it"
    assert BUSES in leader.get(f"/programme/{fair.reference}/").content.decode()
    assert choose(leader, fair, f"own.{own.reference}") == 302, "what carries it keeps it"


def test_the_sequence_says_where_there_is_nothing_and_what_is_only_proposed(school: School, leader: Client) -> None:
    held, only = make_activity(school, title="Held", year_groups=[7]), make_activity(school, year_groups=[8])
    for activity in (held, only):
        choose(leader, activity, JOBS)
    with scope(school=school):
        Activity.objects.filter(pk=only.pk).update(status="proposed")
    page = leader.get("/planner/outcomes/").content.decode()
    said = " ".join(page.split())
    assert "<strong>2. Explore possibilities</strong>: only proposed in Year 8." in said
    assert "<strong>2. Explore possibilities</strong>: nothing in Year 9 yet." in said
    assert "<strong>2. Explore possibilities</strong>: nothing in Year 7 yet." not in said
    assert "/planner/usual/?academic_year=2026#stem-day" in page, "a hole leads to a usual activity that would fill it"
    assert "our own summary of what it asks at each stage, and not its text" in said


def test_the_sequence_asks_as_much_of_a_long_programme_as_of_a_short_one(school: School, leader: Client) -> None:
    def asked(activities: int) -> int:
        for _ in range(activities):
            activity = make_activity(school, year_groups=[7, 8, 9])
            with scope(school=school):
                ActivityOutcome.objects.create(school=school, activity=activity, outcome=JOBS)
        with CaptureQueriesContext(connection) as caught:
            assert leader.get("/planner/outcomes/").status_code == 200
        return len(caught)

    assert asked(2) == asked(40)
