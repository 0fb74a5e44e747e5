"""The eight benchmarks and the provider-access duty, each with where the school stands and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import Breakdown, asked_under, break_down
from careers.evaluation.figures import Figures
from careers.evaluation.school_criteria import Part, school_file
from careers.evaluation.small_numbers import Shown, percentage, share, shown
from careers.evaluation.standings import BEYOND
from criteria.model import Criterion, Framework, Heading
from criteria.standing import State


@dataclass(frozen=True)
class Overview:
    """One benchmark or duty. `criteria` are those asked of each pupil: none where it asks only the school itself."""

    asked: Asked
    framework: Framework
    heading: Heading
    criteria: tuple[Criterion, ...]

    @property
    def name(self) -> str:
        return f"Benchmark {self.heading.number}" if self.heading.number else self.heading.title

    @property
    def title(self) -> str:
        return f"{self.heading.number}. {self.heading.title}" if self.heading.number else self.heading.title

    @property
    def short(self) -> str:
        return str(self.heading.number or "PA")

    @property
    def address(self) -> str:
        return self.asked.heading_address(self.framework, self.heading)

    def door(self, state: State) -> str:
        """The list of pupils in a state, for a reader who may see one: the criterion's own where there is only one."""
        if not self.asked.reader.names:
            return self.address
        if len(self.criteria) == 1:
            return self.asked.criterion_address(self.criteria[0], state=state.value) + "#pupils"
        return self.asked.heading_address(self.framework, self.heading, state=state.value) + "#pupils"

    @cached_property
    def own(self) -> Part:
        """What it asks of the school itself."""
        return school_file(self.asked.found).under(self.framework, self.heading)

    @cached_property
    def now(self) -> Breakdown:
        return break_down(self.asked.found, self.criteria)

    @cached_property
    def then(self) -> Figures:
        """On the day compared with. No pupils where the school was not asked this then."""
        known = self.asked.before.standings.position
        if any(criterion.id not in known for criterion in self.criteria):
            return Figures({})
        return break_down(self.asked.before, self.criteria).whole

    @cached_property
    def figures(self) -> Shown:
        return shown(self.now.whole, exact=self.asked.reader.everybody)

    @property
    def was_met(self) -> float | None:
        """The share met on the day compared with, where it can be told to this reader."""
        return share_then(self.asked, self.then)

    @property
    def change(self) -> str:
        return change(self.asked, self.now.whole, self.then)


def share_then(asked: Asked, then: Figures) -> float | None:
    return share(then, asked.reader.everybody)


def change(asked: Asked, now: Figures, then: Figures) -> str:
    """What has happened to the share met: "up 5 points"; empty where there is nothing to compare, or it may not be told."""
    is_now, was = share(now, asked.reader.everybody), share_then(asked, then)
    if is_now is None or was is None:
        return ""
    points = percentage(is_now) - percentage(was)
    if not points:
        return "no change"
    return f"{'up' if points > 0 else 'down'} {abs(points)} point{'s' if abs(points) > 1 else ''}"


def overviews(asked: Asked) -> list[Overview]:
    """The benchmarks and provider access."""
    return [each for each in _every(asked) if each.framework.id not in BEYOND]


def overviews_beyond(asked: Asked) -> list[Overview]:
    """What is asked beyond them, where it is asked of anybody at this school."""
    return [each for each in _every(asked) if each.framework.id in BEYOND and each.now.whole.population]


def _every(asked: Asked) -> list[Overview]:
    return [
        Overview(asked, framework, heading, asked_under(asked.found, framework, heading))
        for framework in asked.found.frameworks
        for heading in framework.headings
    ]
