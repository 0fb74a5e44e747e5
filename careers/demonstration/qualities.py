"""How good an activity was, as far as anyone judged: the attributes that make the difference between standings.

The 2025 tests were not asked before last year, so most older activities leave them unknown. What the 2014 edition asks has
been known all along. About one activity in ten was never judged at all, and one that is still to come is judged by its plan.
"""

from __future__ import annotations

from random import Random
from typing import Any

from careers.programme.models import Activity

Type = Activity.Type
MEANINGFUL = ("purpose_shared_with_partner", "purpose_shared_with_pupils", "learning_outcomes_set", "reflection_after")
WORKPLACE = ("met_range_of_people", "employer_set_task", "employer_feedback")
ACCESS = ("about_provider", "about_careers", "about_learning_there", "questions_answered")
JUDGED = {
    Type.EMPLOYER_ENCOUNTER: MEANINGFUL,
    Type.CAREERS_EVENT: MEANINGFUL,
    Type.WORKPLACE_EXPERIENCE: MEANINGFUL + WORKPLACE,
    Type.PROVIDER_ENCOUNTER: MEANINGFUL,
}
PURPOSE = "So that every pupil can say what the work is like, what it asks for and how people came into it."
OUTCOMES = "Name two routes into the work; ask a question of your own; write down what you would do next."


def judged(type: str, offset: int, rng: Random, *, past: bool, good: float = 0.93) -> dict[str, Any]:
    """The quality attributes of an activity held `offset` years from this one (0 or less)."""
    wanted = JUDGED.get(Type(type))
    if wanted is None:
        return {}
    luck = rng.random()
    if (offset <= -2 and luck > 0.2) or (past and luck < 0.1):
        return dict.fromkeys(wanted) | {"two_way": ""}
    if type == Type.WORKPLACE_EXPERIENCE or not past:
        good = good**0.3  # more is asked of a workplace, and nobody plans to do badly
    flags: dict[str, Any] = {name: rng.random() < good for name in wanted}
    if not past and luck < 0.25:
        flags["reflection_after"] = None
    if flags["learning_outcomes_set"]:
        flags |= {"purpose": PURPOSE, "learning_outcomes": OUTCOMES}
    most = "extensive" if type == Type.WORKPLACE_EXPERIENCE else "some"
    return flags | {"two_way": most if rng.random() < good else "none"}


def contents(offset: int, rng: Random, *, missing: str = "", past: bool = True) -> dict[str, Any]:
    """The four contents of provider access, known since the law asked for them (January three years before last)."""
    if offset <= -4 or (past and rng.random() < 0.08):
        return dict.fromkeys(ACCESS)
    return {name: name != missing for name in ACCESS}


FULL = dict.fromkeys((*MEANINGFUL, *WORKPLACE), True) | {
    "two_way": "extensive",
    "about_work": True,
    "purpose": PURPOSE,
}
"""An activity that passes every 2025 test of an encounter or a workplace, for pupils whose story needs one."""
