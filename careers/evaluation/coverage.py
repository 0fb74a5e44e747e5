"""What a plan would cover before anything is delivered, for a pupil of each year group who comes to everything meant for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from careers.evaluation.coverage_judging import Concern, Judgement, concern_of, judge
from careers.evaluation.coverage_rows import Audience, Planned, plan_of, subjects_by_year_group
from careers.evaluation.standings import criteria_for, editions
from careers.schools.models import School
from criteria.engines.reference import measured
from criteria.model import Criterion, EachSubject, Every, Framework, Heading
from criteria.periods import AcademicYear

Key = tuple[str, int]
"""A criterion's id and a year group."""


Judged = tuple[tuple[Judgement, ...], tuple[Judgement, ...]]
"""What is meant for everyone of a year group, and what for some of it."""


class Cover(StrEnum):
    """What the plan holds for a year group and a rule. In the order that decides for a benchmark with several rules."""

    HOLE = "hole"
    SOME = "some pupils only"
    MAY = "may count"
    COVERED = "covered"
    NOT_THIS_YEAR = "nothing this year"
    NOT_CONCERNED = "does not apply"


@dataclass(frozen=True)
class Cell:
    """One criterion for one year group. `sure` of `needed` is what stated facts suffice for, `possible` what may be."""

    concern: Concern
    state: Cover
    sure: float
    possible: float
    needed: float | None
    judgements: tuple[Judgement, ...]
    for_some: tuple[Judgement, ...]
    """What counts or may count, but is not meant for everyone of the year group."""

    @property
    def criterion(self) -> Criterion:
        return self.concern.criterion

    def judged(self, truth: bool | None) -> list[Judgement]:
        return [judgement for judgement in self.judgements if judgement.truth is truth]

    @property
    def shortfall(self) -> float:
        """How many more it wants. A year group adds what it can to a rule of several years: one more is enough there."""
        return max((self.needed or 1) - self.sure, 1) if self.concern.yearly else 1

    def easiest(self) -> list[Judgement]:
        """The activities to record facts about, those that want fewest first, as many as make up the shortfall."""
        chosen: list[Judgement] = []
        held = [judgement for judgement in self.judgements if judgement.truth]
        for judgement in sorted(self.judged(None), key=lambda judgement: len(judgement.unknown)):
            gained = _measured(self.criterion, [*held, *chosen, judgement], True, None)
            if gained > _measured(self.criterion, [*held, *chosen], True, None):
                chosen.append(judgement)
            if gained - self.sure >= self.shortfall:
                break
        return chosen

    @property
    def fewest_facts(self) -> int:
        """The facts to record before it is covered."""
        return sum(len(judgement.unknown) for judgement in self.easiest())


@dataclass(frozen=True)
class Stretch:
    """A criterion of several years, for a pupil who goes through all of them on this year's programme."""

    criterion: Criterion
    year_groups: tuple[int, ...]
    sure: float
    possible: float
    for_luckiest: float
    """What is possible for a pupil who is also picked for everything that is for some pupils only."""
    needed: float | None
    some_pupils: bool

    @property
    def out_of_reach(self) -> bool:
        return self.needed is not None and self.for_luckiest < self.needed


@dataclass(frozen=True)
class Coverage:
    school: School
    year: AcademicYear
    source: str
    frameworks: tuple[Framework, ...]
    criteria: tuple[Criterion, ...]
    plan: tuple[Planned, ...]
    cells: dict[Key, Cell]
    stretches: dict[Key, Stretch]

    @property
    def year_groups(self) -> tuple[int, ...]:
        return self.school.year_groups

    @cached_property
    def headings(self) -> list[tuple[Heading, tuple[Criterion, ...]]]:
        """Benchmarks and duties that have criteria for pupils on roll, in order."""
        found = []
        for framework in self.frameworks:
            for heading in framework.headings:
                criteria = tuple(c for c in framework.under(heading) if any(c.id == key for key, _ in self.cells))
                if criteria:
                    found.append((heading, criteria))
        return found

    def cells_of(self, criteria: Iterable[Criterion], year_group: int) -> list[Cell]:
        """Cells for every pupil of a year group; rules for some pupils only (thinking of university) are shown apart."""
        keys = [(criterion.id, year_group) for criterion in criteria]
        found = [self.cells[key] for key in keys if key in self.cells]
        return [cell for cell in found if not cell.concern.some_pupils]

    def state(self, criteria: Iterable[Criterion], year_group: int) -> Cover:
        held = {cell.state for cell in self.cells_of(criteria, year_group)}
        return next((state for state in Cover if state in held), Cover.NOT_CONCERNED)

    def holes_in(self, year_group: int) -> int:
        return sum(self.state(criteria, year_group) is Cover.HOLE for _, criteria in self.headings)

    def of_audience(self, audience: Audience) -> list[Planned]:
        return [planned for planned in self.plan if planned.audience is audience]

    @cached_property
    def planned_year_groups(self) -> tuple[int, ...]:
        """Those for which anything is planned at all."""
        named = {group for planned in self.plan for group in planned.year_groups}
        return tuple(group for group in self.year_groups if group in named)

    @property
    def empty_year_groups(self) -> tuple[int, ...]:
        return tuple(group for group in self.year_groups if group not in self.planned_year_groups)


