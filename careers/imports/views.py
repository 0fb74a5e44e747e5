"""Pages for bringing a file in: choose it, look at what it would do, confirm, undo."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.looking import looked_at_arrivals
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.design.formulas import harmless
from careers.imports import actions
from careers.imports.forms import ProgrammeForm, UploadForm
from careers.imports.kinds.registry import KINDS
from careers.imports.models import Import
from careers.imports.reading.refusal import FileRefused
from careers.imports.wording import counts_in_words, how_it_was_read
from careers.pupils.models import Arrival

PAGE = 25


def one(request: SchoolRequest, reference: str) -> Import:
    return get_object_or_404(
        Import.objects.filter(school=request.school).select_related("uploaded_by"), reference=reference
    )


@requires(Policy.IMPORT)
@require_safe
def list_imports(request: SchoolRequest) -> HttpResponse:
    past = Import.objects.filter(school=request.school).select_related("uploaded_by").defer("content", "preview")
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    waiting = Arrival.objects.filter(school=request.school, outcome=Arrival.Outcome.WAITING).count()
    return render(request, "imports/list.html", {"kinds": KINDS.values(), "page": page, "waiting": waiting})


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, kind=KINDS[kind])
    if request.method == "POST" and form.is_valid() and form.file_read:
        try:
            started = actions.upload(
                school=request.school, kind=kind, file=form.file_read, options=form.options(), by=request.user
            )
            return redirect("imports:detail", started.reference)
        except FileRefused as refused:
            form.add_error("file", str(refused))
    return render(request, "imports/new.html", {"form": form, "kind": KINDS[kind]})


@requires(Policy.IMPORT)
@require_safe
def detail(request: SchoolRequest, reference: str) -> HttpResponse:
    shown = one(request, reference)
    if shown.status == Import.Status.COLUMNS:
        return redirect("imports:columns", reference)
    form = ProgrammeForm(found=shown.preview.get("choices", [])) if shown.status == Import.Status.CHOOSE else None
    return page_of(request, shown, form)


def page_of(request: SchoolRequest, shown: Import, form: ProgrammeForm | None = None) -> HttpResponse:
    if shown.is_open:  # once it is brought in or cancelled, the names have gone from it
        listed = sum(len(shown.preview.get(names) or ()) for names in WITH_NAMES)
        looked_at_arrivals(request, "a file to bring in", listed, shown)
    done = shown.status in (Import.Status.APPLIED, Import.Status.UNDONE)
    context = {
        "shown": shown,
        "kind": KINDS[shown.kind],
        "form": form,
        "counts": counts_in_words(shown.kind, shown.counts, done=done),
        "read": how_it_was_read(shown.preview),
        "to_put_right": sum(len(shown.preview.get(names) or ()) for names in TO_PUT_RIGHT),
        "same_file": earlier_same(shown),
        "changes_something": shown.status == Import.Status.READY and any(shown.counts.get(name) for name in EFFECTS),
    }
    return render(request, "imports/detail.html", context)


WITH_NAMES = ("new", "changed", "held", "leavers", "faults", "people")
TO_PUT_RIGHT = ("people", "organisations", "cells")
EFFECTS = ("new", "changed", "held", "new_activities", "changed_activities", "new_partners", "new_sessions")


def earlier_same(shown: Import) -> Import | None:
    """The last time this very file was brought in, for a person who wonders whether they have done this already."""
    if not shown.is_open and shown.status != Import.Status.NOTHING:
        return None
    same = Import.objects.filter(school_id=shown.school_id, sha256=shown.sha256, status=Import.Status.APPLIED)
    return same.defer("content", "preview").first()


@requires(Policy.IMPORT)
@require_safe
def errors(request: SchoolRequest, reference: str) -> HttpResponse:
    """The errors as CSV, for whoever corrects the file. What the file said cannot become a formula. It is on record."""
    shown = one(request, reference)
    faults = shown.preview.get("faults", [])
    record("took out the errors of a file", by=request.user, school=request.school, subject=shown, changes=False)
    headers = {"Content-Disposition": f'attachment; filename="errors-{shown.reference}.csv"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(["Row", "Column", "Problem"])
    writer.writerows([fault["row"], harmless(fault["column"]), harmless(fault["sentence"])] for fault in faults)
    return response


@requires(Policy.IMPORT)
@require_POST
def choose(request: SchoolRequest, reference: str) -> HttpResponse:
    started = one(request, reference)
    form = ProgrammeForm(request.POST, found=started.preview.get("choices") or [])
    if started.status == Import.Status.CHOOSE and not form.is_valid():
        return page_of(request, started, form)
    try:
        actions.choose_programme(started=started, programme=request.POST.get("programme", ""), by=request.user)
    except (actions.NotNow, FileRefused) as refused:
        messages.error(request, str(refused))
    return redirect("imports:detail", reference)


@requires(Policy.IMPORT)
@require_POST
def confirm(request: SchoolRequest, reference: str) -> HttpResponse:
    started = one(request, reference)
    try:
        actions.apply(started=started, leavers=request.POST.getlist("leaver"), by=request.user)
        messages.success(request, f"{started.filename} was brought in.")
    except (actions.NotNow, FileRefused) as refused:
        messages.error(request, str(refused))
    return redirect("imports:detail", reference)


@requires(Policy.IMPORT)
@require_POST
def cancel(request: SchoolRequest, reference: str) -> HttpResponse:
    try:
        actions.cancel(started=one(request, reference), by=request.user)
        messages.success(request, "The import was cancelled. Nothing was changed.")
    except actions.NotNow as refused:
        messages.error(request, str(refused))
        return redirect("imports:detail", reference)
    return redirect("imports:list")


@requires(Policy.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SchoolRequest, reference: str) -> HttpResponse:
    done = one(request, reference)
    if request.method != "POST":
        return render(
            request, "imports/undo.html", {"shown": done, "counts": counts_in_words(done.kind, done.counts, done=True)}
        )
    try:
        actions.undo(done=done, by=request.user)
        messages.success(request, "The import was undone. Everything is as it was before.")
    except actions.NotNow as refused:
        messages.error(request, str(refused))
    return redirect("imports:detail", reference)
