"""Where a pupil stands on a criterion, and how that is decided. This is the specification of the states.

The engines count; only `decide` turns counts into a state, so no two engines can differ about what a count means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from criteria.conditions import Truth
from criteria.model import Criterion
from criteria.moments import Stage


class State(StrEnum):
    MET = "met"
    BOOKED = "booked"
    DUE = "due"
    MISSED = "missed"
    DOES_NOT_APPLY = "does_not_apply"
    CANNOT_TELL = "cannot_tell"


STATE_WORDS = {
    State.MET: "met",
    State.BOOKED: "booked",
    State.DUE: "due",
    State.MISSED: "missed",
    State.DOES_NOT_APPLY: "does not apply",
    State.CANNOT_TELL: "cannot tell",
}


class Reason(StrEnum):
    """Why nobody can tell."""

    NONE = ""
    POPULATION = "It is not known whether this applies to the pupil."
    SUBJECTS = "It is not known which subjects the pupil studies."
    JUDGEMENT = "Something happened that may count, but a fact about it is missing."
    JOINED_LATE = "The pupil joined after this began, and what happened before is not on record."


SETTLING_IN = timedelta(days=30)
"""A pupil who joins within thirty days of a window opening is not a late joiner: rolls settle in September."""


@dataclass(frozen=True)
class Tally:
    """What an engine counts for a pupil and a criterion.

    `sure` happened and counts; `possible` adds what happened and may count; `expected` adds to `sure` what is booked in time;
    `base` is how many encounters "every" is measured over.
    """

    sure: float = 0
    possible: float = 0
    expected: float = 0
    base: int = 0


NOTHING = Tally()


@dataclass(frozen=True)
class Window:
    """A criterion's dates for one stage."""

    opens: date
    closes: date
    due: date

    def joined_late(self, joined_on: date | None) -> bool:
        return joined_on is not None and joined_on > self.opens + SETTLING_IN


def window_of(criterion: Criterion, stage: Stage) -> Window | None:
    """The window at a stage, or None where the rule has no dates for it."""
    opens, closes, due = criterion.opens.on(stage), criterion.closes.on(stage), criterion.due.on(stage)
    if opens is None or closes is None or due is None:
        return None
    return Window(opens, closes, due)


@dataclass(frozen=True)
class Standing:
    """The answer: `count` of `needed` by `due`. `needed` is None when it is not known how many are."""

    state: State
    count: float = 0
    needed: float | None = None
    due: date | None = None
    reason: Reason = Reason.NONE


def decide(
    applies: Truth, tally: Tally, needed: float | None, window: Window | None, as_at: date, joined_late: bool
) -> Standing:
    """The state, by the first line that holds. A different order would be a different meaning: change it with care."""
    due = window.due if window else None
    if applies is False:
        return Standing(State.DOES_NOT_APPLY)
    if applies is None or window is None or due is None:
        return Standing(State.CANNOT_TELL, reason=Reason.POPULATION)
    if needed is None:
        return Standing(State.CANNOT_TELL, tally.sure, None, due, Reason.SUBJECTS)
    if needed == 0:
        return Standing(State.DOES_NOT_APPLY)
    if tally.sure >= needed:
        return Standing(State.MET, tally.sure, needed, due)
    if tally.expected >= needed and as_at <= due:
        return Standing(State.BOOKED, tally.sure, needed, due)
    if tally.possible >= needed:
        return Standing(State.CANNOT_TELL, tally.sure, needed, due, Reason.JUDGEMENT)
    if as_at <= due:
        return Standing(State.DUE, tally.sure, needed, due)
    if joined_late:
        return Standing(State.CANNOT_TELL, tally.sure, needed, due, Reason.JOINED_LATE)
    return Standing(State.MISSED, tally.sure, needed, due)


@dataclass(frozen=True)
class Standings:
    """Every pupil on every criterion: `rows[pupil]` is one standing for each of `criteria`, in order."""

    criteria: tuple[Criterion, ...]
    rows: dict[str, tuple[Standing, ...]]
    as_at: date

    @cached_property
    def position(self) -> dict[str, int]:
        return {criterion.id: i for i, criterion in enumerate(self.criteria)}

    def of(self, pupil: str, criterion: str) -> Standing:
        return self.rows[pupil][self.position[criterion]]

    def on(self, criterion: str) -> Iterator[tuple[str, Standing]]:
        """(pupil, standing) for one criterion."""
        i = self.position[criterion]
        return ((pupil, row[i]) for pupil, row in self.rows.items())
