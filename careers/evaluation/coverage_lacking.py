"""What each year group would still lack, as the coverage page draws and says it."""

from __future__ import annotations

from typing import Any

from careers.design.charts import HeatCell, HeatMap, HeatRow
from careers.evaluation.coverage import Cell, Cover, Coverage
from careers.evaluation.coverage_pupils import StillLacking, Would
from careers.evaluation.coverage_tables import TYPE_WANTED
from careers.evaluation.coverage_words import reason, stretch_words, titles, year_groups
from careers.evaluation.small_numbers import FEW, WORDS, hides, is_few, nearest_five, say
from criteria.model import Criterion

NOT_ENOUGH = "what is planned for everyone is not enough for those who had less before"
FACTS_WANTED = "something planned may count, once facts are recorded about it"


def tables(coverage: Coverage, lacking: StillLacking | None, exact: bool) -> dict[str, Any]:
    """The map and the lines below it; nothing where no pupils are counted. `exact` is for readers who may see every pupil."""
    if lacking is None:
        return {}
    criteria = [c for _, own in coverage.headings for c in own if any(k == c.id for k, _ in lacking.figures)]
    return {
        "lacking_map": _map(coverage, lacking, criteria, exact),
        "lacking": [line for criterion in criteria for line in _lines(coverage, lacking, criterion, exact)],
        "newcomers": year_groups(lacking.newcomers) if lacking.newcomers else "",
    }


def _map(coverage: Coverage, lacking: StillLacking, criteria: list[Criterion], exact: bool) -> HeatMap:
    rows = [
        HeatRow(
            f"{criterion.number} {criterion.title}",
            [
                _cell(lacking.figures.get((criterion.id, group)), group in lacking.newcomers, exact)
                for group in coverage.year_groups
            ],
        )
        for criterion in criteria
    ]
    return HeatMap(
        "Pupils who would have each by the close of the year",
        "Criterion",
        [f"Y{group}" for group in coverage.year_groups],
        rows,
        long_columns=[f"Year {group}" for group in coverage.year_groups],
    )


def _cell(would: Would | None, newcomers: bool, exact: bool) -> HeatCell:
    if would is None or not would.whole:
        return HeatCell()
    url = "#lacking" if would.without else ""
    if newcomers:
        word = "all" if would.met else "nobody" if would.without else "later" if would.later else "?"
        known = {"later": HeatCell(text=word), "?": HeatCell(state="cannot_tell", text=word)}
        return known.get(word) or HeatCell(would.met, would.whole, text=word, url=url)
    if not exact and hides(would.met, would.whole):
        few = WORDS if would.whole < FEW or is_few(would.met) else "all but a few"
        return HeatCell(text=few, url=url)
    if would.later and not would.without:
        return HeatCell(text=f"{say(would.later, exact)} later")
    if not would.without and would.met < would.whole:
        return HeatCell(state="cannot_tell", text="?")
    whole = would.whole if exact else nearest_five(would.whole)
    text = f"{say(would.without, exact)} lack" if would.without else "all"
    return HeatCell(would.met if exact else nearest_five(would.met), whole, text=text, url=url)


def _lines(coverage: Coverage, lacking: StillLacking, criterion: Criterion, exact: bool) -> list[dict[str, Any]]:
    """One line for each reason, with the year groups and pupils it holds for."""
    together: dict[str, list[int]] = {}
    for group in coverage.year_groups:
        key = criterion.id, group
        if key in lacking.figures and lacking.figures[key].without:
            together.setdefault(_why(coverage, coverage.cells[key]), []).append(group)
    return [
        {
            "criterion": criterion,
            "groups": year_groups(groups),
            "year_groups": groups,
            "pupils": _pupils(lacking, criterion, groups, exact),
            "why": why,
            "type": TYPE_WANTED.get(criterion.benchmark, "careers_event"),
        }
        for why, groups in together.items()
    ]


def _pupils(lacking: StillLacking, criterion: Criterion, groups: list[int], exact: bool) -> str:
    known = [group for group in groups if group not in lacking.newcomers]
    number = sum(lacking.figures[criterion.id, group].without for group in known)
    said = f"{say(number, exact)} pupil{'' if number == 1 and exact else 's'}" if known else ""
    new = "every newcomer" if len(known) < len(groups) else ""
    return " and ".join(words for words in (said, new) if words)


def _why(coverage: Coverage, cell: Cell) -> str:
    if cell.state is Cover.HOLE:
        return reason(coverage, cell)
    if cell.state is Cover.MAY:
        return FACTS_WANTED
    if cell.state is Cover.SOME:
        return f"{titles([judgement.planned for judgement in cell.for_some])}, for some pupils only"
    stretch = coverage.stretches.get((cell.criterion.id, cell.concern.year_groups[0]))
    if cell.state is Cover.NOT_THIS_YEAR and stretch:
        return f"nothing of it in their year; {stretch_words(stretch)}"
    return NOT_ENOUGH
