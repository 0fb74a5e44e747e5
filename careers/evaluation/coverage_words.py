"""Coverage said in words: what is missing for which year groups, for a page and for a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careers.evaluation.coverage import Cell, Cover, Coverage, Stretch
from careers.evaluation.coverage_judging import is_of_the_kind
from careers.evaluation.coverage_rows import Audience, Planned
from careers.programme.models import Activity
from careers.programme.queries import is_appointment
from criteria.model import Heading

NOTHING_PLANNED: dict[int | None, str] = {
    2: "nothing planned in which pupils use labour market information",
    3: "nothing planned that puts pupils' hopes and next steps on record",
    4: "no careers link planned in a subject's own lessons",
    5: "nothing planned with an employer",
    6: "no experience of a workplace planned",
    7: "nothing planned with a college, a university or another provider",
    8: "no guidance meeting planned",
    None: "nothing planned with a provider of technical education or apprenticeships",
}
"""The words for a hole, by benchmark; None is the provider access law."""


def joined(words: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def year_groups(groups: Iterable[int]) -> str:
    """ "Year 8", "Years 7 to 9", "Years 7, 9 and 11"; a year group not said is said so."""
    found = sorted(set(groups))
    if not found:
        return "year groups not said"
    if len(found) == 1:
        return f"Year {found[0]}"
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"Years {found[0]} to {found[-1]}"
    return f"Years {joined([str(group) for group in found])}"


def empty_words(coverage: Coverage) -> str:
    """The year groups that have nothing, in a sentence; empty where each has something."""
    if not coverage.empty_year_groups:
        return ""
    if not coverage.planned_year_groups:
        return "No activity names a year group."
    return f"Nothing at all is planned for {year_groups(coverage.empty_year_groups)}."


def benchmark_words(benchmark: int | None) -> str:
    return "the provider access law" if benchmark is None else f"Benchmark {benchmark}"


def heading_words(heading: Heading) -> str:
    return heading.title if heading.number is None else f"Benchmark {heading.number}"


def number(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


Said = list[tuple[tuple[int, ...], str]]
"""Year groups and what is said of them, the same thing said once for all its year groups."""


def holes(coverage: Coverage, heading: Heading) -> Said:
    """The holes of a benchmark and why.

    Year groups for which nothing at all is planned are left out while others have something: that is said once, elsewhere.
    """
    found = _cells(coverage, heading, Cover.HOLE)
    return _together((cell, reason(coverage, cell)) for cell in found)


def for_some_only(coverage: Coverage, heading: Heading) -> Said:
    """Where a benchmark has something for some pupils only, and what."""
    found = _cells(coverage, heading, Cover.SOME)
    return _together((cell, titles([judgement.planned for judgement in cell.for_some])) for cell in found)


def _cells(coverage: Coverage, heading: Heading, state: Cover) -> list[Cell]:
    criteria = {h.key: c for h, c in coverage.headings}[heading.key]
    groups = coverage.planned_year_groups or coverage.year_groups
    return [cell for group in groups for cell in coverage.cells_of(criteria, group) if cell.state is state]


def _together(said: Iterable[tuple[Cell, str]]) -> Said:
    found: dict[str, list[int]] = {}
    for cell, words in said:
        found.setdefault(words, []).append(cell.concern.year_group)
    return [(tuple(groups), words) for words, groups in found.items()]


def reason(coverage: Coverage, cell: Cell) -> str:
    """Why a cell is a hole: nothing of the kind, too little of it, or what there is lacks something."""
    if nearly := cell.judged(False):
        closest = min(nearly, key=lambda judgement: len(judgement.lacks))
        return f"{titles([closest.planned])} would not count: {joined(closest.lacks)}"
    if cell.possible:
        return f"at most {number(cell.possible)} of {number(cell.needed)} {cell.criterion.unit}"
    stretch = coverage.stretches.get((cell.criterion.id, cell.concern.year_groups[0]))
    nothing = NOTHING_PLANNED[cell.criterion.benchmark]
    if stretch and stretch.possible:
        return f"nothing planned, and {stretch_words(stretch)}"
    if unsaid := [p for p in coverage.of_audience(Audience.NOT_SAID) if is_of_the_kind(cell.criterion, p.row)]:
        return f"{titles(unsaid)} may be for them, but name no year group"
    return nothing


def titles(found: list[Planned]) -> str:
    """The first three titles, and how many more."""
    names = list(dict.fromkeys(_title(planned.activity) for planned in found))
    return joined([*names[:3], f"{len(names) - 3} more"] if len(names) > 3 else names)


def _title(activity: Activity) -> str:
    """One pupil's meeting is not named on a page about the programme."""
    return "one-to-one meetings" if is_appointment(activity) else f"“{activity.title}”"


def stretch_words(stretch: Stretch) -> str:
    """What a pupil gets who goes through every year group of a rule of several years."""
    groups = year_groups(stretch.year_groups)
    if stretch.needed is not None and stretch.sure >= stretch.needed:
        return f"enough in {groups}: {number(stretch.sure)}, and {number(stretch.needed)} needed"
    if stretch.possible == stretch.sure:
        return f"{number(stretch.sure)} of the {number(stretch.needed)} needed in {groups}"
    return f"{number(stretch.sure)} sure and {number(stretch.possible)} possible of the {number(stretch.needed)} needed in {groups}"
