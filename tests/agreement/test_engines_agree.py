"""The reference engine and the query give every pupil the same standing, whatever the pupils, the log and the criteria."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from criteria.engines import flat, reference
from criteria.loading import as_read, load_all
from tests.agreement.generated import AS_AT, questions


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@settings(max_examples=400, deadline=None)
@given(question=questions())
def test_the_query_agrees_with_the_reference(engine, question) -> None:
    criteria, pupils, encounters = question
    expected = reference.evaluate(criteria, pupils, encounters, AS_AT)
    found = flat.evaluate(criteria, pupils, encounters, AS_AT, engine)
    assert found.rows == expected.rows


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_every_example_of_every_framework_has_its_answer_from_the_query_too(engine) -> None:
    for framework in load_all():
        for criterion in framework.criteria:
            for example in criterion.examples:
                asked = as_read(framework.id, criterion, example)
                standings = flat.evaluate([asked], [example.pupil], example.encounters, example.as_at, engine)
                assert standings.of("the pupil", criterion.id).state == example.state, example.name


def test_a_pupil_nobody_knows_anything_about_is_never_said_to_have_met_or_missed() -> None:
    for framework in load_all():
        standings = reference.evaluate(framework.criteria, [{"pupil": "x"}], [], date(2026, 11, 22))
        assert {standing.state for standing in standings.rows["x"]} <= {"cannot_tell", "does_not_apply"}
