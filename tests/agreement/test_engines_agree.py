"""The reference engine and every query give everybody the same standing, whatever the pupils, the log and the criteria."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from criteria.engines import reference
from criteria.loading import load_all
from tests.agreement.effort import examples
from tests.agreement.engines import ENGINES, answer
from tests.agreement.examples import asked_together
from tests.agreement.generated import Question, questions

pytestmark = pytest.mark.django_db
every_engine = pytest.mark.parametrize("engine", ENGINES)


@every_engine
@settings(max_examples=examples(300))
@given(question=questions())
def test_an_engine_agrees_with_the_reference(engine: str, question: Question) -> None:
    asked = (question.criteria, question.subjects, question.log, question.as_at)
    assert answer(engine, *asked).rows == reference.evaluate(*asked).rows


@every_engine
@pytest.mark.parametrize("together", asked_together(), ids=str)
def test_every_example_of_every_framework_has_its_answer_from_the_query_too(engine, together) -> None:
    found = answer(engine, together.criteria, together.pupils, together.encounters, together.as_at)
    assert together.answers(found) == together.expected
    asked = (together.criteria, together.pupils, together.encounters, together.as_at)
    assert found.rows == reference.evaluate(*asked).rows


def test_a_pupil_nobody_knows_anything_about_is_never_said_to_have_met_or_missed() -> None:
    for framework in load_all():
        standings = reference.evaluate(framework.criteria, [{"pupil": "x"}], [], date(2026, 11, 22))
        assert {standing.state for standing in standings.rows["x"]} <= {"cannot_tell", "does_not_apply"}
