"""Pages that ask what a list of any kind means, and those of the sources that are remembered."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.looking import looked_at_arrivals
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.imports import answering, sources
from careers.imports.actions import NotNow
from careers.imports.forms_lists import AnswersForm, ColumnsForm, LayoutForm, SourceForm
from careers.imports.lists import guessing, sheet
from careers.imports.lists.mapping import Mapping, Once, carried_over, faults_of, from_json
from careers.imports.lists.sheet import Sheet
from careers.imports.lists.words import answered, words_of
from careers.imports.models import Import, ListSource
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused


def open_list(request: SchoolRequest, reference: str) -> Import:
    """A list that still waits. Anything else has no such page."""
    lists = Import.objects.filter(school=request.school, kind=Import.Kind.ANYTHING, content__isnull=False)
    return get_object_or_404(lists.select_related("source"), reference=reference)


def file_of(started: Import) -> File:
    return File(started.filename, bytes(started.content or b""))


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SchoolRequest, reference: str) -> HttpResponse:
    started = open_list(request, reference)
    try:
        found = laid_out(request, started)
    except FileRefused as refused:
        messages.error(request, str(refused))
        found = sheet.read(file_of(started))
    source, exact = sources.recognised(request.school, found)
    guess = known_or_guessed(started, found, source)
    again = "again" in request.POST
    form = ColumnsForm(request.POST if request.method == "POST" and not again else None, sheet=found, mapping=guess)
    if request.method == "POST" and not again:
        if "use" in request.POST and source:
            return used(request, started, found, guess)
        if form.is_valid():
            return laid_down(request, started, form.chosen())
    looked_at_arrivals(request, "columns of a file", len(found.rows), started)
    context = {
        "shown": started,
        "form": form,
        "found": found,
        "layout": LayoutForm(sheet=found),
        "source": source,
        "exact": exact and not faults_of(guess.means),
        "rows": len(found.rows),
    }
    return render(request, "imports/columns.html", context)


def laid_out(request: SchoolRequest, started: Import) -> Sheet:
    """The sheet with the headings where the page says, or where they were said or guessed to be."""
    said = request.POST if request.method == "POST" else None
    if said is not None and said.get("header", "").isdigit():
        return sheet.read(file_of(started), said.get("sheet", ""), int(said["header"]))
    kept = said_of(started)
    return sheet.read(file_of(started), kept.sheet, kept.header) if kept else sheet.read(file_of(started))


def said_of(started: Import) -> Mapping | None:
    """What was said of this file, the latest first."""
    kept = started.answers.get("columns") or started.answers.get("mapping")
    return from_json(Mapping, kept) if kept else None


def known_or_guessed(started: Import, found: Sheet, source: ListSource | None) -> Mapping:
    """What was said of this file, else what is remembered of its source, else a guess."""
    guess = guessing.mapping_of(found, started.academic_year)
    known = said_of(started) or (from_json(Mapping, source.mapping) if source else None)
    if known is None:
        return guess
    means = carried_over(known, found.headings, guess.means)
    return replace(known, sheet=found.name, header=found.header, headings=found.headings, means=means)


def used(request: SchoolRequest, started: Import, found: Sheet, mapping: Mapping) -> HttpResponse:
    """The answers remembered, if they answer everything; else on to what is still to be asked."""
    words = words_of(found, mapping, started.academic_year)
    known = words.types.keys() <= mapping.types.keys() and words.marks.keys() <= mapping.marks.keys()
    if not known or words.too_many or mapping.shape in ("list", "sessions") or faults_of(mapping.means):
        return laid_down(request, started, mapping)
    source, _ = sources.recognised(request.school, found)
    return understood(request, started, mapping, Once(), source.name if source else "")


def laid_down(request: SchoolRequest, started: Import, mapping: Mapping) -> HttpResponse:
    try:
        answering.lay_out(started=started, mapping=mapping, by=request.user)
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect("imports:detail", started.reference)
    return redirect("imports:answers", started.reference)


def understood(request: SchoolRequest, started: Import, mapping: Mapping, once: Once, name: str) -> HttpResponse:
    try:
        answering.understand(started=started, mapping=mapping, once=once, name=name, by=request.user)
    except (NotNow, FileRefused) as refused:
        messages.error(request, str(refused))
    return redirect("imports:detail", started.reference)


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: SchoolRequest, reference: str) -> HttpResponse:
    started = open_list(request, reference)
    mapping = said_of(started)
    if mapping is None:
        return redirect("imports:columns", reference)
    try:
        found = sheet.read(file_of(started), mapping.sheet, mapping.header)
    except FileRefused as refused:
        messages.error(request, str(refused))
        return redirect("imports:columns", reference)
    words = words_of(found, mapping, started.academic_year)
    said = started.answers.get("once")
    once = from_json(Once, said) if said else guessing.once_of(found, mapping, started.academic_year)
    source, _ = sources.recognised(request.school, found)
    name = source.name if source else guessing.source_name(started.filename)
    form = AnswersForm(
        request.POST or None,
        mapping=answered(mapping, words),
        words=words,
        once=once,
        name=name,
        year=str(started.year),
    )
    if request.method == "POST" and form.is_valid():
        return understood(request, started, *form.chosen(), form.cleaned_data["name"])
    return render(request, "imports/answers.html", {"shown": started, "form": form})


@requires(Policy.IMPORT)
@require_safe
def list_sources(request: SchoolRequest) -> HttpResponse:
    known = ListSource.objects.filter(school=request.school).select_related("changed_by")
    return render(request, "imports/sources.html", {"sources": known})


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: SchoolRequest, reference: str) -> HttpResponse:
    shown = get_object_or_404(ListSource, school=request.school, reference=reference)
    form = SourceForm(request.POST or None, source=shown, mapping=from_json(Mapping, shown.mapping))
    if request.method == "POST" and form.is_valid():
        sources.change(source=shown, name=form.cleaned_data["name"], mapping=form.chosen(), by=request.user)
        messages.success(request, f"Saved what is known of {shown.name}.")
        return redirect("imports:sources")
    return render(request, "imports/source.html", {"shown": shown, "form": form})


@requires(Policy.IMPORT)
@require_POST
def forget_source(request: SchoolRequest, reference: str) -> HttpResponse:
    shown = get_object_or_404(ListSource, school=request.school, reference=reference)
    sources.forget(source=shown, by=request.user)
    messages.success(request, f"{shown.name} is forgotten. Its next list will be asked about again.")
    return redirect("imports:sources")
