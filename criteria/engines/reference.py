"""The definition of truth: plain loops over one pupil's encounters. Slow on purpose; every other engine must agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from criteria.conditions import Truth, both
from criteria.model import Count, Cover, Criterion, Distinct, EachSubject, Every, Participation, Total
from criteria.moments import Stage
from criteria.periods import AcademicYear
from criteria.standing import NOTHING, Standing, Standings, Tally, Window, decide, window_of

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
    """One thing an encounter may add. `key` tells things apart where different ones are counted; `counts` is whether it does."""

    key: object
    weight: float
    counts: Truth


def parts(criterion: Criterion, pupil: Row, encounter: Row, needed: float | None) -> Iterable[Part]:
    """What one encounter in the window may add to the measure, before asking whether the pupil was there."""
    counts = criterion.qualifying.truth(encounter)
    match criterion.measure:
        case Count():
            yield Part(None, 1, counts)
        case Total(attribute):
            amount = encounter.get(attribute)
            unknown = amount is None
            yield Part(
                None, (needed or 0) if unknown else float(amount or 0), both(counts, None) if unknown else counts
            )
        case Distinct(attribute):
            value = encounter.get(attribute)
            key = ("not known", encounter["encounter"]) if value is None else value
            yield Part(key, 1, both(counts, None) if value is None else counts)
        case Cover(attribute, groups):
            held = encounter.get(attribute)
            values = (held,) if isinstance(held, str) else held
            for name, codes in groups:
                yield Part(name, 1, both(counts, None if values is None else any(code in values for code in codes)))
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
    sure: list[Part] = []
    possible: list[Part] = []
    expected: list[Part] = []
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
                truth = both(part.counts, there)
                if truth:
                    sure.append(part)
                    expected.append(part)
                if truth is not False:
                    possible.append(part)
            elif part.counts and not every and will_take_part(criterion, encounter) and encounter["date"] <= window.due:
                expected.append(part)
    return Tally(measured(criterion, sure), measured(criterion, possible), measured(criterion, expected), base)


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
    applies = criterion.population.truth(pupil)
    stage = stage_of(pupil, as_at)
    window = window_of(criterion, stage) if stage else None
    counted = tally(criterion, pupil, encounters, window, as_at) if window and applies is not False else NOTHING
    needed = needed_by(criterion, pupil, counted, as_at)
    late = window.joined_late(pupil.get("joined_on")) if window else False
    return decide(applies, counted, needed, window, as_at, late)


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
