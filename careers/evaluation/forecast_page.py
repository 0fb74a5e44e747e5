"""The forecast page, and the same figures for one criterion on the criterion's own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.design.charts import SmallBar
from careers.evaluation import forecast
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import asked_under
from careers.evaluation.doors import address
from careers.evaluation.forecast import Ahead, Horizon
from careers.evaluation.overview import change
from careers.evaluation.pictures import sentence
from careers.evaluation.small_numbers import Shown, say, shown
from criteria.model import Criterion


@dataclass(frozen=True)
class Cell:
    """One line's figures at one horizon, as this reader may see them."""

    horizon: Horizon
    figures: Shown
    bar: SmallBar
    change: str
    without: str
    address: str


@dataclass(frozen=True)
class Line:
    """A benchmark or a criterion, at each horizon. `lines` are the criteria of a benchmark that has several."""

    key: str
    title: str
    address: str
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...] = ()


@requires(Policy.SEE_FIGURES)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every benchmark and criterion, today and as it would be."""
    asked = _asked_today(request)
    ahead = forecast.ahead(asked)
    headings = []
    for framework in asked.found.frameworks:
        for heading in framework.headings:
            criteria = asked_under(asked.found, framework, heading)
            if criteria:
                own = tuple(line_of(asked, ahead, c) for c in criteria) if len(criteria) > 1 else ()
                title = f"{heading.number}. {heading.title}" if heading.number else heading.title
                cells = cells_of(asked, ahead, title, criteria)
                key = f"{framework.id}-{heading.key}" if own else criteria[0].id
                headings.append(Line(key, title, asked.heading_address(framework, heading), cells, own))
    context = {
        "asked": asked,
        "horizons": [horizon for horizon, _ in ahead],
        "headings": headings,
        "counted_on": forecast.counted_on(asked.school, asked.today),
        "programme_url": address("programme:list"),
        "coverage_url": address("programme:coverage"),
    }
    return render(request, "evaluation/forecast.html", context)


@requires(Policy.SEE_FIGURES)
@require_safe
def criterion(request: HttpRequest, id: str) -> HttpResponse:
    """The part of a criterion's page that is fetched after it; anyone who opens it alone is sent to the whole forecast."""
    asked = _asked_today(request)
    found = asked.find_criterion(id)
    if found is None:
        raise Http404("There is no such criterion.")
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('evaluation:forecast')}#{id}")
    ahead = forecast.ahead(asked)
    context = {"asked": asked, "horizons": [horizon for horizon, _ in ahead], "line": line_of(asked, ahead, found[2])}
    response = render(request, "evaluation/forecast_criterion.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asked_today(request: HttpRequest) -> Asked:
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    return asked


def line_of(asked: Asked, ahead: Ahead, criterion: Criterion) -> Line:
    title = f"{criterion.number} {criterion.title}"
    cells = cells_of(asked, ahead, title, (criterion,))
    return Line(criterion.id, title, asked.criterion_address(criterion), cells)


def cells_of(asked: Asked, ahead: Ahead, title: str, criteria: tuple[Criterion, ...]) -> tuple[Cell, ...]:
    today = forecast.figures_of(asked.found, criteria)
    cells = []
    for horizon, found in ahead:
        figures = forecast.figures_of(found, criteria)
        told = shown(figures, asked.reader.everybody)
        cells.append(
            Cell(
                horizon,
                told,
                SmallBar(sentence(f"{title}, {horizon.name.lower()}", told), told.counts),
                change(asked, figures, today) if horizon.day > asked.today else "",
                say(forecast.without(figures), asked.reader.everybody),
                _door(asked, horizon, criteria),
            )
        )
    return tuple(cells)


def _door(asked: Asked, horizon: Horizon, criteria: tuple[Criterion, ...]) -> str:
    """The pupils without it, then; for a reader who sees none, the criterion. A benchmark of several has its lines for that."""
    if len(criteria) > 1:
        return ""
    day = horizon.day.isoformat() if horizon.day > asked.today else ""
    if not asked.reader.names:
        return asked.criterion_address(criteria[0], as_at=day)
    return asked.criterion_address(criteria[0], as_at=day, state="lacking") + "#pupils"
