"""Groups beside everyone else, with the numbers: exact for a reader who may see every pupil, else only what gives nobody away.

For the others two things are done. What could point at a pupil is hidden, and with it whatever would give it back when
taken from the whole or from another group (criteria/disclosure.py). What is left is rounded to the nearest five like every
other number they see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from careers.design.charts import Gap
from careers.design.charts.dot_plot import TOO_FEW, points_between
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import Breakdown
from careers.evaluation.figures import GROUPS, Figures, GroupOfPupils
from careers.evaluation.sensitive import TELLING, tells
from careers.evaluation.small_numbers import hides, nearest_five, percentage
from criteria.disclosure import Dimension, Key, Published, publish
from criteria.model import Criterion
from criteria.standing import State

WHOLE, EVERY = "everyone", "asked"
APART = ("fsm", "pupil_premium", "looked_after", "eal")

IN_GROUPS = Dimension(
    "group",
    (
        (WHOLE, ("sex_f", "sex_m", "sex not said")),
        (WHOLE, ("sen", "not sen")),
        ("sen", ("sen_support", "ehcp")),
        *((WHOLE, (group, f"not {group}")) for group in APART),
    ),
    TELLING,
)
"""How the same pupils are divided, once for each group and everyone else."""

MET_OR_NOT = Dimension.of("standing", EVERY, ("met", "not met"))


@dataclass(frozen=True)
class Part:
    """So many of so many, as this reader may be told; None where they may not."""

    met: int | None
    whole: int | None

    @property
    def share(self) -> float | None:
        return self.met / self.whole if self.met is not None and self.whole else None

    @property
    def percent(self) -> str:
        return TOO_FEW if self.share is None else f"{percentage(self.share)}%"

    @property
    def words(self) -> str:
        """As "45 of 60"."""
        return "" if self.share is None else f"{self.met:,} of {self.whole:,}"


HIDDEN = Part(None, None)


@dataclass(frozen=True)
class GroupGap:
    group: GroupOfPupils
    own: Part
    rest: Part
    url: str = ""

    @cached_property
    def drawn(self) -> Gap:
        both = (None, None) if None in (self.own.share, self.rest.share) else (self.own.share, self.rest.share)
        return Gap(self.group.name, *both, url=self.url)

    @property
    def words(self) -> str:
        """The gap: "13 points lower", "No gap"; how it is where one side may not be told."""
        return points_between(self.drawn)


def group_gaps(breakdown: Breakdown, exact: bool) -> list[GroupGap]:
    """Each group that has anybody in it, in a fixed order. A group that is everybody has nobody to be compared with."""
    gaps = [gap for gap in breakdown.gaps() if gap[2].population]
    if exact:
        return [GroupGap(group, _part(own), _part(rest)) for group, own, rest in gaps]
    told = published(breakdown)
    return [GroupGap(group, *_told(told, group.key)) for group, _, _ in gaps]


def doors_to_groups(asked: Asked, gaps: list[GroupGap], criterion: Criterion) -> list[GroupGap]:
    """With each group's name a door to its pupils, for a reader who may see some."""
    reader = asked.reader
    if not reader.names or (tells(criterion) and not reader.sensitive):
        return gaps
    return [
        replace(gap, url=asked.criterion_address(criterion, has=gap.group.key) + "#pupils")
        if reader.sensitive or gap.group.key not in TELLING
        else gap
        for gap in gaps
    ]


def may_be_told(breakdown: Breakdown) -> frozenset[str]:
    """The keys of the groups whose share met a reader may be told who may not see every pupil."""
    told = published(breakdown)
    return frozenset(group.key for group in GROUPS if _told(told, group.key)[0].met is not None)


def published(breakdown: Breakdown) -> Published:
    """Every group by met and not met, with what must be hidden."""
    counts: dict[Key, int] = {}

    def put(name: str, met: int, whole: int) -> None:
        counts.update({(name, "met"): met, (name, "not met"): whole - met, (name, EVERY): whole})

    def of(key: str) -> tuple[int, int]:
        figures = breakdown.groups.get(key, Figures({}))
        return figures[State.MET], figures.population

    met, whole = breakdown.whole[State.MET], breakdown.whole.population
    put(WHOLE, met, whole)
    for total, parts in IN_GROUPS.divisions:
        for key in (*parts, total):
            if key != WHOLE:
                put(key, *of(key))
        if total == WHOLE:
            rest = parts[-1]
            put(rest, met - sum(of(key)[0] for key in parts[:-1]), whole - sum(of(key)[1] for key in parts[:-1]))
    return publish((IN_GROUPS, MET_OR_NOT), counts)


def _part(figures: Figures) -> Part:
    return Part(figures[State.MET], figures.population)


def _told(told: Published, key: str) -> tuple[Part, Part]:
    """A group and everyone else. Who knows the whole and one of them knows the other, so each is told only with both."""
    own, whole = (told[key, "met"], told[key, EVERY]), (told[WHOLE, "met"], told[WHOLE, EVERY])
    if None in own or None in whole or None in (told[key, "not met"], told[WHOLE, "not met"]):
        return HIDDEN, HIDDEN
    met, of = (told.counts[WHOLE, name] - told.counts[key, name] for name in ("met", EVERY))
    if hides(met, of):
        return HIDDEN, HIDDEN
    return Part(nearest_five(own[0] or 0), nearest_five(own[1] or 0)), Part(nearest_five(met), nearest_five(of))
