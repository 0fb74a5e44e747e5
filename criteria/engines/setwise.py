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


class Deciding:
    """Remembers, for one day and one set of criteria, every decision made."""

    def __init__(self, criteria: Sequence[Criterion], as_at: date) -> None:
        self.criteria = tuple(criteria)
        self.as_at = as_at
        asked = {leaf.attribute for criterion in criteria for leaf in leaves(criterion.population)}
        self.asked = tuple(sorted(asked))
        self.needed = [criterion.needed_on(as_at) for criterion in criteria]
        self.by_parts = [isinstance(c.measure, (Distinct, Cover, EachSubject)) for c in criteria]
        self.from_record = [n for n, c in enumerate(criteria) if isinstance(c.measure, EachSubject)]
        self.applies = cache(self._applies)
        self.windows = cache(self._windows)
        self.standing = cache(self._standing)
        self.untouched = cache(self._untouched)

    def _applies(self, facts: tuple[Any, ...]) -> tuple[Truth, ...]:
        row = dict(zip(self.asked, facts, strict=True))
        return tuple(criterion.population.truth(row) for criterion in self.criteria)

    def _windows(self, stage: Stage | None) -> tuple[Window | None, ...]:
        return tuple(window_of(criterion, stage) if stage else None for criterion in self.criteria)

    def _standing(
        self, number: int, applies: Truth, counted: Tally, needed: float | None, stage: Stage | None, late: bool
    ) -> Standing:
        return decide(applies, counted, needed, self.windows(stage)[number], self.as_at, late)

    def _untouched(self, facts: tuple[Any, ...], stage: Stage | None, late: tuple[bool, ...]) -> tuple[Standing, ...]:
        """Where a pupil with nothing counted stands on everything that is not measured by their own record."""
        return tuple(
            self.standing(n, applies, NOTHING, self.needed_of(n, None, NOTHING), stage, late[n])
            for n, applies in enumerate(self.applies(facts))
        )

    def needed_of(self, number: int, subjects: Any, counted: Tally) -> float | None:
        measure = self.criteria[number].measure
        if isinstance(measure, EachSubject):
            return len(subjects) if subjects else None
        if isinstance(measure, Every):
            return counted.base
        return self.needed[number]

    def tally_of(self, row: Counted) -> Tally:
        _, number, base, sure, possible, expected, sure_parts, possible_parts, expected_parts = row
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
        facts = tuple(pupil.get(name) for name in deciding.asked)
        stage = stage_of(pupil, as_at)
        windows = deciding.windows(stage)
        joined = pupil.get("joined_on")
        late = tuple(window.joined_late(joined) if window else False for window in windows)
        standings = list(deciding.untouched(facts, stage, late))
        applies = deciding.applies(facts)
        subjects = pupil.get("subjects")
        for n in deciding.from_record:
            standings[n] = deciding.standing(
                n, applies[n], NOTHING, deciding.needed_of(n, subjects, NOTHING), stage, late[n]
            )
        for row in found.get(pupil["pupil"], ()):
            n, tally = row[1], deciding.tally_of(row)
            standings[n] = deciding.standing(
                n, applies[n], tally, deciding.needed_of(n, subjects, tally), stage, late[n]
            )
        rows[pupil["pupil"]] = tuple(standings)
    return Standings(tuple(criteria), rows, as_at)
