"""The definition of truth: plain loops over one pupil's encounters. Slow on purpose; every other engine must agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from criteria.conditions import Truth, both
from criteria.model import Count, Cover, Criterion, Distinct, EachSubject, Every, Participation, Total
from criteria.moments import Stage
from criteria.periods import AcademicYear
from criteria.standing import NOTHING, Case, Standing, Standings, Tally, Window, decide, window_of

Row = Mapping[str, Any]


def stage_of(pupil: Row, as_at: date) -> Stage | None:
    """Where a pupil stands in school life; None when the year group is not known."""
    if pupil.get("year_group") is None:
        return None
    academic_year = pupil.get("academic_year") or AcademicYear.containing(as_at).start_year
    return Stage(academic_year, pupil["year_group"], pupil.get("repeated_year") or 0)


def with_roll(pupil: Row, as_at: date) -> Row:
    """The pupil with `on_roll` worked out from the dates, unless it was given."""
    if pupil.get("on_roll") is not None:
        return pupil
    joined, left = pupil.get("joined_on"), pupil.get("left_on")
    return {**pupil, "on_roll": (joined is None or joined <= as_at) and (left is None or left >= as_at)}


@dataclass(frozen=True)
class Part:
    """One thing an encounter may add. `key` tells things apart where different ones are counted; `counts` is whether it does,
    and `of_which` whether it is also one of the special ones the rule asks for among them.
    """

    key: object
    weight: float
    counts: Truth
    of_which: Truth = False


def parts(criterion: Criterion, pupil: Row, encounter: Row, needed: float | None) -> Iterable[Part]:
    """What one encounter in the window may add to the measure, before asking whether the pupil was there."""
    counts = criterion.qualifying.truth(encounter)
    special = criterion.of_which.test.truth(encounter) if criterion.of_which else False
    match criterion.measure:
        case Count():
            yield Part(None, 1, counts, both(counts, special))
        case Total(attribute):
            amount = encounter.get(attribute)
            unknown = amount is None
            weight = (needed or 0) if unknown else float(amount or 0)
            sums = both(counts, None) if unknown else counts
            yield Part(None, weight, sums, both(sums, special))
        case Distinct(attribute):
            value = encounter.get(attribute)
            key = ("not known", encounter["encounter"]) if value is None else value
            yield Part(key, 1, both(counts, None) if value is None else counts)
        case Cover(groups):
            for name, condition in groups:
                yield Part(name, 1, both(counts, condition.truth(encounter)))
        case Every(test):
            yield Part(None, 1, both(counts, test.truth(encounter)))
        case EachSubject():
            subject = encounter.get("subject")
            studied = None if pupil.get("subjects") is None else subject in pupil["subjects"]
            if subject is not None and studied:
                yield Part(subject, 1, counts)


def took_part(criterion: Criterion, encounter: Row) -> Truth:
    """Whether a past encounter was the pupil's. A place still booked after the day is a register never taken: not known."""
    if criterion.participation is Participation.OFFERED:
        return True
    return {"attended": True, "booked": None}.get(encounter["status"], False)


def will_take_part(criterion: Criterion, encounter: Row) -> bool:
    """Whether an encounter after the day asked about is expected to be the pupil's."""
    return criterion.participation is Participation.OFFERED or encounter["status"] in ("booked", "attended")


def tally(criterion: Criterion, pupil: Row, encounters: Iterable[Row], window: Window, as_at: date) -> Tally:
    """Count a pupil's encounters for one criterion."""
    needed = criterion.needed_on(as_at)
    found = Found()
    base = 0
    every = isinstance(criterion.measure, Every)  # what has yet to happen cannot make good what has
    for encounter in encounters:
        if encounter.get("date") is None or not window.opens <= encounter["date"] <= window.closes:
            continue
        past = encounter["date"] <= as_at
        there = took_part(criterion, encounter)
        if past and there and every and criterion.qualifying.truth(encounter):
            base += 1
        for part in parts(criterion, pupil, encounter, needed):
            if past:
                found.happened(part, there)
            elif not every and will_take_part(criterion, encounter) and encounter["date"] <= window.due:
                found.is_booked(part)
    return found.tally(criterion, base)


