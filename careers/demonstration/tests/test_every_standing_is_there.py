"""The demonstration shows every state a criterion can be in, so a page that has them all can be looked at."""

from __future__ import annotations

from datetime import date

import pytest

from careers.demonstration.scenarios import SCENARIOS
from careers.demonstration.tests.conftest import DAY
from careers.evaluation.standings import SchoolStandings, beyond, editions, evaluate
from careers.schools.models import School

pytestmark = pytest.mark.usefixtures("demonstration")

CLOSE_OF_LAST_YEAR = date(2026, 8, 31)
EVERY_STATE = {"met", "booked", "due", "missed", "does_not_apply", "cannot_tell"}
NEVER = {
    "gb3.2014.school.2": {"booked"},
    "gb3.2025.school.4.immediate": {"booked"},
    "sg.offer.16": {"booked"},
    "sg.offer.17": {"booked"},
}
"""Advice is written down after an interview, destinations and offers once they are known: none is planned beforehand."""


@pytest.fixture(scope="module")
def answers(demonstration: object) -> list[SchoolStandings]:
    """Both schools under both editions, today and when last year had closed."""
    days = (DAY, CLOSE_OF_LAST_YEAR)
    frameworks = [
        (day, editions(day, edition) + beyond(day)) for day in days for edition in ("gatsby-2014", "gatsby-2025")
    ]
    return [evaluate(school, chosen, day) for school in School.objects.all() for day, chosen in frameworks]


def test_every_state_of_every_criterion_is_reached_by_somebody(answers: list[SchoolStandings]) -> None:
    reached: dict[str, set[str]] = {}
    for answer in answers:
        for position, criterion in enumerate(answer.criteria):
            states = {answer.row(person)[position].state.value for person in answer.people}
            reached.setdefault(criterion.id, set()).update(states)
    assert len(reached) > 20
    lacking = {name: EVERY_STATE - states - NEVER.get(name, set()) for name, states in reached.items()}
    assert {name: states for name, states in lacking.items() if states} == {}


@pytest.mark.parametrize(
    ("name", "criterion", "state"),
    [
        ("everything_done", "gb7.2025.school.1", "met"),
        ("everything_done", "gb6.2025.school.1", "met"),
        ("nothing_done", "pal.meet.1", "missed"),
        ("met_two_providers", "pal.meet.1", "met"),
        ("met_same_provider_twice", "pal.meet.1", "missed"),
        ("same_fair_with_one_provider_changed", "pal.meet.1", "met"),
        ("after_school_provider_only", "pal.meet.1", "missed"),
        ("content_not_covered", "pal.meet.1", "missed"),
        ("content_never_judged", "pal.meet.1", "cannot_tell"),
        ("providers_not_eligible", "pal.meet.1", "missed"),
        ("providers_of_unknown_eligibility", "pal.meet.1", "cannot_tell"),
        ("after_28_february", "pal.meet.1", "missed"),
        ("leap_day", "pal.meet.1", "missed"),
        ("the_joiner_in_year_9_spring", "pal.meet.1", "cannot_tell"),
        ("offered_but_absent", "pal.offer.3", "met"),
        ("part_time_job_only", "gb6.2014.school.1", "missed"),
        ("two_good_placements", "gb6.2025.school.1", "met"),
        ("considering_he_unknown", "gb7.2025.school.2", "cannot_tell"),
        ("not_considering_he", "gb7.2025.school.2", "does_not_apply"),
        ("two_university_visits", "gb7.2025.school.2", "met"),
        ("no_university_visit", "gb7.2025.school.2", "due"),
        ("never_judged", "gb5.2025.school.1", "cannot_tell"),
        ("adviser_level_unknown", "gb8.2025.school.1", "cannot_tell"),
        ("adviser_not_qualified", "gb8.2025.school.1", "missed"),
        ("guidance_booked", "gb8.2025.school.1", "booked"),
        ("declined_guidance", "gb8.2014.school.2", "met"),
        ("declined_guidance", "gb8.2025.school.2", "due"),
        ("followed_for_three_years", "gb3.2014.school.4", "met"),
        ("lost_after_leaving", "gb3.2014.school.4", "missed"),
        ("outside_the_benchmark_cohort", "gb5.2025.school.1", "does_not_apply"),
        ("benchmark_cohort_unknown", "gb5.2025.school.1", "cannot_tell"),
        ("year_group_unknown", "pal.meet.2", "cannot_tell"),
    ],
)
def test_a_scenario_stands_as_its_name_says(
    answers: list[SchoolStandings], name: str, criterion: str, state: str
) -> None:
    found = {
        answer.of(person, asked).state.value
        for answer in answers
        for person in answer.people
        for asked in answer.criteria
        if (answer.as_at, person.upn, asked.id) == (DAY, SCENARIOS[name].upn, criterion)
    }
    assert found == {state}
