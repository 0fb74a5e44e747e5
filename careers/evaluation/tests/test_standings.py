"""A school's own records, lent to the engine, give the standings a careers leader would expect."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from careers.evaluation.breakdown import asked_under, break_down
from careers.evaluation.figures import GROUP_BY_KEY, criterion_figures, heading_figures
from careers.evaluation.forecast import figures_of
from careers.evaluation.standings import SchoolStandings, editions, evaluate
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Characteristic, Pupil, YearHeld
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_pupil, make_school, put_in_group

pytestmark = pytest.mark.django_db

EMPLOYER = "gb5.2025.school.1"
WORTHWHILE = {
    "purpose_shared_with_partner": True,
    "purpose_shared_with_pupils": True,
    "learning_outcomes_set": True,
    "two_way": "some",
    "reflection_after": True,
}
TECHNICAL = {
    "in_school_day": True,
    "about_provider": True,
    "about_careers": True,
    "about_learning_there": True,
    "questions_answered": True,
}


def standings(school: School, day: date = TODAY, edition: str = "") -> SchoolStandings:
    with scope(school=school):
        return evaluate(school, editions(day, edition), day)


def state(pupil: Pupil, criterion: str, day: date = TODAY, edition: str = "") -> str:
    return standings(pupil.school, day, edition).standings.of(pupil.pk, criterion).state  # type: ignore[arg-type]


def provider_visit(pupil: Pupil, day: date, *names: str, eligible: bool | None = True, **fields: Any) -> Activity:
    activity = make_activity(pupil.school, "provider_encounter", day, **{**TECHNICAL, **fields})
    make_encounter(pupil, activity)
    with scopes_disabled():
        for name in names:
            partner, _ = Partner.objects.get_or_create(
                school=pupil.school, name=name, defaults={"kind": "provider", "pal_eligible": eligible}
            )
            ActivityPartner.objects.create(school=pupil.school, activity=activity, partner=partner)
    return activity


def test_a_pupil_who_met_an_employer_this_year_has_met_it() -> None:
    pupil = make_pupil(make_school())
    make_encounter(pupil, make_activity(pupil.school, **WORTHWHILE))
    assert state(pupil, EMPLOYER) == "met"


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("booked", date(2027, 3, 1), "booked"),
        ("booked", date(2026, 10, 1), "cannot_tell"),
        ("absent", date(2026, 10, 1), "due"),
        ("attended", date(2026, 6, 1), "due"),
    ],
)
def test_what_became_of_a_place_and_when_decides_where_a_pupil_stands(status: str, day: date, expected: str) -> None:
    pupil = make_pupil(make_school())
    make_encounter(pupil, make_activity(pupil.school, day=day, **WORTHWHILE), status)
    assert state(pupil, EMPLOYER) == expected


@pytest.mark.parametrize("status", ["cancelled", "proposed"])
def test_an_activity_that_is_only_proposed_or_was_cancelled_counts_for_nobody(status: str) -> None:
    pupil = make_pupil(make_school())
    make_encounter(pupil, make_activity(pupil.school, status=status, **WORTHWHILE))
    assert state(pupil, EMPLOYER) == "due"


def test_a_fact_nobody_recorded_leaves_it_untold() -> None:
    pupil = make_pupil(make_school())
    make_encounter(pupil, make_activity(pupil.school, **{**WORTHWHILE, "two_way": ""}))
    assert state(pupil, EMPLOYER) == "cannot_tell"


def test_two_occasions_with_the_same_provider_do_not_meet_the_duty_and_two_with_different_ones_do() -> None:
    school = make_school()
    same, different = make_pupil(school), make_pupil(school)
    for pupil, second in ((same, ["College"]), (different, ["College", "Training"])):
        provider_visit(pupil, date(2025, 11, 3), "College")
        provider_visit(pupil, date(2026, 10, 3), *second)
    found = standings(school).standings
    assert [found.of(pupil.pk, "pal.meet.1").state for pupil in (same, different)] == ["due", "met"]  # type: ignore[arg-type]


def test_a_provider_whose_eligibility_nobody_recorded_leaves_the_duty_untold() -> None:
    pupil = make_pupil(make_school())
    provider_visit(pupil, date(2025, 11, 3), "College")
    provider_visit(pupil, date(2026, 10, 3), "Somebody", eligible=None)
    assert state(pupil, "pal.meet.1") == "cannot_tell"


def test_a_pupil_who_repeated_year_9_keeps_what_they_did_in_their_own_year_7() -> None:
    pupil = make_pupil(make_school(), 8, academic_year=2025)
    with scopes_disabled():
        YearHeld.objects.create(school=pupil.school, pupil=pupil, academic_year=2026, year_group=8)
    own_year_7 = make_activity(pupil.school, "lmi_use", date(2024, 10, 1), information_used=True, informed_choice=True)
    make_encounter(pupil, own_year_7)
    assert state(pupil, "gb2.2025.school.1") == "met"


def test_only_subjects_the_pupil_studies_are_asked_for_and_a_pupil_with_none_recorded_cannot_be_told() -> None:
    school = make_school()
    artist, unknown = make_pupil(school), make_pupil(school)
    put_in_group(artist, "9/Ar1", kind="class", subject="Art")
    lesson = make_activity(school, "curriculum_link", subject="Art", career_relevance=True)
    make_encounter(artist, lesson)
    make_encounter(unknown, lesson)
    assert state(artist, "gb4.2025.school.1") == "met"
    assert state(unknown, "gb4.2025.school.1") == "cannot_tell"


@pytest.mark.parametrize("subject", ["Children's play", "100% design", 'The "real" world', "Ffiseg \\ ffŵythau"])
def test_a_subject_may_have_any_name(subject: str) -> None:
    pupil = make_pupil(make_school())
    put_in_group(pupil, "9/X", kind="class", subject=subject)
    make_encounter(pupil, make_activity(pupil.school, "curriculum_link", subject=subject, career_relevance=True))
    assert state(pupil, "gb4.2025.school.1") == "met"


def test_a_pupil_on_roll_whose_year_group_this_year_nobody_gave_cannot_be_told() -> None:
    pupil = make_pupil(make_school(), 8, academic_year=2025)
    assert state(pupil, EMPLOYER) == "cannot_tell"


def test_another_schools_pupils_and_encounters_are_never_counted() -> None:
    ours, theirs = make_pupil(make_school()), make_pupil(make_school("Other School"))
    make_encounter(theirs, make_activity(theirs.school, **WORTHWHILE))
    found = standings(ours.school)
    assert [person.pk for person in found.people] == [ours.pk]
    assert found.standings.of(ours.pk, EMPLOYER).state == "due"  # type: ignore[arg-type]


def test_last_years_edition_answers_for_last_year_and_can_be_chosen_by_hand() -> None:
    pupil = make_pupil(make_school())
    make_encounter(pupil, make_activity(pupil.school, day=date(2025, 3, 3), about_work=True))
    assert state(pupil, "gb5.2014.school.1", date(2025, 6, 1)) == "met"
    assert state(pupil, "gb5.2014.school.1", TODAY, "gatsby-2014") == "due"


def test_a_special_school_answers_only_for_the_pupils_it_names() -> None:
    school = make_school(kind=School.Kind.SPECIAL)
    named = make_pupil(school, in_benchmark_cohort=True)
    others = make_pupil(school, in_benchmark_cohort=False)
    nobody_said = make_pupil(school)
    found = standings(school).standings
    states = [found.of(pupil.pk, EMPLOYER).state for pupil in (named, others, nobody_said)]  # type: ignore[arg-type]
    assert states == ["due", "does_not_apply", "cannot_tell"]


def test_figures_for_a_group_are_of_its_pupils_on_that_day() -> None:
    school = make_school()
    with_support, without = make_pupil(school, sex="F"), make_pupil(school, sex="M")
    with scopes_disabled():
        Characteristic.objects.create(
            school=school, pupil=with_support, kind="sen_provision", value="K", starts_on=date(2025, 9, 1)
        )
    make_encounter(without, make_activity(school, **WORTHWHILE))
    found = standings(school)
    criterion = next(c for c in found.criteria if c.id == EMPLOYER)
    assert criterion_figures(found, criterion).met_percent == 50
    assert criterion_figures(found, criterion, GROUP_BY_KEY["sen"].holds).met_percent == 0
    assert criterion_figures(found, criterion, GROUP_BY_KEY["sex_m"].holds).met_percent == 100


def test_a_benchmark_is_only_as_good_as_its_weakest_criterion_for_each_pupil() -> None:
    school = make_school()
    make_pupil(school, 13)
    found = standings(school)
    gatsby = found.frameworks[0]
    heading = next(h for h in gatsby.headings if h.key == "8")
    assert heading_figures(found, gatsby, heading).counts == {"missed": 1}


def test_the_number_of_queries_does_not_grow_with_the_school() -> None:
    school = make_school()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            standings(school)
        return len(
            [q for q in captured.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL"))]
        )

    make_encounter(make_pupil(school), make_activity(school))
    few = asked()
    for _ in range(20):
        make_encounter(make_pupil(school, form="9A"), make_activity(school, **WORTHWHILE))
    assert asked() == few == 5


def test_a_leaver_is_on_the_criterion_about_leavers_but_in_no_benchmarks_figure() -> None:
    school = make_school()
    make_pupil(school, 13)
    leaver = make_pupil(school, 13, left_on=date(2026, 7, 31))
    with scopes_disabled():
        YearHeld.objects.filter(pupil=leaver, academic_year=2026).delete()
    found = standings(school)
    gatsby = found.frameworks[0]
    heading = next(h for h in gatsby.headings if h.key == "3")
    criteria = asked_under(found, gatsby, heading)
    about_leavers = next(c for c in criteria if c.id == "gb3.2025.school.4.immediate")
    assert criterion_figures(found, about_leavers).population == 1
    assert heading_figures(found, gatsby, heading).population == 1
    assert break_down(found, criteria).whole.population == 1
    assert figures_of(found, criteria).population == 1
