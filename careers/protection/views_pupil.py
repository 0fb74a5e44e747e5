"""What is done about one pupil's record: put right, kept back, erased."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.design.components import Column, Row
from careers.protection import actions
from careers.protection.due import Calendar
from careers.protection.erasing import Line, what_goes
from careers.protection.forms import CorrectionForm, ErasureForm, HoldForm
from careers.protection.holdings import Erased
from careers.protection.models import Hold
from careers.pupils.models import Pupil
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today

HELD = [Column("What is held"), Column("How many", numeric=True), Column("Why it is held")]
GOES = [*HELD[:2], Column("If everything goes"), Column("If only what says who it was goes")]
IF_ALL_GOES = {Erased.DELETE: "Goes", Erased.BLANK: "Stays, as nobody’s", Erased.KEEP: "Stays, as nobody’s"}
WITHOUT_NAME = {Erased.DELETE: "Goes", Erased.BLANK: "Blanked", Erased.KEEP: "Stays, as nobody’s"}


def one(request: SchoolRequest, reference: str) -> Pupil:
    return get_object_or_404(pupils_visible_to(request.membership), reference=reference)


def hold_of(pupil: Pupil) -> Hold | None:
    return Hold.objects.filter(pupil=pupil, until__gte=today()).select_related("made_by").first()


@requires(Policy.PROTECT)
@require_safe
def pupil(request: SchoolRequest, reference: str) -> HttpResponse:
    """What is held about a pupil, until when, and what can be done about it. That it was opened is written in the audit."""
    shown = one(request, reference)
    record("opened what is held about a pupil", by=request.user, school=request.school, subject=shown, changes=False)
    hold, lines = hold_of(shown), what_goes(shown)
    page = {
        "pupil": shown,
        "hold": hold,
        "facts": [Row("Name kept until", _kept_until(shown))],
        "columns": HELD,
        "rows": [(line.holding.title, line.number, line.holding.why) for line in lines],
        "back_url": reverse("pupils:pupil", args=[reference]),
    }
    return render(request, "protection/pupil.html", page)


def _kept_until(shown: Pupil) -> str:
    calendar = Calendar(shown.school, today())
    if shown.left_on is None:
        return f"{calendar.terms['pupil'].words} {calendar.terms['pupil'].counted}"
    over = calendar.over(calendar.terms["pupil"]).get(shown.pk)
    return f"{over.day} {over:%B %Y}" if over else "The time has not begun"


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put right who a pupil is."""
    shown = one(request, reference)
    form = CorrectionForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.correct_pupil(
                pupil=shown, facts=form.facts(), why=form.cleaned_data["why"], by=request.user
            )
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("protection:pupil", reference)
        except actions.ProtectionRefused as refused:
            form.add_error("upn", str(refused))
    return _ask(request, form, shown, "protection/correct.html", heading="Correct the record", submit="Save")


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def keep_back(request: SchoolRequest, reference: str) -> HttpResponse:
    """Let nothing be taken from the record until a day."""
    shown = one(request, reference)
    hold = hold_of(shown)
    first = {"reason": hold.reason, "until": hold.until} if hold else {}
    form = HoldForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.keep_back(pupil=shown, by=request.user, **form.cleaned_data)
        messages.success(request, "Nothing is taken from this record until then.")
        return redirect("protection:pupil", reference)
    return _ask(
        request, form, shown, "protection/keep_back.html", heading="Keep this record back", submit="Keep it back"
    )


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show what would go, ask, and erase it: what comes back is a receipt that says nothing about whom."""
    shown = one(request, reference)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = actions.erase_pupil(
                pupil=shown,
                keep_figures=form.cleaned_data["how"] == "name",
                by=request.user,
                session=request.session,
            )
            messages.success(request, "The record was erased.")
            return redirect("protection:receipt", receipt.reference)
        except actions.ProtectionRefused as refused:
            form.add_error(None, str(refused))
    more = {"columns": GOES, "rows": [_becomes(line) for line in what_goes(shown)], "hold": hold_of(shown)}
    return _ask(
        request, form, shown, "protection/erase.html", heading="Erase this record", submit="Erase", warning=True, **more
    )


def _becomes(line: Line) -> tuple[str, int, str, str]:
    return line.holding.title, line.number, IF_ALL_GOES[line.holding.erased], WITHOUT_NAME[line.holding.pseudonymised]


def _ask(request: SchoolRequest, form: Any, shown: Pupil, template: str, **page: Any) -> HttpResponse:
    looked_at(request, "a record to be put right, kept back or erased", [shown.pk])
    page |= {
        "form": form,
        "pupil": shown,
        "caption": shown.full_name,
        "back_url": reverse("protection:pupil", args=[shown.reference]),
    }
    return render(request, template, page, status=422 if form.errors else 200)
