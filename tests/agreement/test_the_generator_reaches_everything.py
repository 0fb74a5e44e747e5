"""The random questions miss nothing: every operation of the vocabulary, every circumstance and every rung of the ladder."""

from __future__ import annotations

from hypothesis import given, settings

from tests.agreement.generated import Question, questions
from tests.agreement.operations import circumstances, met_by, used_by, vocabulary

ENOUGH = 600
reached: set[str] = set()


@settings(max_examples=ENOUGH, derandomize=True)
@given(question=questions())
def ask(question: Question) -> None:
    for criterion in question.written:
        reached.update(used_by(criterion, question.as_at))
        for subject in question.subjects:
            log = [row for row in question.log if row["pupil"] == subject["pupil"]]
            reached.update(met_by(criterion.on(question.as_at), subject, log, question.as_at))


def test_the_generator_uses_every_operation_and_meets_every_circumstance() -> None:
    ask()
    assert sorted((vocabulary() | circumstances()) - reached) == []
