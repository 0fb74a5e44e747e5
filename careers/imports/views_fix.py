"""The page where a list is put right in the browser: who is who, which organisation is which, what a cell should have said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at_arrivals
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.imports import answering
from careers.imports.actions import NotNow
from careers.imports.lists.mapping import NEW, NOBODY, Fixes
from careers.imports.models import Import
from careers.imports.reading.refusal import FileRefused
from careers.imports.views_lists import open_list
from careers.pupils.models import Pupil

PAGE = 20
LONGEST = 500


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def fix(request: SchoolRequest, reference: str) -> HttpResponse:
    started = open_list(request, reference)
    if started.status == Import.Status.COLUMNS:
        return redirect("imports:columns", reference)
    if request.method == "POST":
        return put_right(request, started)
    page = Paginator(questions(started), PAGE).get_page(request.GET.get("page"))
    candidates = [one["pk"] for kind, asked in page if kind == "person" for one in asked["candidates"]]
    looked_at_arrivals(request, "rows of a file to put right", len(page), started, candidates)
    alone = sum(1 for asked in started.preview.get("people", []) if not asked["candidates"])
    context = {"shown": started, "page": page, "alone": alone}
    return render(request, "imports/fix.html", context)


def questions(started: Import) -> list[tuple[str, dict[str, Any]]]:
    """Everything that waits for a person, as (kind, question): pupils, organisations, rows."""
    kept = started.preview
    kinds = (("person", "people"), ("partner", "organisations"), ("row", "cells"))
    return [(kind, asked) for kind, names in kinds for asked in kept.get(names, [])]


def put_right(request: SchoolRequest, started: Import) -> HttpResponse:
    said, before = request.POST, len(questions(started))
    unknown: list[str] = []

    def more(fixes: Fixes) -> None:
        for kind, asked in questions(started):
            TAKES[kind](request, said, asked, fixes, unknown)
        fixes.nobody = fixes.nobody or "nobody" in said
        if "reset" in said:
            vars(fixes).update(vars(Fixes()))

    try:
        answering.put_right(started=started, more=more, by=request.user)
    except (NotNow, FileRefused) as refused:
        messages.error(request, str(refused))
        return redirect("imports:detail", started.reference)
    for upn in unknown:
        messages.error(request, f"No pupil here has the UPN {upn}.")
    left = len(questions(started))
    if not left:
        messages.success(request, "Everything is put right. Look at what the file would do, then confirm.")
        return redirect("imports:detail", started.reference)
    messages.success(
        request,
        f"Saved. {left} of {before} still to put right." if left < before else f"Saved. {left} still to put right.",
    )
    return redirect("imports:fix", started.reference)


def take_person(
    request: SchoolRequest, said: QueryDict, asked: dict[str, Any], fixes: Fixes, unknown: list[str]
) -> None:
    """One of the candidates, nobody of ours, or another pupil by UPN."""
    chosen, upn = said.get(f"person-{asked['key']}", ""), said.get(f"upn-{asked['key']}", "").replace(" ", "").upper()
    if chosen == NOBODY or chosen in {one["reference"] for one in asked["candidates"]}:
        fixes.people[asked["key"]] = chosen
    elif upn:
        pupil = Pupil.objects.filter(school=request.school, upn=upn).first()
        if pupil:
            fixes.people[asked["key"]] = pupil.reference
        else:
            unknown.append(upn[:20])


def take_partner(
    request: SchoolRequest, said: QueryDict, asked: dict[str, Any], fixes: Fixes, unknown: list[str]
) -> None:
    chosen = said.get(f"partner-{asked['key']}", "")
    if chosen == NEW or chosen in {one["reference"] for one in asked["candidates"]}:
        fixes.partners[asked["name"].casefold()] = chosen


def take_row(request: SchoolRequest, said: QueryDict, asked: dict[str, Any], fixes: Fixes, unknown: list[str]) -> None:
    row = asked["row"]
    if f"skip-{row}" in said:
        fixes.skip = sorted({*fixes.skip, row})
        return
    for part in asked["parts"]:
        value = said.get(f"cell-{row}-{part['index']}")
        if part["index"] is not None and value is not None and value.strip() != part["value"]:
            fixes.cells.setdefault(str(row), {})[str(part["index"])] = value.strip()[:LONGEST]


TAKES = {"person": take_person, "partner": take_partner, "row": take_row}
