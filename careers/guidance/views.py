"""Writing a note of guidance about a pupil, and putting one right. Notes are read on the pupil's file, which is evaluation's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.guidance import actions
from careers.guidance.forms import CorrectionForm, NoteForm
from careers.guidance.sight import notes_visible_to
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.pupils.visibility import pupils_visible_to


@requires(Policy.SEE_GUIDANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SchoolRequest, reference: str) -> HttpResponse:
    """A new note about a pupil within reach."""
    pupil = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    posted = request.POST if request.method == "POST" else None
    form = NoteForm(posted, meetings=meetings_of(pupil), initial={"meeting": request.GET.get("activity", "")})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.write(
            pupil=pupil, kind=given["kind"], text=given["text"], passed_to=given["passed_to"],
            encounter=form.encounter(), by=request.user,
        )  # fmt: skip
        messages.success(request, "The note is written.")
        return redirect(file_of(pupil))
    looked_at(request, "writing a note of guidance", [pupil.pk])
    return _ask(request, pupil, form, {"heading": "Write a note of guidance", "submit": "Save the note"})


@requires(Policy.SEE_GUIDANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put a note right. That it was opened is on record, as reading it is."""
    note = get_object_or_404(notes_visible_to(request.membership).select_related("pupil"), reference=reference)
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(posted, note=note)
    if form.is_bound and form.is_valid():
        changed = actions.correct(note=note, by=request.user, **form.cleaned_data)
        messages.success(
            request, "The note is put right. What it said before is kept." if changed else "Nothing was changed."
        )
        return redirect(file_of(note.pupil))
    record("opened a note of guidance", by=request.user, school=request.school, subject=note.pupil, changes=False)
    return _ask(request, note.pupil, form, {"heading": "Put the note right", "submit": "Save"})


def meetings_of(pupil: Pupil) -> list[Encounter]:
    """The guidance meetings on a pupil's record, latest first."""
    held = Encounter.objects.filter(
        school_id=pupil.school_id, pupil=pupil, activity__type=Activity.Type.GUIDANCE_MEETING
    )
    return list(held.select_related("activity").order_by("-activity__starts_on", "-pk"))


def file_of(pupil: Pupil) -> str:
    return reverse("pupils:pupil", args=[pupil.reference]) + "#guidance"


def _ask(request: SchoolRequest, pupil: Pupil, form: Any, page: dict[str, Any]) -> HttpResponse:
    context = page | {"form": form, "caption": pupil.full_name, "back_url": file_of(pupil)}
    return render(request, "guidance/note.html", context, status=422 if form.errors else 200)
