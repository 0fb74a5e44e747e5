"""Each operation means what its page shows, on every engine, and every operation there is has a page or a rule that uses it."""

from __future__ import annotations

import pytest

from criteria.engines import reference
from criteria.loading import load_all
from tests.agreement.engines import ENGINES, answer
from tests.agreement.operations import used_by, vocabulary
from tests.spec.page import COMMAND, EVERY_SPEC, PAGE, page
from tests.spec.pictures import Spec

pytestmark = pytest.mark.django_db
each_spec = pytest.mark.parametrize("spec", EVERY_SPEC, ids=lambda spec: spec.title)


@each_spec
def test_the_reference_engine_gives_the_answers_the_page_shows(spec: Spec) -> None:
    found = reference.evaluate(*spec.asked)
    assert {name: (row[0].state, row[0].count) for name, row in found.rows.items()} == spec.expected


@pytest.mark.parametrize("engine", ENGINES)
@each_spec
def test_every_query_gives_the_answers_the_page_shows(spec: Spec, engine: str) -> None:
    found = answer(engine, *spec.asked)
    assert {name: (row[0].state, row[0].count) for name, row in found.rows.items()} == spec.expected
    assert found.rows == reference.evaluate(*spec.asked).rows


def test_every_operation_is_shown_or_used_by_a_shipped_framework() -> None:
    shown = {operation for spec in EVERY_SPEC for operation in used_by(spec.written, spec.as_at)}
    shipped = {op for framework in load_all() for criterion in framework.criteria for op in used_by(criterion)}
    assert sorted(vocabulary() - shown - shipped) == []


def test_the_page_of_the_vocabulary_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"Write it again: {COMMAND}"
