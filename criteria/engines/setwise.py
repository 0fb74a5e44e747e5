"""From counts to standings: what `sql` counted, decided for every pupil at once.

A thousand pupils share a few dozen ways of standing, so each distinct decision is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
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


STAGED = ("academic_year", "year_group", "repeated_year")
"""The columns of a pupil's row that say the stage."""


class Deciding:
    """Remembers, for one day and one set of criteria, every decision made."""

    def __init__(self, criteria: Sequence[Criterion], as_at: date) -> None:
        self.criteria = tuple(criteria)
        self.as_at = as_at
        self.asked = tuple(sorted({leaf.attribute for c in criteria for leaf in leaves(c.population)}))
        self.own_dates = own_dates(criteria)
        self.columns = (*STAGED, *self.own_dates, *self.asked)
        self.needed = [criterion.needed_on(as_at) for criterion in criteria]
        self.applies = cache(self._applies)
        self.windows = cache(self._windows)
        self.standing = cache(self._standing)
        self.profile = cache(partial(Profile, self))
        self.alike: dict[tuple[Any, ...], Profile] = {}

    def profile_of(self, pupil: Row) -> Profile:
        """What is so of this pupil. Looked up by plain values first: hashing a stage is slow, and most pupils are like another."""
        subjects = len(pupil.get("subjects") or ())
        key = (subjects, pupil.get("joined_on"), *map(pupil.get, self.columns))
        if key not in self.alike:
            when = self.when(pupil)
            applies = self.applies(tuple(map(pupil.get, self.asked)))
            self.alike[key] = self.profile(applies, when, self.late(when, pupil.get("joined_on")), subjects)
        return self.alike[key]

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

    def late(self, when: When, joined_on: date | None) -> tuple[bool, ...]:
        return tuple(window.joined_late(joined_on) if window else False for window in self.windows(when))

    def _standing(self, number: int, applies: Truth, counts: Counts, subjects: int, when: When, late: bool) -> Standing:
        tally = self.tally_of(number, counts)
        needed = self.needed_of(number, subjects, tally)
        window = self.windows(when)[number]
        return decide(Case(self.criteria[number], applies, tally, needed, window, self.as_at, late))

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


class Profile:
    """All that decides where a pupil stands but for what is counted: shared by every pupil of whom the same is so."""

    def __init__(
        self, deciding: Deciding, applies: tuple[Truth, ...], when: When, late: tuple[bool, ...], subjects: int
    ) -> None:
        self.deciding, self.applies, self.when, self.late, self.subjects = deciding, applies, when, late, subjects
        self.answers: dict[Counts, Standing] = {}
        self.untouched = [self._decide(number, ()) for number in range(len(applies))]
        """Where somebody with nothing counted stands."""

    def standing(self, counted: Counts) -> Standing:
        """`counted` is the place of a criterion, and what was counted for it."""
        if counted not in self.answers:
            self.answers[counted] = self._decide(int(counted[0]), counted[1:])
        return self.answers[counted]

    def _decide(self, number: int, counts: Counts) -> Standing:
        return self.deciding.standing(number, self.applies[number], counts, self.subjects, self.when, self.late[number])


def asked_of(criteria: Sequence[Criterion], pupils: Iterable[Row], as_at: date) -> set[Asked]:
    """The stages present, each with the criteria that may apply to somebody at it: nothing else need be counted."""
    deciding = Deciding(criteria, as_at)
    columns = (*STAGED, *deciding.asked)
    profiles = {tuple(map(with_roll(given, as_at).get, columns)) for given in pupils}
    return {
        (stage, number)
        for profile in profiles
        if (stage := stage_of(dict(zip(STAGED, profile[: len(STAGED)], strict=True)), as_at)) is not None
        for number, applies in enumerate(deciding.applies(profile[len(STAGED) :]))
        if applies is not False
    }


def assemble(
    criteria: Sequence[Criterion], pupils: Iterable[Row], counted: Iterable[Counted], as_at: date
) -> Standings:
    """Every pupil on every criterion, from the pupils' rows and what the query counted."""
    deciding = Deciding(criteria, as_at)
    profiles = {given["pupil"]: deciding.profile_of(with_roll(given, as_at)) for given in pupils}
    found = {pupil: list(profile.untouched) for pupil, profile in profiles.items()}
    for row in counted:
        if profile := profiles.get(row[0]):
            found[row[0]][row[1]] = profile.standing(row[1:])
    return Standings(tuple(criteria), {pupil: tuple(own) for pupil, own in found.items()}, as_at)
