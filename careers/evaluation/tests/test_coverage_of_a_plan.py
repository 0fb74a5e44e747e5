"""What a plan would cover, before anybody has been to anything."""

from datetime import date

import pytest
from django_scopes import scope, scopes_disabled

from careers.evaluation.coverage import Cover, Coverage, coverage_of
from careers.evaluation.coverage_facts import to_record
from careers.evaluation.coverage_words import for_some_only, holes
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools.models import School
from tests.makers import YEAR, make_activity, make_encounter, make_pupil, make_school, put_in_group

pytestmark = pytest.mark.django_db

MEANINGFUL = {
    "purpose_shared_with_partner": True,
    "purpose_shared_with_pupils": True,
    "learning_outcomes_set": True,
    "two_way": "some",
    "reflection_after": True,
}
FULL_ACCESS = {
    "in_school_day": True,
    "about_provider": True,
    "about_careers": True,
    "about_learning_there": True,
    "questions_answered": True,
}
GUIDANCE = {"type": "guidance_meeting", "one_to_one": True, "adviser_level": 6}


@pytest.fixture
def school() -> School:
    return make_school(high_age=16)


def planned(school: School, groups: list[int], **facts: object) -> Activity:
    usual = {"day": None, "status": "planned", "year_groups": groups, "whole_cohort": True}
    return make_activity(school, **{**usual, **facts})  # type: ignore[arg-type]


def with_provider(activity: Activity, name: str, **facts: object) -> Activity:
    with scopes_disabled():
        usual = {"kind": "provider", "provider_kind": "fe_college", "pal_eligible": True}
        provider, _ = Partner.objects.get_or_create(school=activity.school, name=name, defaults={**usual, **facts})
        ActivityPartner.objects.create(school=activity.school, activity=activity, partner=provider)
    return activity


def judged(school: School, **asked: str) -> Coverage:
    with scope(school=school):
        return coverage_of(school, YEAR, **asked)


def state(found: Coverage, benchmark: int | None, group: int) -> Cover:
    criteria = next(criteria for heading, criteria in found.headings if heading.number == benchmark)
    return found.state(criteria, group)


def said(found: Coverage, benchmark: int | None, say=holes) -> list[tuple[tuple[int, ...], str]]:
    heading = next(heading for heading, _ in found.headings if heading.number == benchmark)
    return say(found, heading)


def test_a_meaningful_encounter_for_everyone_covers_its_year_group_and_no_other(school: School) -> None:
    planned(school, [8], **MEANINGFUL)
    found = judged(school)
    assert state(found, 5, 8) is Cover.COVERED
    assert state(found, 5, 9) is Cover.HOLE


def test_an_encounter_of_which_a_fact_is_missing_may_count_and_the_fact_is_named(school: School) -> None:
    planned(school, [8], **MEANINGFUL | {"reflection_after": None})
    found = judged(school)
    assert state(found, 5, 8) is Cover.MAY
    assert [wanted.facts for wanted in to_record(found)] == [["whether there was time to reflect afterwards"]]


def test_the_activity_that_wants_fewest_facts_is_the_one_to_record(school: School) -> None:
    planned(school, [8], title="Knows little")
    planned(school, [8], title="Knows much", **MEANINGFUL | {"two_way": ""})
    [wanted] = to_record(judged(school))
    assert (wanted.planned.activity.title, wanted.others) == ("Knows much", 1)
    assert wanted.facts == ["how much two-way interaction there was"]


def test_a_hole_says_that_nothing_is_planned_with_an_employer(school: School) -> None:
    planned(school, [7, 8], type="careers_lesson")
    assert said(judged(school), 5) == [((7, 8), "nothing planned with an employer")]


def test_a_talk_with_no_conversation_is_a_hole_that_says_why(school: School) -> None:
    planned(school, [8], title="Film of a talk", **MEANINGFUL | {"two_way": "none"})
    assert said(judged(school), 5) == [((8,), "“Film of a talk” would not count: there was no two-way interaction")]


def test_year_groups_with_nothing_at_all_are_named_once_and_not_hole_by_hole(school: School) -> None:
    planned(school, [8], type="careers_lesson")
    found = judged(school)
    assert found.empty_year_groups == (7, 9, 10, 11)
    assert said(found, 5) == [((8,), "nothing planned with an employer")]
    assert found.holes_in(9) > 0


def test_an_activity_for_targeted_pupils_is_shown_apart_and_covers_nobody(school: School) -> None:
    planned(school, [9], title="Mentoring by engineers", whole_cohort=False, **MEANINGFUL)
    found = judged(school)
    assert state(found, 5, 9) is Cover.SOME
    assert said(found, 5, for_some_only) == [((9,), "“Mentoring by engineers”")]
    assert said(found, 5) == []


def test_an_activity_nobody_said_was_for_everyone_is_not_when_few_have_places(school: School) -> None:
    pupils = [make_pupil(school, 9) for _ in range(5)]
    talk = planned(school, [9], whole_cohort=None, **MEANINGFUL)
    assert state(judged(school), 5, 9) is Cover.COVERED
    make_encounter(pupils[0], talk, "booked")
    assert state(judged(school), 5, 9) is Cover.SOME


