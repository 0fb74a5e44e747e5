"""The list of pupils at the foot of a criterion's or a benchmark's page, which htmx may ask for alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from careers.accounts.looking import looked_at
from careers.design.components import Column
from careers.evaluation.asking import Asked
from careers.evaluation.doors import address, pupil_address
from careers.evaluation.listing import Listing
from careers.evaluation.sensitive import told
from criteria.model import Criterion

A_PAGE = 50
A_FEW = 5
"""How many of those nearest to meeting it a page names before the whole list."""
NAMES = (Column("Name", "name"), Column("State", "state"), Column("Year", "year"), Column("Form", "form"))


def list_of_pupils(asked: Asked, export: str, named: tuple[str, ...], *criteria: Criterion) -> dict[str, Any]:
    """What the list needs; nothing for a reader who sees no names. `export` and `named` are the page that takes it out."""
    if not asked.reader.names or not told(criteria, asked.reader.sensitive):
        return {}
    listing = Listing(asked, *criteria)
    page = Paginator(listing.lines, A_PAGE).get_page(asked.request.GET.get("page"))
    nearest = listing.nearest(A_FEW)
    seen = {line.person.pk for line in (*page, *nearest)}
    looked_at(asked.request, " ".join(named), seen, filters=listing.filter.on())
    several = len(criteria) > 1
    files = [(words, address(export, *named, kind)) for words, kind in (("CSV", "csv"), ("Excel", "xlsx"))]
    return {
        "filter": listing.filter,
        "nearest": [(line, pupil_address(line.person.reference)) for line in nearest],
        "page": page,
        "pupil_lines": [(line, pupil_address(line.person.reference)) for line in page],
        "several": several,
        "columns": (
            *NAMES,
            *([Column("Criterion", "criterion")] if several else []),
            Column("Done", "count"),
            Column("Due", "due"),
        ),
        "files": [each for each in files if each[1]] if asked.reader.may_export else [],
    }


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or only its list of pupils where htmx asks for that.

    A day or edition that makes no sense is answered with today's figures, and said to be wrong (422).
    """
    htmx = getattr(request, "htmx", None)
    alone = bool(htmx and htmx.target and htmx.target.endswith("pupils") and "page" in context)
    response = render(
        request, "evaluation/pupil_table.html" if alone else template, context, status=context["asked"].status
    )
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
