"""A forecast is the reference engine's answer to the same log with the same things supposed: the lent SQL supposes no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from django_scopes import scope, scopes_disabled

from careers.encounters.models import Encounter
from careers.evaluation.forecast import log_as_at
from careers.evaluation.pupil_log import pupil_log
from careers.evaluation.standings import SchoolStandings, editions, evaluate
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from criteria.engines import reference
from tests.agreement.schools import make_random_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 12, 31), date(2027, 7, 31), date(2027, 8, 31))
SEEDS = range(8)


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Iterator[None]:
    with clock.on(TODAY):
        yield


def make_a_school_with_plans(seed: int) -> tuple[School, list[Pupil]]:
    """Some of what is to come is for whole year groups, of which some have nobody booked yet."""
    school, pupils = make_random_school(seed)
    dice = Random(seed)
    with scopes_disabled():
        for activity in Activity.objects.filter(school=school, starts_on__gt=TODAY):
            activity.whole_cohort = dice.choice((True, True, False, None))
            activity.year_groups = dice.sample(range(7, 14), 4)
            activity.save()
            if dice.random() < 0.6:
                Encounter.objects.filter(activity=activity).delete()
    return school, pupils


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_to_come_is_answered_as_the_reference_engine_would_from_what_is_supposed(seed: int) -> None:
    school, pupils = make_a_school_with_plans(seed)
    with scope(school=school):
        logs = {pupil.pk: pupil_log(pupil) for pupil in pupils}
        for as_at in DAYS:
            found = evaluate(school, editions(as_at), as_at)
            for person in found.people:
                log = log_as_at(found, person, logs[person.pk])
                alone = reference.evaluate(found.criteria, [person.facts], log, as_at).rows[person.pk]
                assert alone == found.row(person)


def test_the_random_schools_have_pupils_who_are_only_expected_and_forecasts_that_differ() -> None:
    expected, differing = 0, 0
    for seed in SEEDS:
        school, _ = make_a_school_with_plans(seed)
        with scope(school=school):
            now, then = evaluate(school, editions(TODAY), TODAY), evaluate(school, editions(DAYS[1]), DAYS[1])
        assert then.supposing is not None
        expected += len(then.supposing.expected)
        differing += sum((_met(then) - _met(now)).values())
    assert expected > 10
    assert differing > 10


def _met(found: SchoolStandings) -> Counter[str]:
    rows = ((c.id, s) for person in found.people for c, s in zip(found.criteria, found.row(person), strict=True))
    return Counter(id for id, standing in rows if standing.state == "met")
