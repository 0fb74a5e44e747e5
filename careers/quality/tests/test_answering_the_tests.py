"""One press answers a test; what was planned answers most; and what criteria ask is the same fact, kept once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.audit.models import Event
from careers.programme.models import Activity
from careers.quality.meaning import missing
from careers.quality.tests.conftest import FRIDAY
from careers.quality.tests.pages import answer, page, words_of
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil

pytestmark = pytest.mark.django_db


def test_a_day_at_a_workplace_is_asked_seven_tests_and_a_talk_four(
    leader: Client, school: School, visit: Activity
) -> None:
    talk = make_activity(school, title="Talk by a nurse")
    assert len(leader.get(page(visit)).context["tests"]) == 7
    assert len(leader.get(page(talk)).context["tests"]) == 4
    assert leader.get(page(make_activity(school, "careers_lesson"))).status_code == 404


def test_seven_tests_are_answered_by_eight_presses_and_criteria_answer_from_them(
    leader: Client, school: School, visit: Activity
) -> None:
    make_encounter(make_pupil(school, 10), visit)
    Activity.objects.filter(pk=visit.pk).update(in_workplace=True)
    for fact in list(missing(visit)):
        assert answer(leader, visit, fact.name, fact.answers[0][0]).status_code == 302
    shown = leader.get(page(visit))
    assert "7 of 7 tests met" in words_of(shown)
    assert "Pat Lee answered on" in words_of(shown)
    counted = words_of(leader.get(f"/programme/{visit.reference}/"))
    assert "6.1" in counted.partition("What it counts for")[2].partition("What it is for")[0]


def test_some_talk_is_enough_for_an_encounter_and_not_for_a_workplace(
    leader: Client, school: School, visit: Activity
) -> None:
    talk = make_activity(school, title="Talk by a nurse")
    for each in (talk, visit):
        answer(leader, each, "two_way", "some")
    states = [str(leader.get(page(each)).context["tests"][2].state) for each in (talk, visit)]
    assert states == ["met", "not met"]


def test_an_answer_given_meanwhile_is_not_overwritten_unseen(leader: Client, visit: Activity) -> None:
    answer(leader, visit, "employer_set_task", "no")
    late = answer(leader, visit, "employer_set_task", "yes", seen="unknown")
    visit.refresh_from_db()
    assert visit.employer_set_task is False
    assert "Somebody else has answered this meanwhile" in leader.get(late.url).content.decode()  # type: ignore[attr-defined]
    answer(leader, visit, "employer_set_task", "yes", seen="no")
    visit.refresh_from_db()
    assert visit.employer_set_task is True


def test_nonsense_answers_nothing(leader: Client, visit: Activity) -> None:
    for fact, key in (("title", "yes"), ("two_way", "yes"), ("", "")):
        assert answer(leader, visit, fact, key).status_code == 302
    assert len(missing(Activity.objects.get(pk=visit.pk))) == 8
    assert not Event.objects.filter(verb="judged an activity").exists()


def test_what_the_plan_says_is_taken_over_by_one_press_and_a_no_stays_no(leader: Client, visit: Activity) -> None:
    Activity.objects.filter(pk=visit.pk).update(learning_outcomes="Name two jobs at a harbour; ask a question")
    assert "What pupils should learn is written in the plan" in words_of(leader.get(page(visit)))
    leader.post(f"{page(visit)}answer/", {"plan": "yes"})
    assert "Yes , because the plan says so" in words_of(leader.get(page(visit)))
    answer(leader, visit, "learning_outcomes_set", "no", seen="yes")
    leader.post(f"{page(visit)}answer/", {"plan": "yes"})
    visit.refresh_from_db()
    assert visit.learning_outcomes_set is False


def test_the_list_has_what_was_held_first_and_the_quickest_to_answer_at_the_top(
    leader: Client, school: School, visit: Activity
) -> None:
    quick = {"purpose_shared_with_partner": True, "purpose_shared_with_pupils": True, "learning_outcomes_set": True}
    make_activity(school, title="Coming soon", day=FRIDAY + timedelta(9), two_way="some", **quick)
    make_activity(school, title="Nearly known", day=FRIDAY, two_way="some", **quick)
    make_activity(school, title="All known", day=FRIDAY, two_way="some", reflection_after=False, **quick)
    make_activity(school, title="Called off", day=FRIDAY, status="cancelled")
    listed = [line.activity.title for line in leader.get("/quality/").context["page"]]
    assert listed == ["Nearly known", "A day at the harbour", "Coming soon"]
    every = [line.activity.title for line in leader.get("/quality/?show=all&type=employer_encounter").context["page"]]
    assert every == ["Nearly known", "Coming soon", "All known"]
    assert not leader.get("/quality/?owner=mine").context["page"].object_list


def test_a_one_to_one_meeting_is_not_listed_for_somebody_who_does_not_see_the_pupil(school: School) -> None:
    governor = Client()
    governor.force_login(make_person(school, "link_governor"))
    meeting = make_activity(school, title="Mock interview with Bea", one_to_one=True, day=FRIDAY)
    assert "Mock interview" not in governor.get("/quality/").content.decode()
    assert governor.get(page(meeting)).status_code == 404


def test_pages_ask_as_many_questions_for_a_large_programme_as_for_a_small_one(
    leader: Client, school: School, visit: Activity
) -> None:
    leader.get("/roles/")
    asked = []
    for number in (2, 30):
        for _ in range(number):
            make_encounter(make_pupil(school, 9), visit)
            make_activity(school, day=FRIDAY)
        asked.append([queries_of(leader, address) for address in ("/quality/", page(visit))])
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 25


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)
