"""The year planner as people use it: read, narrowed, moved about in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from lxml import html

from careers.accounts.deeds import person_key
from careers.audit.models import Event
from careers.partners.models import Partner
from careers.planner.grid import stamp_of_card
from careers.programme.models import Activity, ActivityPartner, Session
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school, stamp_at

pytestmark = pytest.mark.django_db
FEBRUARY = date(2027, 2, 3)


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


def now(activity: Activity) -> Activity:
    with scopes_disabled():
        return Activity.objects.get(pk=activity.pk)


def move(client: Client, activity: Activity, when: str, **answers: str) -> int:
    """As a card that is dropped does."""
    sent = {"when": when, "stamp": stamp_of_card(now(activity)), **answers}
    return client.post(f"/planner/move/{activity.reference}/", sent).status_code


def placed(client: Client, query: str = "") -> dict[str, list[tuple[str, str]]]:
    """Where the page draws each title: (half-term, row), in order."""
    page = html.fromstring(client.get(f"/planner/{query}").content)
    found: dict[str, list[tuple[str, str]]] = {}
    for cell in page.xpath("//*[@data-drop]"):
        for title in cell.xpath(".//*[contains(@class, 'tp-plan__title')]"):
            found.setdefault(title.text, []).append((cell.get("data-drop"), cell.get("data-row")))
    return found


def test_each_activity_stands_in_its_half_term_and_each_of_its_year_groups(school: School, leader: Client) -> None:
    make_activity(school, title="Bakers", day=FEBRUARY, year_groups=[9, 10], status="planned")
    make_activity(school, title="Assembly", day=None, half_term="summer_2", year_groups=[*school.year_groups])
    make_activity(school, title="Some week", day=None, week_of=date(2026, 11, 9), year_groups=[8])
    make_activity(school, title="Some term", day=None, term="Spring term", year_groups=[7])
    make_activity(school, title="Some day", day=None)
    make_activity(school, title="Not now", day=TODAY, status="cancelled")
    assert placed(leader) == {
        "Assembly": [("summer_2", "every")],
        "Bakers": [("spring_1", "9"), ("spring_1", "10")],
        "Some week": [("autumn_2", "8")],
        "Some term": [("spring_1", "7")],
        "Some day": [("", "unsaid")],
    }


def test_one_to_one_meetings_are_counted_and_not_drawn(school: School, leader: Client) -> None:
    talk = make_activity(school, "guidance_meeting", title="Talk at ten", one_to_one=True)
    make_encounter(make_pupil(school), talk)
    page = " ".join(leader.get("/planner/").content.decode().split())
    assert "1 one-to-one meeting with single pupils is left out" in page
    assert "Talk at ten" not in page
    governor = " ".join(signed_in(school, "link_governor").get("/planner/").content.decode().split())
    assert "Fewer than 5 one-to-one meetings" in governor
    assert "Move" not in governor


def test_the_year_is_narrowed_by_the_address(school: School, leader: Client) -> None:
    mine, other = make_person(school, name="Ada"), make_person(school)
    bakers = make_activity(school, title="Bakers", year_groups=[8], owner=mine, status="planned", day=FEBRUARY)
    make_activity(school, "careers_lesson", title="Lesson", year_groups=[9], owner=other)
    with scopes_disabled():
        works = Partner.objects.create(school=school, name="Works", kind="employer")
        ActivityPartner.objects.create(school=school, activity=bakers, partner=works)
    for query in (f"partner={works.reference}", f"owner={person_key(mine.pk)}", "year_group=8", "status=planned"):
        assert [*placed(leader, f"?{query}")] == ["Bakers"], query
    assert [*placed(leader, "?benchmark=5")] == ["Bakers"], "judged by the rules"
    assert len(placed(leader, "?owner=nobody&partner=x&benchmark=99&year_group=abc")) == 2
    assert placed(leader, "?academic_year=2027") == {}


def test_a_claim_of_a_source_narrows_nothing(school: School, leader: Client) -> None:
    make_activity(school, "staff_development", title="Training", claimed_benchmarks=[5])
    assert placed(leader, "?benchmark=5") == {}


def test_a_card_dropped_in_another_half_term_waits_there_for_a_day_and_can_be_put_back(
    school: School, leader: Client
) -> None:
    fair = make_activity(
        school, title="Fair", day=FEBRUARY, ends_on=date(2027, 2, 4), status="planned", year_groups=[9]
    )
    assert move(leader, fair, "summer_1") == 302
    assert (now(fair).starts_on, now(fair).ends_on, now(fair).half_term) == (None, None, "summer_1")
    page = html.fromstring(leader.get("/planner/").content)
    assert "The day it had is taken away" in page.text_content()
    (form,) = page.xpath("//form[.//*[@name='undo']]")
    sent = {"undo": "yes", "stamp": form.xpath(".//input[@name='stamp']")[0].get("value")}
    assert [leader.post(form.get("action"), sent).status_code for _ in range(2)] == [302, 302]
    assert (now(fair).starts_on, now(fair).ends_on, now(fair).half_term) == (FEBRUARY, date(2027, 2, 4), "")
    assert Event.objects.filter(verb="moved an activity").count() == 2
    assert "Undo" not in leader.get("/planner/").content.decode(), "said once"


def test_dropping_twice_moves_once(school: School, leader: Client) -> None:
    fair = make_activity(school, day=None, half_term="autumn_2", status="proposed")
    sent = {"when": "spring_2", "stamp": stamp_of_card(fair)}
    assert [leader.post(f"/planner/move/{fair.reference}/", sent).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(verb="moved an activity").count() == 1


def test_a_card_somebody_else_has_moved_meanwhile_is_not_moved_unseen(school: School, leader: Client) -> None:
    fair = make_activity(school, day=FEBRUARY, status="planned")
    stale = stamp_of_card(fair)
    move(signed_in(school), fair, "spring_2")
    answer = leader.post(f"/planner/move/{fair.reference}/", {"when": "summer_2", "stamp": stale})
    assert answer.status_code == 409
    assert now(fair).half_term == "spring_2"


def test_without_a_mouse_an_activity_is_moved_by_a_form_and_its_sessions_go_with_its_day(
    school: School, leader: Client
) -> None:
    club = make_activity(school, day=FEBRUARY, status="planned")
    with scopes_disabled():
        Session.objects.create(school=school, activity=club, day=FEBRUARY)
        Session.objects.create(school=school, activity=club, day=date(2027, 2, 10))
    where = f"/planner/move/{club.reference}/"
    day = {"starts_on_day": "10", "starts_on_month": "3", "starts_on_year": "2027"}
    assert leader.post(where, {"when": "", "stamp": stamp_at(leader, where), **day}).status_code == 302
    with scopes_disabled():
        assert [each.day for each in club.sessions.all()] == [date(2027, 3, 10), date(2027, 3, 17)]
    assert move(leader, club, "summer_1") == 302, "refused, and said so on the planner"
    assert now(club).starts_on == date(2027, 3, 10)


def test_choosing_a_week_and_leaving_the_old_day_standing_means_the_week(school: School, leader: Client) -> None:
    fair = make_activity(school, day=FEBRUARY, status="planned")
    where = f"/planner/move/{fair.reference}/"
    day = {"starts_on_day": "3", "starts_on_month": "2", "starts_on_year": "2027"}
    leader.post(where, {"when": "2027-03-08", "stamp": stamp_at(leader, where), **day})
    assert (now(fair).starts_on, now(fair).week_of) == (None, date(2027, 3, 8))


@pytest.mark.parametrize("status", ["delivered", "cancelled"])
def test_what_is_over_stays_where_it_is(school: School, leader: Client, status: str) -> None:
    held = make_activity(school, status=status)
    move(leader, held, "summer_1")
    assert now(held).starts_on == TODAY


def test_what_has_marks_in_its_register_stays_where_it_is(school: School, leader: Client) -> None:
    held = make_activity(school, status="planned")
    make_encounter(make_pupil(school), held, "absent")
    move(leader, held, "summer_1")
    assert now(held).starts_on == TODAY


def test_the_forecast_is_fetched_after_the_planner(school: School, leader: Client) -> None:
    make_pupil(school, 9)
    make_activity(school, title="Bakers", year_groups=[9], status="planned", day=FEBRUARY, whole_cohort=True)
    for year in ("2026", "2027"):
        page = leader.get(f"/planner/forecast/?academic_year={year}", headers={"HX-Request": "true"}).content.decode()
        assert "5. Encounters with employers and employees" in page
        assert 'href="#' not in page, "what led down the other page leads to it"
    assert leader.get("/planner/forecast/").status_code == 302


def test_a_full_year_takes_no_more_queries_than_a_short_one(school: School, leader: Client) -> None:
    leader.get("/roles/")  # the first page of a session writes down that it is one

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            leader.get("/planner/")
        return len(found)

    for number in range(3):
        make_activity(school, title=f"First {number}", year_groups=[7, 8])
    few = asked()
    for number in range(197):
        make_activity(school, title=f"Activity {number}", year_groups=[7 + number % 5, 8 + number % 5])
    assert asked() == few <= 14
