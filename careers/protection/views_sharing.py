"""Giving the local authority what it asks for, holding each file to the instructions of parents and young people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.design.components import Column
from careers.protection import sharing_actions
from careers.protection.forms_sharing import FileForm, InstructionForm
from careers.protection.record_of_notices import DataContact
from careers.protection.record_of_sharing import SharedRecord, SharingExport, SharingInstruction
from careers.protection.sharing import ruling, speaks_for_the_record
from careers.protection.sharing_facts import ADDITIONAL, BASIC, PURPOSES
from careers.protection.sharing_population import Population, population_of
from careers.protection.tables import as_csv
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today
from careers.schools.models import School

ASK = ["GET", "HEAD", "POST"]
SHOWN = 20


@requires(Policy.PROTECT)
@require_safe
def sharing(request: SchoolRequest) -> HttpResponse:
    """Every file that was made for the authority, and every instruction that stands."""
    standing = SharingInstruction.objects.filter(school=request.school, withdrawn_on__isnull=True)
    lines = [
        (one, ruling(one.pupil, [one], today()))
        for one in standing.select_related("pupil").order_by("pupil__surname", "pupil__forename", "pk")
    ]
    looked_at(request, "instructions about sharing", [one.pupil_id for one, _ in lines])
    exports = SharingExport.objects.filter(school=request.school).select_related("made_by")
    context = {"lines": lines, "exports": [(one, PURPOSES[one.purpose].title) for one in exports]}
    return render(request, "protection/sharing.html", context)


@requires(Policy.PROTECT)
@require_http_methods(ASK)
def new_file(request: SchoolRequest) -> HttpResponse:
    """Ask what the file is for, show what it would give and withhold, and make it."""
    first = {"recipient": DataContact.of(request.school).local_authority, "level": SharingExport.Level.ADDITIONAL}
    form = FileForm(request.POST or None, year_groups=request.school.year_groups, initial=first)
    page: dict[str, Any] = {"form": form, "back_url": reverse("protection:sharing")}
    if request.method != "POST" or not form.is_valid():
        return render(request, "protection/new_file.html", page, status=422 if form.errors else 200)
    facts = form.cleaned_data
    who = population_of(request.school, purpose=facts["purpose"], year_groups=facts["year_groups"], day=today())
    pupils = who.pupils
    if "make" not in request.POST:
        looked_at(request, "what a file for the authority would say", [pupil.pk for pupil in pupils])
        return render(request, "protection/new_file.html", page | _preview(request.school, who, facts))
    try:
        export, made = sharing_actions.make_file(school=request.school, pupils=pupils, facts=facts, by=request.user)
    except sharing_actions.SharingRefused as refused:
        messages.error(request, str(refused))
        return redirect("protection:new_file")
    name = f"{export.purpose.replace('_', '-')}-{today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    body = as_csv(made.heads, (line.cells for line in made.lines))
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _preview(school: School, who: Population, facts: dict[str, Any]) -> dict[str, Any]:
    additional = facts["level"] == SharingExport.Level.ADDITIONAL
    found = sharing_actions.file_for(school, who.pupils, purpose=facts["purpose"], additional=additional, day=today())
    return {
        "found": found,
        "columns": [Column(head) for head in found.heads],
        "rows": [list(line.cells) for line in found.lines[:SHOWN]],
        "shown": SHOWN,
        "outside": who.outside,
    }


@requires(Policy.PROTECT)
@require_safe
def export(request: SchoolRequest, reference: str) -> HttpResponse:
    """What one file gave of whom. Names are those of pupils who are still held; the file kept none."""
    one = get_object_or_404(SharingExport, school=request.school, reference=reference)
    rows = SharedRecord.objects.filter(school=request.school, export=one).select_related("pupil")
    record(
        "looked at a file made for the authority",
        by=request.user,
        school=request.school,
        subject=one,
        changes=False,
        concerning=[row.pupil_id for row in rows if row.pupil_id],
    )
    words = {**BASIC, **ADDITIONAL}
    lines = [
        [
            row.pupil.list_name if row.pupil else f"No longer held ({row.pupil_reference})",
            ", ".join(words[name] for name in row.given),
            ", ".join(words[name] for name in row.withheld) or "Nothing",
            row.why,
        ]
        for row in rows.order_by("pupil__surname", "pupil__forename", "pk")
    ]
    columns = [Column(name) for name in ("Pupil", "Given", "Withheld", "Why")]
    context = {"export": one, "purpose": PURPOSES[one.purpose].title, "columns": columns, "lines": lines}
    return render(request, "protection/export.html", context)


@requires(Policy.PROTECT)
@require_http_methods(ASK)
def instruct(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record that a parent or a young person gave an instruction."""
    pupil = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    first = {"given_on": today(), "giver": speaks_for_the_record(pupil, today())}
    form = InstructionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            sharing_actions.instruct(pupil=pupil, facts=form.cleaned_data, by=request.user)
            messages.success(request, "The instruction is recorded. Every file from now on is held to it.")
            return redirect("protection:sharing")
        except sharing_actions.SharingRefused as refused:
            form.add_error("giver", str(refused))
    looked_at(request, "an instruction about sharing", [pupil.pk])
    page = {
        "form": form,
        "heading": f"What the local authority is not to be told of {pupil.full_name}",
        "submit": "Record the instruction",
        "back_url": reverse("protection:sharing"),
    }
    return render(request, "design/form_page.html", page, status=422 if form.errors else 200)


@requires(Policy.PROTECT)
@require_POST
def take_back(request: SchoolRequest, reference: str) -> HttpResponse:
    instruction = get_object_or_404(SharingInstruction, school=request.school, reference=reference)
    sharing_actions.take_back(instruction=instruction, by=request.user)
    messages.success(request, "The instruction holds no longer. That it was given stays on record.")
    return redirect("protection:sharing")
