"""The mix of employers each year group has met, by size and sector, beside what the local labour market holds where it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.charts import Share, Shares
from careers.evaluation.partner_met import met_by_year_group, year_groups_now
from careers.partners.local import figures_of
from careers.partners.models import Partner
from careers.partners.sections import SECTIONS
from careers.schools.clock import current_year

SO_FAR = "so-far"
ALONE = {True: "yes", False: "no", None: "none"}
ALONE_WORDS = {"yes": "Self-employed", "no": "Not self-employed", "none": "Not recorded"}
SECTOR_CHART, SIZE_CHART = "Share of the employers met in each sector", "Share of the employers met of each size"
Sort = Callable[[Partner], str]


@dataclass(frozen=True)
class Cell:
    """How many employers, and the list of them."""

    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """Employers of one sector or size that each year group has met. `local` is its share of the local labour market, in words."""

    label: str
    cells: tuple[Cell, ...]
    whole: Cell
    local: str


@dataclass(frozen=True)
class Table:
    """One way of dividing the employers met. `known` is of how many the fact is recorded."""

    lines: tuple[Line, ...]
    chart: Shares | None
    known: int


class Mix:
    """Employers met, by year group; every number leads to the list of them."""

    def __init__(self, met: Mapping[int, set[int]], employers: Mapping[int, Partner], groups: list[int], so_far: bool):
        self.groups, self.so_far = groups, so_far
        self.by_group = {group: [employers[pk] for pk in met.get(group, ()) if pk in employers] for group in groups}
        self.everyone = list({p.pk: p for group in self.by_group.values() for p in group}.values())

    def table(
        self, name: str, sort: Sort, words: Mapping[str, str], local: Mapping[str, float], title: str, of: str
    ) -> Table:
        """Lines in the order of `words`, those with an employer or a local share; `name` is the filter of the list of partners."""
        found = {each: [p for p in self.everyone if sort(p) == each] for each in [*words, ""]}
        known = sum(len(found[each]) for each in words)
        lines = tuple(
            Line(
                words.get(each, "Not recorded"),
                tuple(self._cell(group, name, each or "none", self._count(group, sort, each)) for group in self.groups),
                self._cell(None, name, each or "none", len(found[each])),
                f"{local[each]:g}%" if each in local else "not known" if each else "",
            )
            for each in found
            if found[each] or each in local
        )
        return Table(lines, self._chart(name, words, found, known, local, title, of) if known else None, known)

    def totals(self) -> tuple[list[Cell], Cell]:
        cells = [self._cell(group, "", "", len(self.by_group[group])) for group in self.groups]
        return cells, self._cell(None, "", "", len(self.everyone))

    def _count(self, group: int, sort: Sort, each: str) -> int:
        return sum(sort(partner) == each for partner in self.by_group[group])

    def _cell(self, group: int | None, name: str, value: str, number: int) -> Cell:
        return Cell(number, self._door(group, name, value) if number else "")

    def _door(self, group: int | None, name: str, value: str) -> str:
        met = "any" if group is None else str(group)
        query = {"kind": "employer", "still": "all", "met": f"{met}-{SO_FAR}" if self.so_far else met}
        return f"{reverse('partners:list')}?{urlencode(query | ({name: value} if name else {}))}"

    def _chart(
        self, name: str, words: Mapping[str, str], found: Mapping[str, list[Partner]], known: int,
        local: Mapping[str, float], title: str, of: str,
    ) -> Shares:  # fmt: skip
        shares = [
            Share(
                words[each],
                len(found[each]) / known,
                local[each] / 100 if each in local else None,
                f"{len(found[each])} met" + (f", {local[each]:g}% here" if each in local else ""),
                self._door(None, name, each) if found[each] else "",
            )
            for each in words
            if found[each] or each in local
        ]
        return Shares(title, shares, "Employers that pupils met", of)


@requires(Policy.SEE_FIGURES)
@require_safe
def page(request: SchoolRequest) -> HttpResponse:
    """Whom each year group has met: this year or, with `over=so-far`, in all its pupils' years. Seven queries at most."""
    school, year, so_far = request.school, current_year(), request.GET.get("over") == SO_FAR
    employers = {p.pk: p for p in Partner.objects.filter(school=school, kind=Partner.Kind.EMPLOYER)}
    groups = [group for group in year_groups_now(school, year) if group in school.year_groups]
    mix = Mix(met_by_year_group(school, year, so_far=so_far), employers, groups, so_far)
    local = figures_of(school)
    cells, whole = mix.totals()
    sizes = {str(value): str(words) for value, words in Partner.SizeBand.choices}
    context: dict[str, Any] = {
        "year": year, "so_far": so_far, "groups": groups, "totals": cells, "whole": whole, "local": local,
        "sectors": mix.table("sector", lambda p: p.sic_section, SECTIONS, local.sectors, SECTOR_CHART, "Jobs in the area"),
        "sizes": mix.table("size", lambda p: p.size_band, sizes, local.sizes, SIZE_CHART, "Employers in the area"),
        "alone": mix.table("alone", lambda p: ALONE[p.self_employed], ALONE_WORDS, {}, "Self-employed", ""),
        "without": _without(mix),
        "may_plan": Policy.PLAN in request.membership.policies,
    }  # fmt: skip
    return render(request, "evaluation/partner_mix.html", context)


def _without(mix: Mix) -> list[str]:
    """What a year group's employers lack of a variety, as far as is recorded: one sentence each."""
    said = []
    for group in mix.groups:
        partners = mix.by_group[group]
        if not partners:
            said.append(f"Year {group} has met no employer.")
            continue
        lacks = []
        if len({p.size_band for p in partners} - {""}) < 2:
            lacks.append("employers of more than one size")
        if len({p.sic_section for p in partners} - {""}) < 2:
            lacks.append("more than one sector")
        if not any(p.self_employed for p in partners):
            lacks.append("anybody self-employed")
        if lacks:
            said.append(f"Year {group}: nothing on record of meeting {' or '.join(lacks)}.")
    return said
