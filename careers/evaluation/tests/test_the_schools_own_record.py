"""What the school itself owes: answered from what people recorded and what Trigpoint sees for itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from careers.evaluation.school_criteria import SchoolAnswer, school_file
from careers.evaluation.standings import editions, evaluate, standings_of
from careers.leadership.actions import add, name_next_review
from careers.leadership.models import Milestone
from careers.schools.models import School
from criteria.standing import State
from tests.makers import TODAY, make_activity, make_person, make_pupil, make_school

from .conftest import text

LED, PLANNED, PUBLISHED, HEARD = (f"gb1.2025.school.{n}" for n in range(1, 5))
PARENTS, STAFF, SCHEDULED = "gb2.2025.school.2", "gb4.2025.school.2", "gb8.2025.school.3"
POLICY, REVIEW = "pal.policy", "web.review"


def milestone(school: School, kind: str, day: date = date(2026, 10, 1), **facts: Any) -> Milestone:
    with scopes_disabled():
        return Milestone.objects.create(school=school, kind=kind, date=day, **facts)


def answer(school: School, id: str, as_at: date = TODAY) -> SchoolAnswer:
    with scope(school=school):
        found = school_file(evaluate(school, editions(as_at), as_at)).answer(id)
    assert found is not None
    return found


def test_a_school_with_nothing_on_record_owes_everything_and_nothing_is_made_up(school: School) -> None:
    assert answer(school, HEARD).state is State.DUE
    assert answer(school, HEARD).standing.count == 0
    assert answer(school, POLICY).state is State.MISSED, "it is owed from the first day of the year"
    assert answer(school, REVIEW).state is State.CANNOT_TELL, "nobody has said when the next review is"


def test_feedback_of_four_groups_leaves_two_wanting(school: School) -> None:
    milestone(school, "feedback_gathered", parties=["pupils", "parents", "teachers", "support_staff"])
    found = answer(school, HEARD)
    assert (found.state, found.so_far) == (State.DUE, "4 of 6 groups that gave feedback")
    assert found.missing() == [
        ("careers advisers", "feedback_gathered", {"party": "careers_advisers"}),
        ("employers", "feedback_gathered", {"party": "employers"}),
    ]


def test_a_leader_named_in_an_earlier_year_still_is_until_they_leave(school: School) -> None:
    milestone(school, "careers_leader_named", date(2023, 9, 1), until=date(2026, 10, 31))
    assert answer(school, LED, date(2026, 10, 31)).standing.count == 1
    assert answer(school, LED, date(2026, 11, 1)).standing.count == 0


def test_whoever_holds_the_role_is_a_named_careers_leader_without_being_typed_in(school: School) -> None:
    make_person(school, "careers_leader", name="Jo Hart", date_joined="2025-09-01T09:00Z")
    found = answer(school, LED)
    assert [noted.encounter["title"] for noted in found.explanation.counted] == ["Careers leader: Jo Hart"]
    assert "a named careers leader" not in found.explanation.missing


def test_somebody_who_has_left_the_role_is_not(school: School) -> None:
    make_person(school, "careers_leader", date_joined="2025-09-01T09:00Z", is_active=False)
    assert answer(school, LED).standing.count == 0


def test_staff_development_in_the_programme_may_count_until_somebody_says_who_came(school: School) -> None:
    session = make_activity(school, "staff_development", date(2026, 9, 8))
    assert answer(school, STAFF).state is State.CANNOT_TELL
    milestone(school, "staff_development", date(2026, 9, 8), activity=session, parties=["teachers", "support_staff"])
    found = answer(school, STAFF)
    assert found.state is State.MET
    assert len(found.explanation.counted) == 1, "the session is not counted twice"


def test_an_evening_for_parents_in_the_programme_is_support_for_them(school: School) -> None:
    make_activity(school, "parent_event", date(2027, 1, 21), status="planned")
    assert answer(school, PARENTS).state is State.BOOKED
    make_activity(school, "parent_event", date(2026, 10, 15))
    assert answer(school, PARENTS).state is State.MET


def test_a_cancelled_evening_is_not(school: School) -> None:
    make_activity(school, "parent_event", date(2026, 10, 15), status="cancelled")
    assert answer(school, PARENTS).state is State.DUE


def test_a_survey_of_year_groups_is_feedback_from_pupils_unless_it_asks_of_their_plans(school: School) -> None:
    make_activity(school, "survey", date(2026, 10, 1), year_groups=[9], records_aspiration=True)
    assert answer(school, HEARD).standing.count == 0
    make_activity(school, "survey", date(2026, 10, 2), year_groups=[9])
    assert answer(school, HEARD).standing.count == 1


def test_guidance_meetings_in_the_programme_are_its_schedule(school: School) -> None:
    make_activity(school, "guidance_meeting", date(2027, 3, 2), status="planned")
    assert answer(school, SCHEDULED).state is State.MET


def test_a_programme_brought_in_from_a_website_is_published_but_nobody_has_been_told(school: School) -> None:
    make_activity(school, source="https://school.example.org/careers")
    found = answer(school, PUBLISHED)
    assert (found.state, found.standing.count) == (State.DUE, 1)
    assert "made known to pupils" in found.explanation.missing


def test_the_next_review_is_booked_until_its_day_has_gone_by(school: School) -> None:
    leader = make_person(school)
    with scope(school=school):
        name_next_review(school=school, day=date(2026, 12, 1), reviewed_on=None, by=leader)
    assert answer(school, REVIEW).state is State.BOOKED
    assert answer(school, REVIEW, date(2026, 12, 2)).state is State.MISSED


def test_what_is_recorded_changes_the_answer_at_once(school: School) -> None:
    leader = make_person(school)
    with scope(school=school):
        assert school_file(standings_of(school, TODAY)).answer(HEARD).standing.count == 0  # type: ignore[union-attr]
        add(school=school, kind="feedback_gathered", facts={"date": TODAY, "parties": ["employers"]}, by=leader)
        assert school_file(standings_of(school, TODAY)).answer(HEARD).standing.count == 1  # type: ignore[union-attr]


def test_another_schools_record_counts_for_nothing_here(school: School) -> None:
    other = make_school()
    milestone(other, "feedback_gathered", parties=["pupils"])
    make_person(other, "careers_leader", date_joined="2025-09-01T09:00Z")
    make_activity(other, "parent_event", date(2026, 10, 15))
    assert [answer(school, id).standing.count for id in (LED, HEARD, PARENTS)] == [0, 0, 0]


def test_the_page_says_what_is_wanted_and_where_to_record_it(leader: Client, school: School) -> None:
    milestone(school, "feedback_gathered", parties=["pupils", "parents", "teachers", "support_staff"])
    page = leader.get("/school-record/")
    said = text(page)
    assert "Still wanted: careers advisers, employers." in said
    assert "/school-record/add/feedback_gathered/?party=employers" in page.content.decode()


def test_a_governor_reads_the_record_and_is_offered_nothing_to_change(signed_in: Callable[..., Client]) -> None:
    page = signed_in("link_governor").get("/school-record/").content.decode()
    assert "Still wanted" in page
    assert "/school-record/add/" not in page


def test_a_criterion_of_the_school_has_a_page_with_its_rule_source_and_examples(leader: Client, school: School) -> None:
    milestone(school, "feedback_gathered", date(2026, 6, 30), title="Summer survey", parties=["employers"])
    said = text(leader.get(f"/criteria/{HEARD}/"))
    for words in ("Feedback from six groups", "asked of the school itself", "understanding the updated Benchmark 1"):
        assert words in said
    assert "Summer survey, 30 June 2026: it was before 1 September 2026" in said
    assert "Example schools" in said


def test_a_special_school_is_asked_as_others_are_and_a_college_form_is_not(leader: Client, school: School) -> None:
    School.objects.filter(pk=school.pk).update(kind=School.Kind.SPECIAL)
    assert leader.get(f"/criteria/{LED}/").status_code == 200
    assert leader.get("/criteria/gb1.2025.college.1/").status_code == 404


def test_today_tells_the_careers_leader_what_the_school_itself_has_missed(
    signed_in: Callable[..., Client], school: School
) -> None:
    make_pupil(school)
    assert "A published provider access policy" in text(signed_in().get("/"))
    assert "A published provider access policy" not in text(signed_in("tutor").get("/"))


@pytest.mark.parametrize("day", [date(2024, 11, 22), date(2026, 8, 31)])
def test_the_page_answers_for_earlier_days_under_the_edition_of_the_day(leader: Client, day: date) -> None:
    page = leader.get(f"/school-record/?as_at={day}")
    assert page.status_code == 200
    assert ("Feedback from four groups" in text(page)) is (day.year == 2024)
