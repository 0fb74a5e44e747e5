"""What a pupil's page is explained from is what the whole school is counted from: the ORM and the lent SQL say the same."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django_scopes import scope

from careers.evaluation.pupil_log import pupil_log
from careers.evaluation.standings import beyond, editions, evaluate
from criteria.engines import reference
from criteria.explanation import explain
from criteria.loading import load
from criteria.standing import State
from tests.agreement.schools import make_random_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
DAYS = (TODAY, date(2026, 7, 31), date(2024, 11, 22))
SEEDS = range(10)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pupils_own_log_gives_the_standings_that_the_school_was_given(seed: int) -> None:
    school, pupils = make_random_school(seed)
    with scope(school=school):
        logs = {pupil.pk: pupil_log(pupil) for pupil in pupils}
        for as_at in DAYS:
            for edition in ("", "gatsby-2014"):
                found = evaluate(school, editions(as_at, edition) + beyond(as_at), as_at)
                for person in found.people:
                    alone = reference.evaluate(found.criteria, [person.facts], logs[person.pk], as_at).rows[person.pk]
                    assert dict(zip(_ids(found.criteria), alone, strict=True)) == dict(
                        zip(_ids(found.criteria), found.row(person), strict=True)
                    )


READ_OTHERWISE = {"by-age": "birthday", "joiners": "does not apply", "workplace-experiences": "3"}


@pytest.mark.parametrize("seed", SEEDS)
def test_so_it_is_for_a_school_that_reads_the_open_questions_otherwise(seed: int) -> None:
    school, pupils = make_random_school(seed)
    frameworks = tuple(load(name, readings=READ_OTHERWISE) for name in ("gatsby-2014", "gatsby-2025"))
    with scope(school=school):
        found = evaluate(school, frameworks, TODAY)
        assert found.people
        for person in found.people:
            log = pupil_log(next(pupil for pupil in pupils if pupil.pk == person.pk))
            assert reference.evaluate(found.criteria, [person.facts], log, TODAY).rows[person.pk] == found.row(person)


def test_an_explanation_is_of_the_standing_that_lists_show() -> None:
    school, pupils = make_random_school(100)
    with scope(school=school):
        found = evaluate(school, editions(TODAY) + beyond(TODAY), TODAY)
        for pupil in pupils:
            if person := found.by_pk.get(pupil.pk):
                log = pupil_log(pupil)
                explained = [explain(criterion, person.facts, log, TODAY).standing for criterion in found.criteria]
                assert explained == list(found.row(person))


def test_the_random_schools_reach_every_state() -> None:
    reached: Counter[State] = Counter()
    for seed in SEEDS:
        school, _ = make_random_school(seed)
        with scope(school=school):
            found = evaluate(school, editions(TODAY) + beyond(TODAY), TODAY)
        reached.update(standing.state for person in found.people for standing in found.row(person))
    assert {state for state in State if reached[state] < 5} == set()


def test_a_pupils_log_takes_two_queries_however_long_it_is(django_assert_num_queries) -> None:
    school, pupils = make_random_school(3)
    with scope(school=school), django_assert_num_queries(2):
        assert pupil_log(pupils[0])


def _ids(criteria) -> list[str]:
    return [criterion.id for criterion in criteria]
