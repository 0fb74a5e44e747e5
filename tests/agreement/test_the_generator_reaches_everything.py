"""The random questions miss nothing: every operation of the vocabulary, every circumstance and every rung of the ladder."""

from __future__ import annotations

import pytest

from criteria import conditions
from tests.agreement import operations
from tests.agreement.batches import covering, drawn, reached_by
from tests.agreement.operations import circumstances, vocabulary


def test_the_questions_use_every_operation_and_meet_every_circumstance() -> None:
    reached = set().union(*map(reached_by, covering()))
    assert sorted((vocabulary() | circumstances()) - reached) == []
    assert len(covering()) < len(drawn()) / 2


def test_a_condition_added_to_the_vocabulary_is_missed_by_name_until_it_is_generated(monkeypatch) -> None:
    class Between:
        pass

    monkeypatch.setattr(operations, "Condition", conditions.Condition | Between)
    with pytest.raises(AssertionError, match="Between is new"):
        vocabulary()
