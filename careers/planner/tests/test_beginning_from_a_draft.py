"""A new careers leader begins from a draft programme, judged as they go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from careers.evaluation.drafting import at_the_close
from careers.evaluation.standings import standings_of
from careers.partners.models import Partner
from careers.planner.drafts import APPROVED, Line, draft_of
from careers.programme.models import Activity, ActivityOutcome, ActivityPartner
from careers.programme.usual import DECIDED, all_usual
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, YEAR, make_activity, make_encounter, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
PAGE = "/planner/draft/"


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school()


@pytest.fixture
def leader(school: School) -> Client:
    client = Client()
    client.force_login(make_person(school))
    client.get("/roles/")
    return client


def test_what_is_ticked_goes_in_as_proposed_and_never_twice(school: School, leader: Client) -> None:
    assert "secondary school with a sixth form" in leader.get(PAGE).content.decode()
    picked = {"deed": "add", "pick": ["careers-fair", "mock-interviews", "no-such-thing"], "academic_year": "2027"}
    for _ in range(2):
        leader.post(PAGE, picked)
    with scope(school=school):
        fair = Activity.objects.get(template="careers-fair")
        assert Activity.objects.count() == 2
        assert ActivityOutcome.objects.filter(activity=fair).exists()
    assert (fair.status, fair.academic_year, fair.half_term, fair.year_groups) == (
        "proposed",
        2027,
        "spring_2",
        [9, 10, 11],
    )
    assert "Already in this year" in leader.get(f"{PAGE}?academic_year=2027").content.decode()


def test_only_what_the_school_decides_alone_is_recorded_of_a_proposal(school: School, leader: Client) -> None:
    leader.post(PAGE, {"deed": "add", "pick": [usual.key for usual in all_usual()]})
    with scope(school=school):
        made = list(Activity.objects.all())
    assert len(made) > 40
    for activity in made:
        later = next(usual for usual in all_usual() if usual.key == activity.template).when_held
        assert {name for name in later if getattr(activity, name) not in (None, "")} == set()
    assert all(activity.learning_outcomes_set in (True, None) for activity in made)
    only_the_day_shows = {
        "two_way",
        "adviser_level",
        "employer_feedback",
        "met_staff",
        "reflection_after",
        "about_provider",
    }
    assert not DECIDED & {"purpose_shared_with_partner", *only_the_day_shows}


def test_one_usual_activity_can_be_taken_alone(school: School, leader: Client) -> None:
    answer = leader.post("/planner/usual/", {"pick": "mock-interviews"}, follow=True)
    assert "Mock interviews with employers" in answer.content.decode()
    assert leader.post("/planner/usual/", {"pick": "mock-interviews"}, follow=True).status_code == 200
    with scope(school=school):
        assert Activity.objects.count() == 1


def test_looking_at_what_a_draft_would_reach_writes_nothing_and_needs_no_javascript(
    school: School, leader: Client
) -> None:
    make_pupil(school, 9)
    whole = leader.post(PAGE, {"deed": "look", "pick": ["stem-day"]}).content.decode()
    part = leader.post(PAGE, {"deed": "look", "pick": ["stem-day"]}, headers={"HX-Request": "true"}).content.decode()
    assert "5. Encounters with employers and employees, with the draft: 1 met" in part
    assert "5. Encounters with employers and employees, as planned: 1 " in part
    assert "<html" in whole
    assert "<html" not in part
    with scope(school=school):
        assert not Activity.objects.exists()


def hold(school: School, line: Line) -> None:
    """Put a line of a draft in the programme as if everything described of it had been recorded already."""
    facts = {**line.usual.facts_for(line.years), **line.usual.when_held, "status": "planned"}
    activity = Activity.objects.create(school=school, academic_year=YEAR.start_year, starts_on=line.day, **facts)
    wanted = line.usual.partners
    names = [*wanted.provider_kinds, *(f"Works {n}" for n in range(wanted.employers))]
    for name in names:
        provider = name if name in wanted.provider_kinds else ""
        kind = {"kind": "provider" if provider else "employer", "provider_kind": provider}
        eligible = {"pal_eligible": provider in APPROVED if provider else None}
        found, _ = Partner.objects.get_or_create(school=school, name=name, defaults=kind | eligible)
        ActivityPartner.objects.create(school=school, activity=activity, partner=found)


def test_a_draft_is_judged_as_the_same_activities_would_be_once_planned(school: School) -> None:
    for group in school.year_groups:
        pupil = make_pupil(school, group)
        make_encounter(pupil, make_activity(school, "guidance_meeting", one_to_one=True, adviser_level=6))
    with scope(school=school):
        lines = draft_of(school, "11-18", YEAR)
        supposed = at_the_close(standings_of(school, TODAY), YEAR, tuple(line.drafted for line in lines))
        for line in lines:
            hold(school, line)
        planned = standings_of(school, YEAR.closes)
    states = [[str(standing.state) for standing in found.row(p)] for found in (supposed, planned) for p in found.people]
    half = len(states) // 2
    assert states[:half] == states[half:]
    assert "met" in {state for row in states for state in row}


def test_the_year_to_come_is_asked_of_todays_pupils_a_year_group_on(school: School) -> None:
    leaver, nine = make_pupil(school, 13), make_pupil(school, 9)
    make_activity(school, year_groups=[9], whole_cohort=True, status="planned", day=TODAY + timedelta(days=30))
    with scope(school=school):
        now = standings_of(school, TODAY)
        later = at_the_close(now, YEAR.pending)
    assert [(person.pk, person.year_group) for person in later.people] == [(nine.pk, 10)]
    assert leaver.pk not in later.by_pk
    assert {group for _, group in later.supposing.expected} == {10}  # type: ignore[union-attr]


def test_the_page_asks_as_much_of_a_large_school_as_of_a_small_one(school: School, leader: Client) -> None:
    def asked(pupils: int) -> int:
        for _ in range(pupils):
            make_pupil(school, 9)
            make_activity(school, year_groups=[9], whole_cohort=True, status="planned", day=TODAY + timedelta(days=9))
        with CaptureQueriesContext(connection) as caught:
            leader.get(PAGE)
        return len(caught)

    assert asked(1) == asked(20)
