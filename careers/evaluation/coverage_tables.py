"""Coverage as the tables and the map its page draws."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.design.charts import HeatCell, HeatMap, HeatRow
from careers.evaluation.coverage import Cover, Coverage
from careers.evaluation.coverage_claims import Claim, Claims, Verdict
from careers.evaluation.coverage_facts import to_record
from careers.evaluation.coverage_rows import Audience, Planned
from careers.evaluation.coverage_words import (
    Said,
    benchmark_words,
    empty_words,
    for_some_only,
    heading_words,
    holes,
    joined,
    stretch_words,
    year_groups,
)
from criteria.model import Criterion, Heading

LOOKS = {
    Cover.COVERED: ("met", "\N{CHECK MARK}", "covered"),
    Cover.MAY: ("cannot_tell", "?", "may count"),
    Cover.SOME: ("booked", "\N{CIRCLE WITH UPPER RIGHT QUADRANT BLACK}", "for some"),
    Cover.HOLE: ("missed", "\N{MULTIPLICATION X}", "hole"),
    Cover.NOT_THIS_YEAR: ("does_not_apply", "", "not this year"),
    Cover.NOT_CONCERNED: ("does_not_apply", "\N{EN DASH}", ""),
}
"""How a state looks: the colour of a standing (there are no others), a shape, and a word of its own."""


def tables(coverage: Coverage, claims: Claims, unseen: frozenset[int] = frozenset()) -> dict[str, Any]:
    """Everything the page's template walks through. `unseen` are activities not to be named to this reader."""
    return {
        "heat_map": heat_map(coverage),
        "numbers": [(verdict.value, len(claims.of(verdict))) for verdict in Verdict],
        "empty_words": empty_words(coverage),
        "holes": _said(coverage, holes),
        "for_some": _said(coverage, for_some_only),
        "facts": [_fact_card(wanted) for wanted in to_record(coverage) if wanted.planned.activity.pk not in unseen],
        "stretches": [
            (f"{s.criterion.number} {s.criterion.title}", stretch_words(s), s.some_pupils)
            for s in coverage.stretches.values()
        ],
        "not_borne_out": _by_activity(claims.of(Verdict.NOT)),
        "may_be": _by_activity(claims.of(Verdict.MAY_BE)),
        "unclaimed": [(planned, _unclaimed_words(found)) for planned, found in claims.unclaimed_by_activity],
        "hinted": claims.hinted,
        "some_only": _counted([each for each in coverage.of_audience(Audience.SOME) if each.activity.pk not in unseen]),
        "not_said": _counted(coverage.of_audience(Audience.NOT_SAID)),
        "whole_programme_claims": sum(claim.benchmark == 1 for claim in claims.claims),
    }


def heat_map(coverage: Coverage) -> HeatMap:
    rows = [
        HeatRow(_label(heading), [_cell(coverage, criteria, group) for group in coverage.year_groups])
        for heading, criteria in coverage.headings
    ]
    return HeatMap(
        f"What the programme of {coverage.year} would cover",
        "Benchmark",
        [f"Y{group}" for group in coverage.year_groups],
        rows,
        long_columns=[f"Year {group}" for group in coverage.year_groups],
    )


def _label(heading: Heading) -> str:
    return heading.title if heading.number is None else f"{heading.number}. {heading.title}"


def _cell(coverage: Coverage, criteria: tuple[Criterion, ...], group: int) -> HeatCell:
    state = coverage.state(criteria, group)
    colour, shape, word = LOOKS[state]
    if state is Cover.MAY:
        fewest = min(cell.fewest_facts for cell in coverage.cells_of(criteria, group) if cell.state is Cover.MAY)
        word = f"{fewest} fact{'' if fewest == 1 else 's'}"
    return HeatCell(state=colour, text=_words(shape, word) if word else "", url=_door(coverage, state, group))


def _door(coverage: Coverage, state: Cover, group: int) -> str:
    """Where a cell leads: to what is said of it further down, or to the year group's activities."""
    further = {Cover.HOLE: "#holes", Cover.MAY: "#facts", Cover.SOME: "#some"}
    if state is Cover.NOT_CONCERNED:
        return ""
    return (
        further.get(state) or f"{reverse('programme:list')}?academic_year={coverage.year.start_year}&year_group={group}"
    )


def _words(shape: str, word: str) -> SafeString:
    return format_html('<span aria-hidden="true">{}</span> {}', shape, word) if shape else format_html("{}", word)


def _said(coverage: Coverage, say: Any) -> list[tuple[str, str, str, str]]:
    """(benchmark, year groups, words, the address of a form for what is missing)."""
    found: list[tuple[Heading, tuple[tuple[int, ...], str]]] = []
    for heading, _ in coverage.headings:
        said: Said = say(coverage, heading)
        found += [(heading, each) for each in said]
    return [
        (heading_words(heading), year_groups(groups), words, _add_address(coverage, heading, groups))
        for heading, (groups, words) in found
    ]


TYPE_WANTED = {
    2: "lmi_use", 3: "review", 4: "curriculum_link", 5: "employer_encounter", 6: "workplace_experience",
    7: "provider_encounter", 8: "guidance_meeting", None: "provider_encounter",
}  # fmt: skip
"""What to plan where a benchmark has a hole."""


def _add_address(coverage: Coverage, heading: Heading, groups: tuple[int, ...]) -> str:
    years = "".join(f"&year_group={group}" for group in groups)
    wanted = TYPE_WANTED.get(heading.number, "careers_event")
    return f"{reverse('programme:add')}?academic_year={coverage.year.start_year}&type={wanted}{years}"


def _fact_card(wanted: Any) -> dict[str, Any]:
    by_rule: dict[str, list[int]] = {}
    for cell in wanted.settles:
        by_rule.setdefault(cell.criterion.number, []).append(cell.concern.year_group)
    settles = [f"{number} in {year_groups(groups)}" for number, groups in by_rule.items()]
    return {
        "planned": wanted.planned,
        "groups": year_groups(wanted.planned.year_groups),
        "facts": wanted.facts,
        "settles": joined(settles),
        "others": wanted.others,
    }


def _by_activity(claims: list[Claim]) -> list[tuple[Planned, list[Claim]]]:
    """Claims by activity; those for Benchmark 1 are all alike and said once, in words."""
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.benchmark != 1:
            found.setdefault(claim.planned.activity.pk, []).append(claim)
    return [(some[0].planned, some) for some in found.values()]


def _unclaimed_words(found: list[Claim]) -> str:
    sure = [benchmark_words(claim.benchmark) for claim in found if claim.verdict is Verdict.BORNE_OUT]
    may = [benchmark_words(claim.benchmark) for claim in found if claim.verdict is Verdict.MAY_BE]
    said = [f"counts for {joined(sure)}"] * bool(sure) + [f"may count for {joined(may)}"] * bool(may)
    return "; ".join(said)


def _counted(found: list[Planned]) -> list[tuple[Planned, str, int]]:
    """Activities with the same title once: (the first, its year groups, how many)."""
    alike: dict[tuple[str, str], list[Planned]] = {}
    for planned in found:
        alike.setdefault((planned.activity.title, planned.activity.type), []).append(planned)
    return [(some[0], year_groups(g for p in some for g in p.year_groups), len(some)) for some in alike.values()]
