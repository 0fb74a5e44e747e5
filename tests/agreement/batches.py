"""Many random questions asked as one: every criterion of each, of everybody in all of them. Quick, and stricter than one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.agreement.effort import LONG, SEED
from tests.agreement.generated import TURNS, Question, Turn, questions
from tests.agreement.generated_rows import DAYS
from tests.agreement.operations import met_by, used_by

DAYS_ASKED = sorted(set(DAYS))
AT_ONCE = 30
OF_EACH_TURN = 70 if LONG else 5


@cache
def drawn() -> list[Question]:
    """The random questions that every engine is asked: as many of each turn as of another."""
    found: list[Question] = []
    for number, turn in enumerate(TURNS):
        _draw(found, turn, f"{SEED} {number}")
    return found


def _draw(found: list[Question], turn: Turn, start: str) -> None:
    @seed(start)  # without it every turn would begin from the same, and ask about the same pupils
    @settings(
        max_examples=OF_EACH_TURN, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=False
    )
    @given(question=questions(turn))
    def draw(question: Question) -> None:
        found.append(question)

    draw()


def reached_by(question: Question) -> set[str]:
    """The operations and circumstances of a question (tests/agreement/operations.py)."""
    reached: set[str] = set()
    for criterion in question.written:
        reached |= used_by(criterion, question.as_at)
        for subject in question.subjects:
            log = [row for row in question.log if row["pupil"] == subject["pupil"]]
            reached |= met_by(criterion.on(question.as_at), subject, log, question.as_at)
    return reached


@cache
def covering() -> list[Question]:
    """As few of the questions as reach everything that all of them do, for an engine slow to ask."""
    reached: set[str] = set()
    chosen = []
    for question in drawn():
        if new := reached_by(question) - reached:
            chosen.append(question)
            reached |= new
    return chosen


def batches(asked: Sequence[Question], as_at: date) -> list[Question]:
    """The questions of a day, made few."""
    of_the_day = [question for question in asked if question.as_at == as_at]
    starts = range(0, len(of_the_day), AT_ONCE)
    return [together(of_the_day[start : start + AT_ONCE], as_at) for start in starts]


def together(asked: Sequence[Question], as_at: date) -> Question:
    whole = Question([], [], [], as_at)
    for number, each in enumerate(asked):
        whole.written.extend(replace(c, id=f"{number} {c.id}") for c in each.criteria)
        whole.subjects.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.subjects)
        whole.log.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.log)
    return whole
