"""A criterion: its rule, its figures, what to do next, and its pupils."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.design.components import Column
from careers.evaluation import pictures
from careers.evaluation.asking import Asked
from careers.evaluation.doors import activity_address, address, pupil_address
from careers.evaluation.listing import Listing
from careers.evaluation.next_actions import Gap, gaps_in
from careers.evaluation.overview import Overview, change
from careers.evaluation.small_numbers import say, shown
from careers.evaluation.views_benchmarks import status_of
from careers.evaluation.wording import SEVERITY_WORDS, due_words, example_words
from criteria.model import Criterion, Framework
from criteria.standing import Reason, State

A_PAGE = 50
COLUMNS = (
    Column("Name", "name"), Column("Year", "year"), Column("Form", "form"), Column("State", "state"),
    Column("Done", "count"), Column("Due", "due"),
)  # fmt: skip


@requires(Policy.SEE_FIGURES)
@require_safe
def criterion(request: HttpRequest, id: str) -> HttpResponse:
    asked = Asked(request)
    found = asked.find_criterion(id)
    if found is None:
        raise Http404("There is no such criterion.")
    framework, heading, which = found
    now, then = pictures.criterion_breakdown(asked, which)
    figures = shown(now.whole, asked.reader.names)
    context = {
        "asked": asked,
        "form": asked.form,
        "overview": Overview(asked, framework, heading, ()),
        "criterion": which,
        "severity": SEVERITY_WORDS[which.severity],
        "due": due_words(asked, which),
        "sources": _sources(framework, which),
        "examples": [(example, example_words(example)) for example in which.examples],
        "figures": figures,
        "whole": pictures.whole_words(asked, now.whole),
        "bar": pictures.criterion_bar(asked, which, figures, then),
        "change": change(asked, now.whole, then),
        "when": pictures.when(asked),
        "plot": pictures.gaps_plot(asked, now, "pupils who have met it", which),
        "gaps": [_gap(asked, gap) for gap in gaps_in(asked.found, which)],
        "plan_url": address("programme:add") if asked.reader.may_plan else "",
        **(_pupils(asked, which) if asked.reader.names else {}),
    }
    template = "evaluation/criterion_pupils.html" if _only_pupils(request) else "evaluation/criterion.html"
    return render(request, template, context, status=status_of(asked))


def _only_pupils(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target and htmx.target.endswith("pupils"))


def _sources(framework: Framework, criterion: Criterion) -> list[Any]:
    codes = {*criterion.sources, *(value.source for value in criterion.threshold)}
    return [source for source in framework.sources if source.code in codes]


def _gap(asked: Asked, gap: Gap) -> dict[str, Any]:
    query = {"state": gap.state.value, "year": gap.year_group}
    return {
        "gap": gap,
        "pupils": say(gap.pupils, asked.reader.names),
        "address": asked.criterion_address(gap.criterion, **query) + "#pupils" if asked.reader.names else "",
        "coming": [(each, activity_address(each.reference)) for each in gap.coming[:3]],
        "more": max(0, len(gap.coming) - 3),
        "open": gap.state is State.DUE,
        "facts": gap.reason is Reason.JUDGEMENT and asked.reader.names,
    }


def _pupils(asked: Asked, criterion: Criterion) -> dict[str, Any]:
    listing = Listing(asked, criterion)
    page = Paginator(listing.lines, A_PAGE).get_page(asked.request.GET.get("page"))
    export = asked.reader.may_export
    return {
        "listing": listing,
        "filter": listing.filter,
        "page": page,
        "lines": [(line, pupil_address(line.person.reference)) for line in page],
        "columns": COLUMNS,
        "csv_url": address("exports:criterion", criterion.id, "csv") if export else "",
        "xlsx_url": address("exports:criterion", criterion.id, "xlsx") if export else "",
    }
