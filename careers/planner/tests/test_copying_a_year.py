"""Last year's programme proposed again, with its dates moved and without what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from lxml import html

from careers.audit.models import Event
from careers.partners.models import Partner
from careers.planner.copying import KEPT, LEFT, SET
from careers.programme.models import Activity, ActivityGroup, ActivityOutcome, ActivityPartner, Session
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school, put_in_group

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
    client = Client()
    client.force_login(make_person(school, name="Ada"))
    return client


def ticked(leader: Client, query: str = "") -> list[str]:
    page = html.fromstring(leader.get(f"/planner/copy/{query}").content)
    return [box.get("value") for box in page.xpath("//input[@name='activity'][@checked]")]


def copied(year: int = 2027) -> list[Activity]:
    with scopes_disabled():
        return list(Activity.objects.filter(academic_year=year).order_by("starts_on", "pk"))


def test_every_field_of_an_activity_is_kept_left_or_set() -> None:
    named = [*KEPT, *LEFT, *SET]
    assert sorted(named) == sorted(field.name for field in Activity._meta.fields)


def test_a_year_is_proposed_again_with_its_dates_moved_and_without_what_happened(
    school: School, leader: Client
) -> None:
    fair = make_activity(
        school, "careers_event", title="Fair", day=date(2026, 11, 11), ends_on=date(2026, 11, 12), purpose="Meet people",
        learning_outcomes_set=True, reflection_after=True, purpose_shared_with_pupils=True, employer_feedback=True,
        agreed_with_partner="Bring samples", note="Sam was late", claimed_benchmarks=[5], year_groups=[9],
    )  # fmt: skip
    make_encounter(make_pupil(school), fair)
    make_encounter(make_pupil(school), fair)
    form_9a = put_in_group(make_pupil(school), "9A")
    form_9b = put_in_group(make_pupil(school), "9B")
    next_9a = put_in_group(make_pupil(school, 8), "9A", academic_year=2027)
    with scopes_disabled():
        works = Partner.objects.create(school=school, name="Works", kind="employer")
        ActivityPartner.objects.create(school=school, activity=fair, partner=works)
        ActivityOutcome.objects.create(school=school, activity=fair, outcome="cdi.1")
        Session.objects.create(school=school, activity=fair, day=date(2026, 11, 12), starts_at=time(9))
        for group in (form_9a, form_9b):
            ActivityGroup.objects.create(school=school, activity=fair, group=group)
    page = leader.get("/planner/copy/").content.decode()
    assert "without 9B" in page
    assert "10 November 2027 to 11 November 2027" in page
    leader.post("/planner/copy/", {"activity": ticked(leader)})
    (copy,) = copied()
    assert (copy.status, copy.copied_from_id) == ("proposed", fair.pk)
    assert (copy.starts_on, copy.ends_on) == (date(2027, 11, 10), date(2027, 11, 11))
    assert (copy.title, copy.purpose, copy.learning_outcomes_set) == ("Fair", "Meet people", True)
    assert (copy.reflection_after, copy.purpose_shared_with_pupils, copy.employer_feedback) == (None, None, None)
    assert (copy.agreed_with_partner, copy.note, copy.claimed_benchmarks) == ("", "", [])
    assert copy.owner is not None
    assert copy.owner.name == "Ada", "whoever looked after it is nobody here"
    with scopes_disabled():
        assert [each.reference for each in copy.groups.all()] == [next_9a.reference]
        assert [each.name for each in copy.partners.all()] == ["Works"]
        assert [each.outcome for each in copy.outcomes.all()] == ["cdi.1"]
        assert [(each.day, each.starts_at) for each in copy.sessions.all()] == [(date(2027, 11, 11), time(9))]
        assert not copy.encounters.exists()
    assert Event.objects.get(verb="copied a programme").detail["activities"] == 1


def test_copying_twice_copies_nothing_twice(school: School, leader: Client) -> None:
    first, second = (make_activity(school, title=title) for title in ("One", "Two"))
    sent = {"activity": [first.reference]}
    for _ in range(2):
        leader.post("/planner/copy/", sent)
    leader.post("/planner/copy/", {"activity": [first.reference, second.reference]})
    assert sorted(each.title for each in copied()) == ["One", "Two"]
    assert ticked(leader) == []


def test_what_is_cancelled_an_offer_or_one_pupils_own_is_not_ticked_and_appointments_are_not_there(
    school: School, leader: Client
) -> None:
    talk = make_activity(school, title="Talk")
    make_activity(school, title="Called off", status="cancelled")
    make_activity(school, "offer", title="Offers")
    make_activity(school, "guidance_meeting", title="Appointment at ten", one_to_one=True)
    review = make_activity(school, "review", title="A review")
    make_encounter(make_pupil(school), review)
    assert ticked(leader) == [talk.reference]
    assert "Appointment at ten" not in leader.get("/planner/copy/").content.decode()


def test_the_year_gone_by_is_copied_into_this_one(school: School, leader: Client) -> None:
    old = make_activity(school, day=date(2025, 11, 12))
    leader.post("/planner/copy/?academic_year=2025", {"activity": ticked(leader, "?academic_year=2025")})
    assert [(each.copied_from_id, each.starts_on) for each in copied(2026)] == [(old.pk, date(2026, 11, 11))]


def test_a_long_year_takes_no_more_queries_to_copy_than_a_short_one(school: School, leader: Client) -> None:
    def asked(day: date) -> int:
        references = ticked(leader, f"?academic_year={day.year}")
        with CaptureQueriesContext(connection) as found:
            leader.post(f"/planner/copy/?academic_year={day.year}", {"activity": references})
        return len(found)

    make_activity(school, day=date(2025, 11, 5))
    few = asked(date(2025, 11, 5))
    for number in range(40):
        make_activity(school, day=date(2026, 11, 9), title=f"Activity {number}")
    assert asked(date(2026, 11, 9)) <= few + 2
