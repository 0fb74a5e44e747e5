"""Figures as the pictures of the design system, each number a door where its reader may see who is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from careers.design.charts import DotPlot, HeatCell, HeatMap, HeatRow, SmallBar, StateBar
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import Breakdown, break_down
from careers.evaluation.doors import pupil_address
from careers.evaluation.figures import Figures
from careers.evaluation.groups import GroupGap, may_be_told
from careers.evaluation.overview import Overview, share_then
from careers.evaluation.people import Person
from careers.evaluation.small_numbers import Shown, hides, is_few, nearest_five, percentage, say
from criteria.model import Criterion
from criteria.standing import STATE_WORDS, State


def sentence(title: str, figures: Shown) -> str:
    parts = [
        f"{figures.said(s)} {STATE_WORDS[State(s)]}"
        for s, n in figures.counts.items()
        if n and s != State.DOES_NOT_APPLY
    ]
    return f"{title}: {', '.join(parts) or 'no pupils'}"


def small_bar(overview: Overview) -> SmallBar:
    return SmallBar(sentence(overview.title, overview.figures), overview.figures.counts)


def when(asked: Asked) -> str:
    day = asked.before.as_at
    return f"on {day.day} {day:%B %Y}"


def overview_bar(overview: Overview) -> StateBar:
    doors = {state.value: overview.door(state) for state in State} if overview.asked.reader.names else {}
    return StateBar(
        overview.title, overview.figures.counts, overview.was_met, when(overview.asked), doors,
        texts=overview.figures.texts, hide_title=True,
    )  # fmt: skip


def criterion_bar(asked: Asked, criterion: Criterion, figures: Shown, then: Figures) -> StateBar:
    """Each state is a door to its pupils, for whoever may see some pupils."""
    doors = {str(s): asked.criterion_address(criterion, state=s.value) for s in State} if asked.reader.names else {}
    title = f"{criterion.number} {criterion.title}"
    return StateBar(
        title, figures.counts, share_then(asked, then), when(asked), doors, texts=figures.texts, hide_title=True
    )


def gaps_plot(gaps: Sequence[GroupGap], measure: str) -> DotPlot:
    """Each group against everybody else; the page has the numbers as a table."""
    return DotPlot("Groups beside everyone else", measure, [each.drawn for each in gaps], tabled=False)


def cell(asked: Asked, figures: Figures | None, url: str = "", group: bool = False) -> HeatCell:
    """Pupils met of pupils it is for; in words where that could pick somebody out."""
    if figures is None or not figures.population:
        return HeatCell()
    met, whole = figures[State.MET], figures.population
    url = url if asked.reader.names else ""
    if asked.reader.exact_groups if group else asked.reader.everybody:
        return HeatCell(met, whole, url=url)
    if hides(met, whole):
        few = "fewer than 5" if whole < 5 or is_few(met) else "all but a few"
        return HeatCell(text=few, url=url)
    return HeatCell(nearest_five(met), nearest_five(whole), url=url)


def years_map(
    asked: Asked, title: str, rows: Sequence[tuple[str, str, Breakdown, Criterion | None]], row_word: str = "Benchmark"
) -> HeatMap:
    """Year groups across, and down a (label, address, figures, criterion) for each row."""
    present = {year for _, _, breakdown, _ in rows for year in breakdown.years if year}
    years = sorted(present | set(asked.school.year_groups))
    lines = []
    for label, url, breakdown, criterion in rows:
        cells = [
            cell(asked, breakdown.years.get(y), asked.criterion_address(criterion, year=y) if criterion else url)
            for y in years
        ]
        lines.append(HeatRow(label, cells, url))
    return HeatMap(
        title, row_word, [f"Y{y}" for y in years], lines,
        [f"Year {y}" for y in years],
    )  # fmt: skip


def groups_map(asked: Asked, overviews: Sequence[Overview]) -> HeatMap:
    """Every group by every benchmark: the percentage met."""
    shown = [overview for overview in overviews if overview.criteria]
    names = [("Everyone", "")] + [
        (group.name, group.key) for group, _, _ in (shown[0].now.gaps() if shown else [])
    ]  # fmt: skip
    rows = []
    for name, key in names:
        rows.append(HeatRow(name, [_group_cell(asked, overview.now, key) for overview in shown]))
    return HeatMap(
        "Benchmarks met, by group", "Pupils", [overview.short for overview in shown], rows,
        [overview.title for overview in shown],
    )  # fmt: skip


def _group_cell(asked: Asked, breakdown: Breakdown, key: str) -> HeatCell:
    """The percentage of a group, or of everyone where the key is empty; nothing that would give another group's away."""
    plain = cell(asked, breakdown.groups.get(key) if key else breakdown.whole, group=bool(key))
    if key and plain.whole and not asked.reader.exact_groups and key not in may_be_told(breakdown):
        return HeatCell(text="too few")
    if plain.text or not plain.whole or plain.part is None:
        return plain
    return HeatCell(plain.part, plain.whole, text=f"{percentage(plain.part / plain.whole)}%")


def own_pupils_map(asked: Asked, people: Sequence[Person], overviews: Sequence[Overview]) -> HeatMap:
    """Pupils by criteria, each cell a state. Only for pupils the reader may see."""
    criteria = [criterion for overview in overviews for criterion in overview.criteria]
    rows = []
    for person in people:
        address = pupil_address(person.reference)
        standings = [asked.found.of(person, criterion).state for criterion in criteria]
        rows.append(HeatRow(person.name, [HeatCell(state=state.value) for state in standings], address))
    return HeatMap(
        "What each pupil has, and lacks", "Pupil", [c.number for c in criteria], rows,
        [f"{c.number} {c.title}" for c in criteria],
    )  # fmt: skip


def whole_words(asked: Asked, figures: Figures) -> str:
    """How many pupils, in words for this reader: "1,150 pupils", "about 1,150 pupils", "fewer than 5 pupils"."""
    number = figures.population
    exact = asked.reader.everybody
    about = "" if exact or is_few(number) else "about "
    return f"{about}{say(number, exact)} pupil{'' if number == 1 and exact else 's'}"


def criterion_breakdown(asked: Asked, criterion: Criterion) -> tuple[Breakdown, Figures]:
    """A criterion now, and its whole-school figures on the day compared with."""
    now = break_down(asked.found, (criterion,))
    known = criterion.id in asked.before.standings.position
    return now, break_down(asked.before, (criterion,)).whole if known else Figures({})
