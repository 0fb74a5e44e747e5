"""What the plan would reach, beside the planner: where pupils would stand at the close, and what each year group would have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from careers.accounts.policy import SchoolRequest
from careers.design.charts import HeatMap
from careers.evaluation import forecast
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import asked_under
from careers.evaluation.coverage import Coverage, coverage_of
from careers.evaluation.coverage_tables import heat_map
from careers.evaluation.forecast_page import Cell, cells_of
from careers.schools.clock import current_year
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class Line:
    """A benchmark today and, where the year has not closed, at its close."""

    title: str
    address: str
    cells: tuple[Cell, ...]


def forecast_of(request: SchoolRequest, year: AcademicYear) -> dict[str, Any]:
    """The eight benchmarks for the planner's year. Standings are of this year only; a year to come has no pupils to forecast."""
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    proposed = year > current_year()
    coverage: Coverage = asked.found.remember(
        ("planner's coverage", year, proposed), lambda: coverage_of(asked.school, year, with_proposed=proposed)
    )
    page = {"year": year, "proposed": proposed, "heat_map": _leading_there(heat_map(coverage), year), "asked": asked}
    return page | ({"lines": _lines(asked), "this_year": True} if year == current_year() else {})


def _leading_there(drawn: HeatMap, year: AcademicYear) -> HeatMap:
    """The map of the coverage page drawn on another: what leads further down that page leads to the page first."""
    page = f"{reverse('programme:coverage')}?academic_year={year.start_year}"
    rows = [
        replace(row, cells=[replace(c, url=page + c.url) if c.url.startswith("#") else c for c in row.cells])
        for row in drawn.rows
    ]
    return replace(drawn, rows=rows)


def _lines(asked: Asked) -> list[Line]:
    """Benchmarks that ask something of pupils. The day between is left out: the planner is about the year."""
    ahead = forecast.ahead(asked)
    horizons = [ahead[0], ahead[-1]] if len(ahead) > 1 else ahead
    lines = []
    for heading in asked.benchmarks.headings:
        if criteria := asked_under(asked.found, asked.benchmarks, heading):
            title = f"{heading.number}. {heading.title}"
            cells = cells_of(asked, horizons, title, criteria)
            lines.append(Line(title, asked.heading_address(asked.benchmarks, heading), cells))
    return lines
