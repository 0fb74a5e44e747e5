"""Which activities of a year count for which criterion, in plain words and numbers for the folders above this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import break_down
from careers.evaluation.coverage import Coverage, coverage_of
from careers.evaluation.people import setting_of
from careers.evaluation.small_numbers import shown
from careers.evaluation.standings import BEYOND, OfActivities, SchoolStandings
from criteria.loading import load_all
from criteria.model import About, Criterion
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class Rule:
    """One criterion, by its id, the numbers of the year's activities that count for it, and how the school stands on it."""

    criterion: str
    number: str
    title: str
    activities: frozenset[int]
    standing: str = ""


@dataclass(frozen=True)
class Benchmark:
    """A benchmark or duty with its criteria. `framework` and `key` are what its address is made of."""

    framework: str
    key: str
    name: str
    title: str
    rules: tuple[Rule, ...]


def counting(found: SchoolStandings, year: AcademicYear) -> Mapping[str, frozenset[int]]:
    """A criterion's id to the activities that count for it. Worked out once for each state of the record."""
    return found.remember(OfActivities(("what counts", year)), lambda: _counting(coverage_of(found.school, year)))


def _counting(coverage: Coverage) -> Mapping[str, frozenset[int]]:
    held: dict[str, set[int]] = defaultdict(set)
    for (criterion, _), cell in coverage.cells.items():
        held[criterion] |= {j.planned.activity.pk for j in (*cell.judgements, *cell.for_some) if j.truth}
    return {criterion: frozenset(numbers) for criterion, numbers in held.items()}


def benchmarks(asked: Asked, year: AcademicYear, with_standing: bool = False) -> list[Benchmark]:
    """Every benchmark and duty asked of this kind of school. `with_standing` says of each criterion how the school stands."""
    numbers, setting = counting(asked.found, year), setting_of(asked.school)
    made = []
    for framework in asked.found.frameworks:
        if framework.id in BEYOND:
            continue
        for heading in framework.headings:
            concerned = [c for c in framework.under(heading) if setting in c.settings]
            standing = [_standing(asked, c) if with_standing else "" for c in concerned]
            rules = tuple(
                Rule(c.id, c.number, c.title, numbers.get(c.id, frozenset()), said)
                for c, said in zip(concerned, standing, strict=True)
            )
            name = f"Benchmark {heading.number}" if heading.number else heading.title
            title = f"{heading.number}. {heading.title}" if heading.number else heading.title
            if rules:
                made.append(Benchmark(framework.id, heading.key, name, title, rules))
    return made


def _standing(asked: Asked, criterion: Criterion) -> str:
    if criterion.about is About.SCHOOL or criterion.id not in asked.found.standings.position:
        return ""
    figures = shown(break_down(asked.found, (criterion,)).whole, asked.reader.everybody)
    return f"{figures.met_percent} of {figures.whole} pupils have met it" if figures.share is not None else ""


@cache
def titles() -> Mapping[str, str]:
    """Every criterion's number and title, by its id, of whichever edition."""
    return {c.id: f"{c.number} {c.title}" for framework in load_all() for c in framework.criteria}


def rule_called(asked: Asked, id: str) -> Rule | None:
    """A criterion by its id, of whichever edition; None where there is none for this kind of school."""
    found = asked.find_criterion(id)
    return Rule(id, found[2].number, found[2].title, frozenset()) if found else None
