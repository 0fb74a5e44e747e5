"""Whoever missed something is on the catch-up list, with the next chance to make it good, until they have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from lxml import html

from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import (
    TODAY,
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)

pytestmark = pytest.mark.django_db
LAST_WEEK, LATER, LATEST = (TODAY + timedelta(days=days) for days in (-7, 14, 28))


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school()


@pytest.fixture
def ada(school: School) -> Pupil:
    return make_pupil(school, 9, forename="Ada", surname="Reed", form="9A")


@pytest.fixture
def missed(school: School, ada: Pupil) -> Activity:
    talk = make_activity(school, title="Foundry talk", day=LAST_WEEK, year_groups=[9])
    make_encounter(ada, talk, "absent")
    return talk


def as_role(school: School, role: str = "careers_leader", pupil: Pupil | None = None) -> Client:
    user, client = make_person(school, role), Client()
    if pupil is not None:
        give_group(user, put_in_group(pupil, f"Of {role}", kind="other"))
    client.force_login(user)
    return client


def words(client: Client, query: str = "") -> str:
    page = html.fromstring(client.get(f"/catch-up/{query}").content.decode())
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_the_next_chance_of_the_same_kind_and_year_group_is_named(school: School, missed: Activity) -> None:
    make_activity(school, title="Later talk", day=LATEST, status="planned", year_groups=[9])
    make_activity(school, title="Next talk", day=LATER, status="planned", year_groups=[9])
    make_activity(school, title="Talk of Year 10", day=TODAY + timedelta(days=1), status="planned", year_groups=[10])
    make_activity(
        school, "careers_event", title="Fair", day=TODAY + timedelta(days=1), status="planned", year_groups=[9]
    )
    said = words(as_role(school))
    assert "Reed, Ada 9A" in said
    assert "Foundry talk, 15 Nov" in said
    assert "Next talk, 6 Dec" in said
    assert "Later talk" not in said
    assert "Talk of Year 10" not in said
    assert "Fair" not in said


def test_where_nothing_is_planned_it_says_so_and_leads_to_planning(
    school: School, ada: Pupil, missed: Activity
) -> None:
    said = words(as_role(school))
    assert "Nothing planned" in said
    assert "Plan an activity" in said
    tutor = words(as_role(school, "tutor", ada))
    assert "Ask the careers leader to plan something" in tutor


def test_one_press_books_the_places_ticked(school: School, ada: Pupil, missed: Activity) -> None:
    chance = make_activity(school, title="Next talk", day=LATER, status="planned", year_groups=[9])
    tutor = as_role(school, "tutor", ada)
    tutor.post("/catch-up/", {"place": [f"{ada.reference}.{chance.reference}", "nobody.nothing"]})
    with scopes_disabled():
        assert Encounter.objects.get(activity=chance).status == "booked"
    said = words(tutor)
    assert "1 place booked. 1 could no longer be booked" in said
    assert "Next talk, 6 Dec Booked" in said
    assert Event.objects.filter(verb="booked places").count() == 1


def test_whoever_has_made_it_good_drops_off_the_list(school: School, ada: Pupil, missed: Activity) -> None:
    make_encounter(ada, make_activity(school, title="Another", day=TODAY, year_groups=[9]))
    assert "Nobody has anything to catch up" in words(as_role(school))


def test_what_was_attended_before_it_was_missed_makes_nothing_good(
    school: School, ada: Pupil, missed: Activity
) -> None:
    before = make_activity(school, title="Earlier", day=LAST_WEEK - timedelta(days=7), year_groups=[9])
    make_encounter(ada, before)
    assert "Foundry talk" in words(as_role(school))


def test_a_tutor_sees_own_pupils_only_and_may_book_no_others(school: School, ada: Pupil, missed: Activity) -> None:
    ben = make_pupil(school, 9, forename="Ben", surname="Far")
    make_encounter(ben, missed, "excused")
    chance = make_activity(school, title="Next talk", day=LATER, status="planned", year_groups=[9])
    tutor = as_role(school, "tutor", ada)
    assert "Ben" not in words(tutor)
    tutor.post("/catch-up/", {"place": [f"{ben.reference}.{chance.reference}"]})
    with scopes_disabled():
        assert not Encounter.objects.filter(activity=chance).exists()
    looked = Event.objects.filter(verb="looked at a list of pupils", detail__list="who is to catch up")
    assert [event.concerns for event in looked] == [f",{ada.pk},"]


def test_the_list_is_narrowed_by_form_and_says_excused(school: School, missed: Activity) -> None:
    make_encounter(make_pupil(school, 9, forename="Ben", surname="Far", form="9B"), missed, "excused")
    leader = as_role(school)
    assert "Foundry talk, 15 Nov, excused" in words(leader, "?form=9B")
    assert "Ada" not in words(leader, "?form=9B")


def test_a_plan_review_is_not_told_to_whoever_may_not_know_of_plans(school: School, ada: Pupil) -> None:
    make_encounter(ada, make_activity(school, "review", title="Plan review", day=LAST_WEEK), "absent")
    assert "Plan review" not in words(as_role(school, "tutor", ada))
    assert "Plan review" in words(as_role(school))


def test_many_absences_ask_no_more_than_few(school: School, missed: Activity) -> None:
    leader = as_role(school)

    def queries() -> int:
        leader.get("/catch-up/")
        with CaptureQueriesContext(connection) as asked:
            leader.get("/catch-up/")
        return len(asked)

    few = queries()
    for number in range(12):
        pupil = make_pupil(school, 9, form=f"9{number}")
        make_encounter(pupil, make_activity(school, title=f"Talk {number}", day=LAST_WEEK, year_groups=[9]), "absent")
        make_activity(school, title=f"Chance {number}", day=LATER, status="planned", year_groups=[9])
    assert queries() == few
