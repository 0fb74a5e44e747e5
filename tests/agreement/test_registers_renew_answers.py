"""After registers an answer is asked again for the pupils marked alone, and says what asking for the whole school says."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from django_scopes import scope

from careers.audit.record import record, version_of
from careers.encounters.actions import MARKS, register_refused, take_register
from careers.encounters.models import Encounter
from careers.encounters.registers import marked_since
from careers.evaluation.standings import beyond, editions, evaluate, renewed
from careers.programme.models import Activity
from careers.schools import clock
from tests.agreement.schools import make_random_school
from tests.makers import TODAY, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_brought_up_to_date_is_the_answer_asked_afresh(seed: int) -> None:
    school, pupils = make_random_school(seed)
    chance = random.Random(seed)
    frameworks = editions(TODAY) + beyond(TODAY)
    with scope(school=school), clock.on(TODAY):
        person = make_person(school)
        answer, version = evaluate(school, frameworks, TODAY), version_of(school)
        held = [activity for activity in Activity.objects.all() if not register_refused(activity)]
        for _ in range(4):
            for activity in chance.sample(held, 3):
                log = dict(Encounter.objects.filter(activity=activity).values_list("pupil", "status"))
                some = chance.sample(pupils, len(pupils) // 3)
                seen = {pupil: log.get(pupil.pk, "") for pupil in some}
                take_register(
                    activity=activity, marks={pupil: chance.choice(MARKS) for pupil in some}, seen=seen, by=person
                )
            marked = marked_since(school, version, version_of(school))
            assert marked
            answer, version = renewed(answer, marked), version_of(school)
            assert answer == evaluate(school, frameworks, TODAY)


def test_what_else_is_changed_means_asking_for_everybody() -> None:
    school, _ = make_random_school(1)
    with transaction.atomic():
        record("changed an activity", by=None, school=school)
    assert marked_since(school, 0, 1) is None
    assert marked_since(school, 1, 1) == set()
