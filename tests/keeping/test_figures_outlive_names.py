"""Figures of past cohorts stay what they were when names are taken away: the engine answers alike before and after."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django_scopes import scope

from careers.demonstration import signing_in
from careers.demonstration.loading import load
from careers.evaluation.readings import choices_of
from careers.evaluation.standings import beyond, editions, evaluate
from careers.leadership.actions import choose_reading
from careers.protection.retention import run_school
from careers.schools.models import School
from tests.keeping.leavers import make_leaver
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_school

NEEDS_A_CHARACTERISTIC = {"ehcp.y9_review"}
"""What is asked only of pupils with a plan can no longer be told of pupils whose special needs are no longer known."""
LAST_YEAR, LONG_AGO = date(2026, 7, 31), date(2022, 7, 31)


def figures(school: School, day: date) -> dict[str, Counter[tuple[bool, str]]]:
    found = evaluate(school, editions(day) + beyond(day), day)
    return {
        criterion.id: Counter((person.on_roll, found.of(person, criterion).state.value) for person in found.people)
        for criterion in found.criteria
    }


def test_figures_of_past_years_are_the_same_without_names(db: None) -> None:
    load()
    signing_in.forget()
    for school in School.objects.all():
        with scope(school=school):
            before = {day: figures(school, day) for day in (TODAY, LAST_YEAR, LONG_AGO)}
        assert [done.term.rule.key for done in run_school(school, TODAY)] == ["pupil"]
        with scope(school=school):
            after = {day: figures(school, day) for day in (TODAY, LAST_YEAR, LONG_AGO)}
        assert after[TODAY] == before[TODAY]
        assert after[LAST_YEAR] == before[LAST_YEAR]
        changed = {key for key, counts in before[LONG_AGO].items() if after[LONG_AGO][key] != counts}
        assert changed <= NEEDS_A_CHARACTERISTIC
        assert sum(sum(counts.values()) for counts in before[LONG_AGO].values()) > 0


def test_without_a_birthday_nothing_is_said_to_be_missed(db: None) -> None:
    """Where a school reads "by the age of 16" as the birthday, nobody can tell of a pupil whose birthday is gone."""
    school, day = make_school(), date(2021, 7, 1)
    with scope(school=school):
        choose_reading(school=school, framework="gatsby-2014", key="by-age", choice="birthday", by=make_person(school))
    pupil = make_leaver(school, 2021, 11)
    make_encounter(pupil, make_activity(school, "guidance_meeting", date(2020, 3, 1), one_to_one=True, adviser_level=6))

    def state() -> str:
        with scope(school=school):
            found = evaluate(school, editions(day, "", choices_of(school)), day)
            criterion = next(each for each in found.criteria if each.id == "gb8.2014.school.1")
            return found.of(found.people[0], criterion).state.value

    assert state() == "met"
    list(run_school(school, TODAY))
    assert state() == "cannot_tell"
