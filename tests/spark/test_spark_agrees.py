"""Spark gives everybody the standing the reference engine gives. Many questions are asked at once: each costs it a second or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from criteria.engines import flat, reference
from tests.agreement.effort import LONG
from tests.agreement.examples import Together, asked_together
from tests.agreement.generated import Question, questions
from tests.agreement.generated_rows import DAYS

pytestmark = [
    # Pyspark leaves the closing of its sockets to the collector of garbage.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
AT_ONCE = 40
DRAWN = 2000 if LONG else 200


@cache
def drawn() -> dict[date, list[Question]]:
    """Random questions by the day they are asked about."""
    found: dict[date, list[Question]] = {day: [] for day in sorted(set(DAYS))}

    @settings(max_examples=DRAWN, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(question=questions())
    def draw(question: Question) -> None:
        found[question.as_at].append(question)

    draw()
    return found


def together(asked: Sequence[Question], as_at: date) -> Question:
    """One question out of many: every criterion of each is asked of everybody in all of them."""
    whole = Question([], [], [], as_at)
    for number, each in enumerate(asked):
        whole.written.extend(replace(c, id=f"{number} {c.id}") for c in each.criteria)
        whole.subjects.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.subjects)
        whole.log.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.log)
    return whole


@pytest.mark.parametrize("as_at", sorted(set(DAYS)), ids=str)
def test_spark_agrees_about_random_questions(spark: Any, as_at: date) -> None:
    of_the_day = drawn()[as_at]
    assert len(of_the_day) >= 10
    for start in range(0, len(of_the_day) if LONG else 1, AT_ONCE):
        whole = together(of_the_day[start : start + AT_ONCE], as_at)
        asked = (whole.criteria, whole.subjects, whole.log, as_at)
        assert flat.evaluate(*asked, "spark", spark).rows == reference.evaluate(*asked).rows


@pytest.mark.parametrize("group", asked_together(), ids=str)
def test_spark_gives_every_example_of_every_framework_its_answer(spark: Any, group: Together) -> None:
    found = flat.evaluate(group.criteria, group.pupils, group.encounters, group.as_at, "spark", spark)
    assert group.answers(found) == group.expected
    assert found.rows == reference.evaluate(group.criteria, group.pupils, group.encounters, group.as_at).rows