def test_an_activity_that_names_no_year_group_covers_nobody_but_is_not_forgotten(school: School) -> None:
    planned(school, [], title="Bakers' challenge", **MEANINGFUL)
    found = judged(school)
    assert state(found, 5, 9) is Cover.HOLE
    assert said(found, 5) == [((7, 8, 9, 10, 11), "“Bakers' challenge” may be for them, but name no year group")]


def test_cancelled_and_proposed_activities_cover_nobody(school: School) -> None:
    planned(school, [8], status="cancelled", **MEANINGFUL)
    planned(school, [8], status="proposed", **MEANINGFUL)
    assert state(judged(school), 5, 8) is Cover.HOLE


def test_one_guidance_year_is_enough_for_a_rule_of_five_years(school: School) -> None:
    planned(school, [11], **GUIDANCE)
    found = judged(school)
    assert state(found, 8, 11) is Cover.COVERED
    assert state(found, 8, 7) is Cover.NOT_THIS_YEAR


def test_one_workplace_in_five_years_leaves_a_hole_where_two_are_needed(school: School) -> None:
    planned(school, [10], type="workplace_experience")
    found = judged(school)
    assert state(found, 6, 10) is Cover.MAY
    assert state(found, 6, 9) is Cover.HOLE


def test_each_key_stage_wants_its_own_use_of_information(school: School) -> None:
    planned(school, [8], type="lmi_use", information_used=True, informed_choice=True)
    found = judged(school)
    assert [state(found, 2, group) for group in (7, 8, 10)] == [Cover.NOT_THIS_YEAR, Cover.COVERED, Cover.HOLE]


def test_provider_access_in_year_9_has_to_come_by_28_february(school: School) -> None:
    facts = {"type": "provider_encounter", **FULL_ACCESS}
    with_provider(planned(school, [9], title="In March", day=date(2027, 3, 1), **facts), "A")
    assert said(judged(school), None) == [
        ((9,), "“In March” would not count: it would come after 28 February, too late for Year 9")
    ]
    with_provider(planned(school, [9], term="Autumn", **facts), "B")
    assert state(judged(school), None, 9) is Cover.COVERED


def test_without_a_date_or_term_nobody_can_tell_whether_it_comes_in_time(school: School) -> None:
    with_provider(planned(school, [9], type="provider_encounter", **FULL_ACCESS), "A")
    found = judged(school)
    assert state(found, None, 9) is Cover.MAY
    assert "whether it is held by 28 February" in [fact for wanted in to_record(found) for fact in wanted.facts]


def test_provider_access_does_not_concern_year_7(school: School) -> None:
    planned(school, [7], type="provider_encounter")
    assert state(judged(school), None, 7) is Cover.NOT_CONCERNED


def test_every_subject_taught_to_a_year_group_wants_a_link(school: School) -> None:
    pupil = make_pupil(school, 8)
    for subject in ("Art", "Music"):
        put_in_group(pupil, f"8/{subject}", kind="class", subject=subject)
    planned(school, [8], type="curriculum_link", subject="Art", career_relevance=True)
    found = judged(school)
    assert state(found, 4, 8) is Cover.HOLE
    assert said(found, 4) == [((8,), "at most 1 of 2 subjects studied with a careers link this year")]
    planned(school, [8], type="curriculum_link", subject="Music", career_relevance=True, whole_cohort=False)
    assert state(judged(school), 4, 8) is Cover.COVERED


def test_two_subjects_that_may_be_linked_are_two_activities_to_record(school: School) -> None:
    pupil = make_pupil(school, 8)
    for subject in ("Art", "Music"):
        put_in_group(pupil, f"8/{subject}", kind="class", subject=subject)
        planned(school, [8], type="curriculum_link", subject=subject)
    found = judged(school)
    assert found.cells["gb4.2025.school.1", 8].fewest_facts == 2
    assert len(to_record(found)) == 2


def test_visits_for_those_thinking_of_university_are_not_asked_of_everyone() -> None:
    school = make_school(high_age=18)
    found = judged(school)
    assert found.cells["gb7.2025.school.2", 12].concern.some_pupils
    assert state(found, 7, 12) is Cover.NOT_CONCERNED


def test_only_what_one_source_published_is_judged_when_asked(school: School) -> None:
    planned(school, [8], source="https://one.example.org/", **MEANINGFUL)
    assert state(judged(school, source="https://one.example.org/"), 5, 8) is Cover.COVERED
    assert state(judged(school, source="https://two.example.org/"), 5, 8) is Cover.HOLE


def test_the_first_edition_can_be_asked_instead(school: School) -> None:
    planned(school, [8], about_work=True, stem=True)
    assert state(judged(school), 5, 8) is Cover.MAY
    assert state(judged(school, edition="gatsby-2014"), 5, 8) is Cover.COVERED


def test_another_schools_plan_covers_nothing_here(school: School) -> None:
    planned(make_school("Elsewhere"), [8], **MEANINGFUL)
    assert judged(school).plan == ()


def test_a_plan_is_judged_in_five_queries(school: School, django_assert_max_num_queries) -> None:
    for number in range(20):
        with_provider(planned(school, [7 + number % 5], type="provider_encounter"), f"Provider {number}")
    with django_assert_max_num_queries(5):
        judged(school)
