"""From counts to standings: what `sql` counted, decided for every pupil at once.

A thousand pupils share a few dozen ways of standing, so each distinct decision is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from criteria.conditions import Truth, leaves
from criteria.engines.reference import stage_of, with_roll
from criteria.engines.sql import Asked
from criteria.model import Cover, Criterion, Distinct, EachSubject, Every
from criteria.moments import Stage
from criteria.standing import NOTHING, Standing, Standings, Tally, Window, decide, window_of

Row = Mapping[str, Any]
Counted = tuple[Any, int, float, float, float, float, int, int, int]
"""pupil, criterion, base, sure, possible, expected, and the last three as numbers of different parts."""


Counts = tuple[float, ...]
"""A row without its pupil and criterion; empty where nothing was counted."""


class Deciding:
    """Remembers, for one day and one set of criteria, every decision made."""

    def __init__(self, criteria: Sequence[Criterion], as_at: date) -> None:
        self.criteria = tuple(criteria)
        self.as_at = as_at
        self.asked = tuple(sorted({leaf.attribute for c in criteria for leaf in leaves(c.population)}))
        self.needed = [criterion.needed_on(as_at) for criterion in criteria]
        self.by_parts = [isinstance(c.measure, (Distinct, Cover, EachSubject)) for c in criteria]
        self.by_subject = [n for n, c in enumerate(criteria) if isinstance(c.measure, EachSubject)]
        self.applies = cache(self._applies)
        self.windows = cache(self._windows)
        self.late = cache(self._late)
        self.standing = cache(self._standing)
        self.untouched = cache(self._untouched)

    def _applies(self, facts: tuple[Any, ...]) -> tuple[Truth, ...]:
        row = dict(zip(self.asked, facts, strict=True))
        return tuple(criterion.population.truth(row) for criterion in self.criteria)

    def _windows(self, stage: Stage | None) -> tuple[Window | None, ...]:
        return tuple(window_of(criterion, stage) if stage else None for criterion in self.criteria)

    def _late(self, stage: Stage | None, joined_on: date | None) -> tuple[bool, ...]:
        return tuple(window.joined_late(joined_on) if window else False for window in self.windows(stage))

    def _standing(
        self, number: int, applies: Truth, counts: Counts, subjects: int, stage: Stage | None, late: bool
    ) -> Standing:
        tally = self.tally_of(number, counts)
        needed = self.needed_of(number, subjects, tally)
        return decide(applies, tally, needed, self.windows(stage)[number], self.as_at, late)

    def _untouched(
        self, applies: tuple[Truth, ...], stage: Stage | None, late: tuple[bool, ...], subjects: int
    ) -> tuple[Standing, ...]:
        """Where a pupil with nothing counted stands."""
        return tuple(self.standing(n, each, (), subjects, stage, late[n]) for n, each in enumerate(applies))

    def needed_of(self, number: int, subjects: int, tally: Tally) -> float | None:
        measure = self.criteria[number].measure
        if isinstance(measure, EachSubject):
            return subjects or None
        if isinstance(measure, Every):
            return tally.base
        return self.needed[number]

    def tally_of(self, number: int, counts: Counts) -> Tally:
        if not counts:
            return NOTHING
        base, sure, possible, expected, sure_parts, possible_parts, expected_parts = counts
        if self.by_parts[number]:
            return Tally(sure_parts, possible_parts, expected_parts, int(base))
        return Tally(sure, possible, expected, int(base))


def asked_of(criteria: Sequence[Criterion], pupils: Iterable[Row], as_at: date) -> set[Asked]:
    """The stages present, each with the criteria that may apply to somebody at it: nothing else need be counted."""
    deciding = Deciding(criteria, as_at)
    profiles = {
        (stage, tuple(pupil.get(name) for name in deciding.asked))
        for pupil in (with_roll(given, as_at) for given in pupils)
        if (stage := stage_of(pupil, as_at)) is not None
    }
    return {
        (stage, number)
        for stage, facts in profiles
        for number, applies in enumerate(deciding.applies(facts))
        if applies is not False
    }


def assemble(
    criteria: Sequence[Criterion], pupils: Iterable[Row], counted: Iterable[Counted], as_at: date
) -> Standings:
    """Every pupil on every criterion, from the pupils' rows and what the query counted."""
    deciding = Deciding(criteria, as_at)
    found: dict[Any, list[Counted]] = {}
    for row in counted:
        found.setdefault(row[0], []).append(row)
    rows = {}
    for given in pupils:
        pupil = with_roll(given, as_at)
        stage = stage_of(pupil, as_at)
        applies = deciding.applies(tuple(pupil.get(name) for name in deciding.asked))
        late = deciding.late(stage, pupil.get("joined_on"))
        subjects = len(pupil.get("subjects") or ())
        standings = deciding.untouched(applies, stage, late, subjects)
        if counts := found.get(pupil["pupil"]):
            own = list(standings)
            for row in counts:
                n = row[1]
                own[n] = deciding.standing(n, applies[n], row[2:], subjects, stage, late[n])
            standings = tuple(own)
        rows[pupil["pupil"]] = standings
    return Standings(tuple(criteria), rows, as_at)
