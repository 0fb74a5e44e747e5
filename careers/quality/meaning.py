"""The tests of a meaningful encounter (four) and of a meaningful experience of a workplace (seven), and how they stand.

They are those of the 2025 benchmarks (frameworks/gatsby-2025, criteria 5.1 and 6.1). A fact is a field of Activity; nothing here is
stored. That an encounter with a provider is asked the same four is our choice: what the benchmark on providers asks besides
meeting staff and learners could not be confirmed, and no criterion on providers reads them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careers.programme.models import Activity

Type = Activity.Type
YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_OR_NO: tuple[tuple[str, str, Any], ...] = ((YES, "Yes", True), (NO, "No", False), (UNKNOWN, "Not known", None))
HOW_MUCH: tuple[tuple[str, str, Any], ...] = (
    ("extensive", "A lot", "extensive"),
    ("some", "Some", "some"),
    ("none", "None", "none"),
    (UNKNOWN, "Not known", ""),
)


class State(StrEnum):
    MET, NOT_MET, UNKNOWN = "met", "not met", "not known"


WORDS = {State.MET: ("Met", "\N{CHECK MARK}", "met"), State.NOT_MET: ("Not met", "\N{MULTIPLICATION X}", "missed"),
         State.UNKNOWN: ("Not known", "?", "unknown")}  # fmt: skip
"""For each state its word, its shape, and the last part of the name of its colour."""


@dataclass(frozen=True)
class Fact:
    """A field of Activity as a question; `answers` are (key, words, value), the last of them not known."""

    name: str
    short: str
    question: str
    answers: tuple[tuple[str, str, Any], ...] = YES_OR_NO
    wanted: tuple[Any, ...] = (True,)

    def value(self, key: str) -> Any:
        """The value an answer stands for. KeyError for one that was not offered."""
        return {each: value for each, _, value in self.answers}[key]

    def words(self, value: Any) -> str:
        return next((words for _, words, each in self.answers if each == value and type(each) is type(value)), "")

    def state(self, activity: Activity) -> State:
        held = getattr(activity, self.name)
        if held is None or held == "":
            return State.UNKNOWN
        return State.MET if held in self.wanted else State.NOT_MET


@dataclass(frozen=True)
class Test:
    """A test is met when each of its facts is, and not met when one is not."""

    title: str
    facts: tuple[Fact, ...]

    def state(self, activity: Activity) -> State:
        states = {fact.state(activity) for fact in self.facts}
        return next(
            (each for each in (State.NOT_MET, State.UNKNOWN) if each in states),
            State.MET,
        )


PURPOSE = Test(
    "A clear purpose, shared beforehand",
    (
        Fact(
            "purpose_shared_with_partner", "purpose shared with the partner", "Was the purpose shared with the partner?"
        ),
        Fact("purpose_shared_with_pupils", "purpose shared with pupils", "Was the purpose shared with pupils?"),
    ),
)
OUTCOMES = Test(
    "Learning outcomes",
    (Fact("learning_outcomes_set", "learning outcomes", "Was it decided what pupils should learn?"),),
)
TWO_WAY = Test(
    "Two-way interaction",
    (
        Fact(
            "two_way",
            "two-way interaction",
            "How much did pupils ask and talk, and not only listen?",
            HOW_MUCH,
            ("some", "extensive"),
        ),
    ),
)
EXTENSIVE = Test(
    "A lot of two-way interaction with people who work there",
    (
        Fact(
            "two_way",
            "two-way interaction",
            "How much did pupils ask and talk, and not only listen?",
            HOW_MUCH,
            ("extensive",),
        ),
    ),
)
RANGE = Test(
    "A range of people", (Fact("met_range_of_people", "a range of people", "Did pupils meet a range of people?"),)
)
TASK = Test("A task the employer set", (Fact("employer_set_task", "a task", "Did pupils do a task the employer set?"),))
FEEDBACK = Test(
    "The employer’s feedback on that work",
    (Fact("employer_feedback", "feedback on the task", "Did the employer tell pupils how they did?"),),
)
REFLECTION = Test(
    "Time to reflect afterwards",
    (Fact("reflection_after", "time to reflect", "Was there time afterwards to think about it?"),),
)
FOUR = (PURPOSE, OUTCOMES, TWO_WAY, REFLECTION)
SEVEN = (PURPOSE, OUTCOMES, EXTENSIVE, RANGE, TASK, FEEDBACK, REFLECTION)
TESTS: dict[str, tuple[Test, ...]] = {
    Type.EMPLOYER_ENCOUNTER: FOUR,
    Type.CAREERS_EVENT: FOUR,
    Type.PROVIDER_ENCOUNTER: FOUR,
    Type.WORKPLACE_EXPERIENCE: SEVEN,
}
FACTS = {fact.name: fact for test in SEVEN for fact in test.facts}


def tests_of(activity: Activity) -> tuple[Test, ...]:
    """The tests its type is asked; none for a type that is no encounter."""
    return TESTS.get(activity.type, ())


def fact_of(activity: Activity, name: str) -> Fact | None:
    return next((fact for test in tests_of(activity) for fact in test.facts if fact.name == name), None)


def missing(activity: Activity) -> list[Fact]:
    """The facts its tests want that are not known."""
    return [fact for test in tests_of(activity) for fact in test.facts if fact.state(activity) is State.UNKNOWN]