def coverage_of(
    school: School, year: AcademicYear, source: str = "", edition: str = "", with_proposed: bool = False
) -> Coverage:
    """Judge the plan of a year, or what one source published of it. Four queries."""
    frameworks = editions(year.starts, edition)
    criteria = criteria_for(school, frameworks)
    plan = plan_of(school, year, source, with_proposed)
    subjects = subjects_by_year_group(school, year)
    concerns = [
        concern
        for criterion in criteria
        for group in school.year_groups
        if (concern := concern_of(criterion, group, year, subjects.get(group)))
    ]
    meant = {group: [planned for planned in plan if group in planned.year_groups] for group in school.year_groups}
    judged = {(c.criterion.id, c.year_group): _judged(c, meant[c.year_group]) for c in concerns}
    stretches = _stretches(concerns, judged)
    cells = {key: _cell(c, *judged[key], stretches) for key, c in zip(judged, concerns, strict=True)}
    return Coverage(school, year, source, frameworks, criteria, tuple(plan), cells, stretches)


def _judged(concern: Concern, plan: list[Planned]) -> Judged:
    """What of a year group's plan is of the criterion's kind: what is for everyone, and what may count for some."""
    found = [judgement for planned in plan if (judgement := judge(concern, planned))]
    for_everyone = tuple(judgement for judgement in found if _is_for_everyone(concern, judgement.planned))
    for_some = [judgement for judgement in found if not _is_for_everyone(concern, judgement.planned)]
    return for_everyone, tuple(judgement for judgement in for_some if judgement.truth is not False)


def _is_for_everyone(concern: Concern, planned: Planned) -> bool:
    """A subject's lesson reaches all who study it, so a link in an optional subject is for everyone it should be for."""
    return isinstance(concern.criterion.measure, EachSubject) or planned.audience is Audience.EVERYONE


def _measured(criterion: Criterion, judgements: Iterable[Judgement], *truths: bool | None) -> float:
    return measured(criterion, [part for j in judgements for part in j.parts if part.counts in truths])


def _needed(concern: Concern) -> float | None:
    if isinstance(concern.criterion.measure, EachSubject):
        subjects = concern.pupil["subjects"]
        return len(subjects) if subjects else None
    return concern.criterion.needed_on(concern.window.due)


def _stretches(concerns: list[Concern], judged: dict[Key, Judged]) -> dict[Key, Stretch]:
    """For each rule of several years and its first year group (key stages begin again), all its year groups together."""
    together: dict[Key, list[Concern]] = {}
    for concern in concerns:
        if not concern.yearly and not isinstance(concern.criterion.measure, Every):
            together.setdefault((concern.criterion.id, concern.year_groups[0]), []).append(concern)
    return {key: _stretch(own, judged) for key, own in together.items()}


def _stretch(own: list[Concern], judged: dict[Key, Judged]) -> Stretch:
    criterion = own[0].criterion
    everything = [judgement for c in own for judgement in judged[criterion.id, c.year_group][0]]
    for_some = [judgement for c in own for judgement in judged[criterion.id, c.year_group][1]]
    return Stretch(
        criterion,
        tuple(concern.year_group for concern in own),
        _measured(criterion, everything, True),
        _measured(criterion, everything, True, None),
        _measured(criterion, everything + for_some, True, None),
        _needed(own[0]),
        own[0].some_pupils,
    )


def _cell(
    concern: Concern,
    judgements: tuple[Judgement, ...],
    for_some: tuple[Judgement, ...],
    stretches: dict[Key, Stretch],
) -> Cell:
    criterion = concern.criterion
    sure = _measured(criterion, judgements, True)
    possible = _measured(criterion, judgements, True, None)
    if isinstance(criterion.measure, Every):
        needed: float | None = sum(len(judgement.parts) for judgement in judgements)
    else:
        needed = _needed(concern)
    stretch = stretches.get((criterion.id, concern.year_groups[0]))
    state = _yearly_state(sure, possible, needed) if stretch is None else _state_in_stretch(sure, possible, stretch)
    if for_some and state in (Cover.HOLE, Cover.NOT_THIS_YEAR):
        state = Cover.SOME
    return Cell(concern, state, sure, possible, needed, judgements, for_some)


def _yearly_state(sure: float, possible: float, needed: float | None) -> Cover:
    if needed is None:
        return Cover.MAY if possible else Cover.HOLE
    if needed == 0:
        return Cover.NOT_CONCERNED
    return Cover.COVERED if sure >= needed else Cover.MAY if possible >= needed else Cover.HOLE


def _state_in_stretch(sure: float, possible: float, stretch: Stretch) -> Cover:
    """A rule of several years: a year group adds to it, may add to it, or need not where other year groups do enough."""
    if sure:
        return Cover.COVERED
    if possible:
        return Cover.MAY
    return Cover.HOLE if stretch.out_of_reach else Cover.NOT_THIS_YEAR
