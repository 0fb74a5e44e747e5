"""Whether one planned activity counts towards one criterion for a pupil of a year group, by the engine's own definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from careers.evaluation.coverage_rows import Planned, Span
from criteria import explanation
from criteria.conditions import Condition, Is, Truth, both, leaves
from criteria.engines.reference import Part, parts
from criteria.model import Criterion
from criteria.moments import Stage
from criteria.periods import AcademicYear
from criteria.standing import Window, window_of

RECORD_KEEPING = ("survey", "review", "guidance_meeting")
"""Where a rule that names no type (Benchmark 3's records) is looked for, besides wherever a stated fact speaks for it."""


@dataclass(frozen=True)
class Concern:
    """A criterion as it concerns a year group in one academic year.

    `year_groups` are those a pupil passes through while it is open. `some_pupils`: it is only for those of whom more is known.
    """

    criterion: Criterion
    year_group: int
    pupil: dict[str, Any]
    window: Window
    some_pupils: bool
    year_groups: range

    @property
    def yearly(self) -> bool:
        return len(self.year_groups) == 1


@dataclass(frozen=True)
class Judgement:
    """`truth` True: it counts; None: it may, once `unknown` is recorded; False: it is of the kind but `lacks` something."""

    concern: Concern
    planned: Planned
    truth: Truth
    parts: tuple[Part, ...]
    unknown: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def concern_of(
    criterion: Criterion, year_group: int, year: AcademicYear, subjects: tuple[str, ...] | None
) -> Concern | None:
    """None where the criterion does not apply to the year group, or its dates do not touch this year."""
    pupil = {
        "setting": criterion.settings[0],
        "year_group": year_group,
        "academic_year": year.start_year,
        "on_roll": True,
        "in_benchmark_cohort": True,
        "subjects": subjects,
        "born": date(year.start_year - year_group - 4, 3, 1),  # the middle of the class, where a rule asks the birthday
    }
    chosen = {**pupil, "considering_he": True}
    window = window_of(criterion, Stage(year.start_year, year_group), pupil)
    if window is None or criterion.population.truth(chosen) is not True:
        return None
    if window.opens > year.closes or window.due < year.starts:
        return None
    some_pupils = criterion.population.truth(pupil) is None
    first = year_group - year.start_year + AcademicYear.containing(window.opens).start_year
    last = year_group - year.start_year + AcademicYear.containing(window.due).start_year
    return Concern(criterion, year_group, chosen, window, some_pupils, range(first, last + 1))


def judge(concern: Concern, planned: Planned) -> Judgement | None:
    """None where the activity is of another kind than the criterion speaks of."""
    criterion, row = concern.criterion, planned.row
    if not is_of_the_kind(criterion, row):
        return None
    timing = _in_time(planned.span, concern.window)
    pupil = concern.pupil if concern.pupil["subjects"] is not None else {**concern.pupil, "subjects": (row["subject"],)}
    found = parts(criterion, pupil, row, criterion.needed_on(planned.span.middle))
    judged = tuple(Part(part.key, part.weight, both(part.counts, timing)) for part in found)
    truths = [part.counts for part in judged]
    truth = True if True in truths else None if None in truths else False
    unknown = explanation.unknown(criterion, row) if truth is None else []
    if truth is None and timing is None:
        unknown.append(f"it is not recorded whether it is held by {concern.window.due.day} {concern.window.due:%B}")
    return Judgement(concern, planned, truth, judged, tuple(unknown), _lacks(concern, planned, truth, timing))


def _lacks(concern: Concern, planned: Planned, truth: Truth, timing: Truth) -> tuple[str, ...]:
    if truth is not False:
        return ()
    lacks = explanation.lacking(concern.criterion, planned.row)
    if timing is False:
        lacks.append(
            f"it would come after {concern.window.due.day} {concern.window.due:%B}, too late for Year {concern.year_group}"
        )
    return tuple(lacks) or ("it is in a subject that nobody in the year group studies",)


def _in_time(span: Span, window: Window) -> Truth:
    if window.opens <= span.first and span.last <= window.due:
        return True
    return False if span.last < window.opens or span.first > window.due else None


def is_of_the_kind(criterion: Criterion, row: dict[str, Any]) -> bool:
    if _names_a_type(criterion.qualifying):
        return _type_can_count(criterion.qualifying, row["type"])
    return row["type"] in RECORD_KEEPING or any(leaf.truth(row) for leaf in leaves(criterion.qualifying))


@cache
def _names_a_type(qualifying: Condition) -> bool:
    return any(isinstance(leaf, Is) and leaf.attribute == "type" for leaf in leaves(qualifying))


@cache
def _type_can_count(qualifying: Condition, type: str) -> bool:
    """With nothing else known, the rule is not false of an activity of this type."""
    return qualifying.truth({"type": type}) is not False
