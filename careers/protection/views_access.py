"""Answering a request for a copy of a pupil's record: writing it down, reading what is in it, handing it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.protection import requests
from careers.protection.downloads import as_download
from careers.protection.forms_access import ExtendForm, RequestForm, ReviewForm
from careers.protection.naming import texts_to_read
from careers.protection.record_of_requests import AccessRequest
from careers.protection.whole_record import Section
from careers.pupils.models import Pupil
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today

ASK = ["GET", "HEAD", "POST"]
NOTES = ("guidance-note", "earlier-note")


@requires(Policy.PROTECT)
@require_safe
def access_requests(request: SchoolRequest) -> HttpResponse:
    """Requests that wait for an answer, the most pressing first, and those that were answered."""
    found = AccessRequest.objects.filter(school=request.school).select_related("pupil")
    waiting = sorted((one for one in found if one.answered_on is None), key=lambda one: one.due_on)
    answered = [one for one in found if one.answered_on][::-1]
    looked_at(request, "requests for a copy", [one.pupil_id for one in found])
    context = {"waiting": waiting, "answered": answered, "today": today()}
    return render(request, "protection/access_requests.html", context)


@requires(Policy.PROTECT)
@require_http_methods(ASK)
def receive(request: SchoolRequest, reference: str) -> HttpResponse:
    """Write down that somebody asked for a copy of this pupil's record."""
    pupil = _pupil(request, reference)
    form = RequestForm(request.POST or None, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        made = requests.receive(pupil=pupil, facts=form.cleaned_data, by=request.user)
        messages.success(request, f"The request is recorded. Answer it by {made.due_on.day} {made.due_on:%B %Y}.")
        return redirect("protection:access_requests")
    return _ask(request, pupil, form, f"A request for a copy of {pupil.full_name}’s record", "Record the request")


@requires(Policy.PROTECT)
@require_http_methods(ASK)
def extend(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take two months more to answer."""
    asked = get_object_or_404(AccessRequest, school=request.school, reference=reference)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            requests.extend(request=asked, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, f"Answer it by {asked.due_on.day} {asked.due_on:%B %Y}.")
        except requests.RequestRefused as refused:
            messages.error(request, str(refused))
        return redirect("protection:access_requests")
    return _ask(
        request, asked.pupil, form, f"More time for the request about {asked.pupil.full_name}", "Take more time"
    )


def _ask(request: SchoolRequest, pupil: Pupil, form: Any, heading: str, submit: str) -> HttpResponse:
    looked_at(request, "a request for a copy", [pupil.pk])
    page = {"form": form, "heading": heading, "submit": submit, "back_url": reverse("protection:access_requests")}
    return render(request, "design/form_page.html", page, status=422 if form.errors else 200)


@requires(Policy.PROTECT)
@require_http_methods(ASK)
def copy(request: SchoolRequest, reference: str) -> HttpResponseBase:
    """Read what a copy would hold and choose what is left out; posted, the copy itself: a PDF and JSON in one zip."""
    pupil = _pupil(request, reference)
    sections = requests.whole(pupil)
    if request.method != "POST":
        record(
            "read what a pupil's copy would hold", by=request.user, school=request.school, subject=pupil, changes=False
        )
    if not _may_read(request, sections):
        return render(request, "protection/copy_by_another.html", {"pupil": pupil}, status=403)
    form = ReviewForm(request.POST if request.method == "POST" else None, texts=texts_to_read(pupil, sections))
    waiting = AccessRequest.objects.filter(school=request.school, pupil=pupil, answered_on__isnull=True).first()
    if request.method == "POST" and form.is_valid():
        found, left_out = requests.hand_over(pupil=pupil, reasons=form.reasons(), request=waiting, by=request.user)
        return as_download(f"The record of {pupil.full_name}", request.school, found, left_out, today())
    context = {
        "pupil": pupil,
        "form": form,
        "waiting": waiting,
        "named": [question for question in form.questions() if question[0].names],
        "others": [question for question in form.questions() if not question[0].names],
        "lines": [[section.title, len(section.entries)] for section in sections],
    }
    return render(request, "protection/copy.html", context, status=422 if form.errors else 200)


def _may_read(request: SchoolRequest, sections: list[Section]) -> bool:
    """Whoever makes a copy reads it first; notes of guidance are read by fewer than answer for the data."""
    notes = any(section.key in NOTES and section.entries for section in sections)
    return not notes or Policy.SEE_GUIDANCE in request.membership.policies


def _pupil(request: SchoolRequest, reference: str) -> Pupil:
    return get_object_or_404(pupils_visible_to(request.membership), reference=reference)
