"""From counts to standings: what `sql` counted, decided for every pupil at once.

A thousand pupils share a few dozen ways of standing, so each distinct decision is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from criteria.conditions import Truth, leaves
from criteria.engines.needs import own_dates
from criteria.engines.reference import stage_of, with_roll
from criteria.engines.sql import Asked
from criteria.model import Criterion, EachSubject, Every
from criteria.moments import Stage
from criteria.standing import NOTHING, Case, Standing, Standings, Tally, Window, decide, window_of

Row = Mapping[str, Any]
Counted = tuple[Any, int, int, float, float, float, int, int, int]
"""pupil, criterion, base; sure, possible and expected, and the same of special ones."""


Counts = tuple[float, ...]
"""A row without its pupil and criterion; empty where nothing was counted."""

When = tuple[Stage | None, tuple[date | None, ...]]


class Deciding:
    """Remembers, for one day and one set of criteria, every decision made."""

    def __init__(self, criteria: Sequence[Criterion], as_at: date) -> None:
        self.criteria = tuple(criteria)
        self.as_at = as_at
        self.asked = tuple(sorted({leaf.attribute for c in criteria for leaf in leaves(c.population)}))
        self.own_dates = own_dates(criteria)
        self.needed = [criterion.needed_on(as_at) for criterion in criteria]
        self.by_subject = [n for n, c in enumerate(criteria) if isinstance(c.measure, EachSubject)]
        self.applies = cache(self._applies)
        self.windows = cache(self._windows)
        self.late = cache(self._late)
        self.standing = cache(self._standing)
        self.untouched = cache(self._untouched)

    def _applies(self, facts: tuple[Any, ...]) -> tuple[Truth, ...]:
        row = dict(zip(self.asked, facts, strict=True))
        return tuple(criterion.population.truth(row) for criterion in self.criteria)

    def when(self, pupil: Row) -> When:
        """What decides a pupil's windows: the stage, and such dates of their own as the criteria hang on."""
        return stage_of(pupil, self.as_at), tuple(pupil.get(name) for name in self.own_dates)

    def _windows(self, when: When) -> tuple[Window | None, ...]:
        stage, days = when
        own = dict(zip(self.own_dates, days, strict=True))
        return tuple(window_of(criterion, stage, own) if stage else None for criterion in self.criteria)

    def _late(self, when: When, joined_on: date | None) -> tuple[bool, ...]:
        return tuple(window.joined_late(joined_on) if window else False for window in self.windows(when))

    def _standing(self, number: int, applies: Truth, counts: Counts, subjects: int, when: When, late: bool) -> Standing:
        tally = self.tally_of(number, counts)
        needed = self.needed_of(number, subjects, tally)
        window = self.windows(when)[number]
        return decide(Case(self.criteria[number], applies, tally, needed, window, self.as_at, late))

    def _untouched(
        self, applies: tuple[Truth, ...], when: When, late: tuple[bool, ...], subjects: int
    ) -> tuple[Standing, ...]:
        """Where a pupil with nothing counted stands."""
        return tuple(self.standing(n, each, (), subjects, when, late[n]) for n, each in enumerate(applies))

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
        base, sure, possible, expected, *special = counts
        return Tally(sure, possible, expected, int(base), *map(int, special))


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
        when = deciding.when(pupil)
        applies = deciding.applies(tuple(pupil.get(name) for name in deciding.asked))
        late = deciding.late(when, pupil.get("joined_on"))
        subjects = len(pupil.get("subjects") or ())
        standings = deciding.untouched(applies, when, late, subjects)
        if counts := found.get(pupil["pupil"]):
            own = list(standings)
            for row in counts:
                n = row[1]
                own[n] = deciding.standing(n, applies[n], row[2:], subjects, when, late[n])
            standings = tuple(own)
        rows[pupil["pupil"]] = standings
    return Standings(tuple(criteria), rows, as_at)
