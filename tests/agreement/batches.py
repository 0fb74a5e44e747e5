"""Many random questions asked as one: every criterion of each, of everybody in all of them. Quick, and stricter than one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import HealthCheck, Phase, given, settings

from tests.agreement.effort import LONG
from tests.agreement.generated import Question, questions
from tests.agreement.generated_rows import DAYS

DAYS_ASKED = sorted(set(DAYS))
AT_ONCE = 30
DRAWN = 2500 if LONG else 200


@cache
def _drawn() -> dict[date, list[Question]]:
    """Random questions by the day they are asked about."""
    found: dict[date, list[Question]] = {day: [] for day in DAYS_ASKED}

    @settings(max_examples=DRAWN, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(question=questions())
    def draw(question: Question) -> None:
        found[question.as_at].append(question)

    draw()
    return found


def batches(as_at: date) -> list[Question]:
    """The questions drawn for a day, made few: one on a usual run."""
    of_the_day = _drawn()[as_at]
    starts = range(0, len(of_the_day) if LONG else 1, AT_ONCE)
    return [_together(of_the_day[start : start + AT_ONCE], as_at) for start in starts]


def _together(asked: Sequence[Question], as_at: date) -> Question:
    whole = Question([], [], [], as_at)
    for number, each in enumerate(asked):
        whole.written.extend(replace(c, id=f"{number} {c.id}") for c in each.criteria)
        whole.subjects.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.subjects)
        whole.log.extend({**row, "pupil": f"{number} {row['pupil']}"} for row in each.log)
    return whole
