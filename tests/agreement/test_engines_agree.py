"""The reference engine and every query give everybody the same standing, whatever the pupils, the log and the criteria."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from criteria.engines import reference
from criteria.loading import load_all
from tests.agreement.batches import DAYS_ASKED, batches, drawn
from tests.agreement.differences import differences
from tests.agreement.effort import examples
from tests.agreement.engines import ENGINES, answer
from tests.agreement.examples import Together, asked_together
from tests.agreement.generated import Question, questions

pytestmark = pytest.mark.django_db
every_engine = pytest.mark.parametrize("engine", ENGINES)


@every_engine
@settings(max_examples=examples(60))
@given(question=questions())
def test_an_engine_agrees_with_the_reference(engine: str, question: Question) -> None:
    assert differences(answer(engine, *question.asked), reference.evaluate(*question.asked)) == []


@every_engine
@pytest.mark.parametrize("as_at", DAYS_ASKED, ids=str)
def test_an_engine_agrees_about_many_questions_asked_as_one(engine: str, as_at: date) -> None:
    for batch in batches(drawn(), as_at):
        assert differences(answer(engine, *batch.asked), reference.evaluate(*batch.asked)) == []


@every_engine
@pytest.mark.parametrize("group", asked_together(), ids=str)
def test_every_example_of_every_framework_has_its_answer_from_the_query_too(engine: str, group: Together) -> None:
    found = answer(engine, *group.question)
    assert group.answers(found) == group.expected
    assert differences(found, reference.evaluate(*group.question)) == []


def test_a_pupil_nobody_knows_anything_about_is_never_said_to_have_met_or_missed() -> None:
    for framework in load_all():
        standings = reference.evaluate(framework.criteria, [{"pupil": "x"}], [], date(2026, 11, 22))
        assert {standing.state for standing in standings.rows["x"]} <= {"cannot_tell", "does_not_apply"}