@dataclass
class Found:
    """The parts met so far: those that surely count, may count, or are expected to; and the special ones among each."""

    sure: list[Part] = field(default_factory=list)
    possible: list[Part] = field(default_factory=list)
    expected: list[Part] = field(default_factory=list)
    sure_of: int = 0
    possible_of: int = 0
    expected_of: int = 0

    def happened(self, part: Part, there: Truth) -> None:
        truth, special = both(part.counts, there), both(part.of_which, there)
        if truth:
            self.sure.append(part)
            self.expected.append(part)
        if truth is not False:
            self.possible.append(part)
        self.sure_of += special is True
        self.expected_of += special is True
        self.possible_of += special is not False

    def is_booked(self, part: Part) -> None:
        if part.counts:
            self.expected.append(part)
        self.expected_of += part.of_which is True

    def tally(self, criterion: Criterion, base: int) -> Tally:
        sure, possible, expected = (measured(criterion, parts) for parts in (self.sure, self.possible, self.expected))
        return Tally(sure, possible, expected, base, self.sure_of, self.possible_of, self.expected_of)


def measured(criterion: Criterion, found: Sequence[Part]) -> float:
    if isinstance(criterion.measure, (Distinct, Cover, EachSubject)):
        return len({part.key for part in found})
    return sum(part.weight for part in found)


def needed_by(criterion: Criterion, pupil: Row, counted: Tally, as_at: date) -> float | None:
    """How many this pupil needs: from the rule, or from the pupil's own record."""
    if isinstance(criterion.measure, EachSubject):
        return len(pupil["subjects"]) if pupil.get("subjects") else None
    if isinstance(criterion.measure, Every):
        return counted.base
    return criterion.needed_on(as_at)


def standing_of(criterion: Criterion, pupil: Row, encounters: Iterable[Row], as_at: date) -> Standing:
    """Where one pupil stands on one criterion. `pupil` must already have `on_roll` (see `with_roll`)."""
    return decide(case_of(criterion, pupil, encounters, as_at))


def case_of(criterion: Criterion, pupil: Row, encounters: Iterable[Row], as_at: date) -> Case:
    """What is to be decided: everything the ladder asks about one pupil and one criterion."""
    applies = criterion.population.truth(pupil)
    stage = stage_of(pupil, as_at)
    window = window_of(criterion, stage, pupil) if stage else None
    counted = tally(criterion, pupil, encounters, window, as_at) if window and applies is not False else NOTHING
    needed = needed_by(criterion, pupil, counted, as_at)
    late = window.joined_late(pupil.get("joined_on")) if window else False
    return Case(criterion, applies, counted, needed, window, as_at, late)


def once_each(encounters: Iterable[Row]) -> list[Row]:
    """Encounters with those given twice for the same occasion (a pupil on two rolls) kept once, the first."""
    kept: dict[object, Row] = {}
    for number, encounter in enumerate(encounters):
        key = encounter.get("encounter") or f"row {number}"
        kept.setdefault(key, {**encounter, "encounter": key})
    return list(kept.values())


def evaluate(criteria: Sequence[Criterion], pupils: Iterable[Row], encounters: Iterable[Row], as_at: date) -> Standings:
    """Every pupil on every criterion."""
    log: dict[str, list[Row]] = {}
    for encounter in encounters:
        log.setdefault(encounter["pupil"], []).append(encounter)
    rows = {}
    for given in pupils:
        pupil = with_roll(given, as_at)
        own = once_each(log.get(pupil["pupil"], []))
        rows[pupil["pupil"]] = tuple(standing_of(criterion, pupil, own, as_at) for criterion in criteria)
    return Standings(tuple(criteria), rows, as_at)
