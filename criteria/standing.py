"""Where a pupil stands on a criterion, and how that is decided. This is the specification of the states.

The engines count; the ladder below turns counts into a state, in Python (`decide`) or written into a query (engines/columns.py),
so no two engines can differ about what a count means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from criteria.conditions import Truth
from criteria.model import Criterion, Joiners
from criteria.moments import Own, Stage


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
    WINDOW = "It is not known when this is due, because a date it hangs on is not on record."
    SUBJECTS = "It is not known which subjects the pupil studies."
    JUDGEMENT = "Something happened that may count, but a fact about it is missing."
    JOINED_LATE = "The pupil joined after this began, and what happened before is not on record."


SETTLING_IN = timedelta(days=30)
"""A pupil who joins within thirty days of a window opening is not a late joiner: rolls settle in September."""


@dataclass(frozen=True)
class Tally:
    """What an engine counts for a pupil and a criterion.

    `sure` happened and counts; `possible` adds what happened and may count; `expected` adds to `sure` what is booked in time;
    `base` is how many encounters "every" is measured over. The last three are those of them that pass the test of `of_which`.
    """

    sure: float = 0
    possible: float = 0
    expected: float = 0
    base: int = 0
    sure_of: int = 0
    possible_of: int = 0
    expected_of: int = 0


NOTHING = Tally()


@dataclass(frozen=True)
class Window:
    """A criterion's dates for one stage."""

    opens: date
    closes: date
    due: date

    def joined_late(self, joined_on: date | None) -> bool:
        return joined_on is not None and joined_on > self.opens + SETTLING_IN


def window_of(criterion: Criterion, stage: Stage, own: Own | None = None) -> Window | None:
    """The window at a stage, or None where the rule has no dates for it. `own` is the subject's row, for dates of its own."""
    opens, closes, due = criterion.opens.on(stage, own), criterion.closes.on(stage, own), criterion.due.on(stage, own)
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


class Fact(StrEnum):
    """What the ladder asks. Each is true or false of a pupil and a criterion, never unknown."""

    NOT_FOR_THEM = "it is not for this pupil"
    PERHAPS_FOR_THEM = "it is not known whether it is for this pupil"
    NO_WINDOW = "it is not known when it is due"
    NEED_UNKNOWN = "it is not known how many are needed"
    NOTHING_NEEDED = "none is needed"
    ENOUGH = "enough happened that counts"
    ENOUGH_EXPECTED = "with what is booked in time there will be enough"
    ENOUGH_POSSIBLE = "with what may count there would be enough"
    IN_TIME = "the due date has not passed"
    JOINED_LATE = "the pupil joined after the window opened"
    JOINERS_EXCUSED = "the rule is not asked of those who joined late"
    JOINERS_UNKNOWN = "what those who joined late did before is not known"


@dataclass(frozen=True)
class Rung:
    """A state, and all the facts that must hold for it."""

    state: State
    when: tuple[Fact, ...]
    reason: Reason = Reason.NONE


LADDER = (
    Rung(State.DOES_NOT_APPLY, (Fact.NOT_FOR_THEM,)),
    Rung(State.CANNOT_TELL, (Fact.PERHAPS_FOR_THEM,), Reason.POPULATION),
    Rung(State.CANNOT_TELL, (Fact.NO_WINDOW,), Reason.WINDOW),
    Rung(State.CANNOT_TELL, (Fact.NEED_UNKNOWN,), Reason.SUBJECTS),
    Rung(State.DOES_NOT_APPLY, (Fact.NOTHING_NEEDED,)),
    Rung(State.MET, (Fact.ENOUGH,)),
    Rung(State.DOES_NOT_APPLY, (Fact.JOINED_LATE, Fact.JOINERS_EXCUSED)),
    Rung(State.BOOKED, (Fact.ENOUGH_EXPECTED, Fact.IN_TIME)),
    Rung(State.CANNOT_TELL, (Fact.ENOUGH_POSSIBLE,), Reason.JUDGEMENT),
    Rung(State.DUE, (Fact.IN_TIME,)),
    Rung(State.CANNOT_TELL, (Fact.JOINED_LATE, Fact.JOINERS_UNKNOWN), Reason.JOINED_LATE),
    Rung(State.MISSED, ()),
)
"""The state is that of the first rung whose facts all hold. A different order would be a different meaning: change it with care."""


@dataclass(frozen=True)
class Case:
    """One pupil and one criterion, counted: what the facts of the ladder are facts of."""

    criterion: Criterion
    applies: Truth
    tally: Tally
    needed: float | None
    window: Window | None
    as_at: date
    joined_late: bool

    def holds(self, fact: Fact) -> bool:
        return bool(_FACTS[fact](self))

    def enough(self, count: float, of_which: int) -> bool:
        special = self.criterion.of_which
        return self.needed is not None and count >= self.needed and (special is None or of_which >= special.at_least)


_FACTS: dict[Fact, Callable[[Case], bool]] = {
    Fact.NOT_FOR_THEM: lambda case: case.applies is False,
    Fact.PERHAPS_FOR_THEM: lambda case: case.applies is None,
    Fact.NO_WINDOW: lambda case: case.window is None,
    Fact.NEED_UNKNOWN: lambda case: case.needed is None,
    Fact.NOTHING_NEEDED: lambda case: case.needed == 0,
    Fact.ENOUGH: lambda case: case.enough(case.tally.sure, case.tally.sure_of),
    Fact.ENOUGH_EXPECTED: lambda case: case.enough(case.tally.expected, case.tally.expected_of),
    Fact.ENOUGH_POSSIBLE: lambda case: case.enough(case.tally.possible, case.tally.possible_of),
    Fact.IN_TIME: lambda case: case.window is not None and case.as_at <= case.window.due,
    Fact.JOINED_LATE: lambda case: case.joined_late,
    Fact.JOINERS_EXCUSED: lambda case: case.criterion.joiners is Joiners.DOES_NOT_APPLY,
    Fact.JOINERS_UNKNOWN: lambda case: case.criterion.joiners is Joiners.CANNOT_TELL,
}


def rung_of(case: Case) -> Rung:
    """The first rung of the ladder whose facts all hold."""
    return next(rung for rung in LADDER if all(case.holds(fact) for fact in rung.when))


def decide(case: Case) -> Standing:
    """Where the pupil stands, by the ladder."""
    rung = rung_of(case)
    return standing_on(rung, case.tally.sure, case.needed, case.window.due if case.window else None)


def standing_on(rung: Rung, count: float, needed: float | None, due: date | None) -> Standing:
    """What is said of a pupil on a rung: nothing is counted where it does not apply, or nobody can tell whether it does."""
    if rung.state is State.DOES_NOT_APPLY:
        return Standing(rung.state)
    if rung.reason in (Reason.POPULATION, Reason.WINDOW):
        return Standing(rung.state, reason=rung.reason)
    return Standing(rung.state, count, needed, due, rung.reason)


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
