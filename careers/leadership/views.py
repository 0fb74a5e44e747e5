"""Adding to the school's own record, correcting it, and taking something out. The page that judges it is evaluation's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.leadership import actions
from careers.leadership.forms import MilestoneForm, ReviewForm, answers_of, first_answers
from careers.leadership.kinds import KINDS, Kind
from careers.leadership.models import Milestone
from careers.programme.models import Activity


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest, kind: str) -> HttpResponse:
    """Record a milestone. `activity` in the address is the activity of the programme that it says more about."""
    if kind == "information_reviewed":
        return redirect("leadership:review")
    which = _kind(kind)
    activity = Activity.objects.filter(school=request.school, reference=request.GET.get("activity", "")).first()
    first = first_answers(which, request.GET)
    if activity is not None:
        first |= {"title": activity.title[:120], "date": activity.starts_on or first["date"]}
    form = MilestoneForm(request.POST or None, kind=which, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.add(school=request.school, kind=kind, facts=form.facts(), activity=activity, by=request.user)
        messages.success(request, f"Recorded: {which.name.lower()}.")
        return redirect("evaluation:school_record")
    return _ask(request, form, {"heading": which.name, "help": which.help, "submit": "Record it"})


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put right what is recorded, or say that it has ended."""
    milestone = get_object_or_404(Milestone, school=request.school, reference=reference)
    kind = _kind(milestone.kind)
    form = MilestoneForm(request.POST or None, kind=kind, initial=answers_of(milestone))
    if request.method == "POST" and form.is_valid():
        changed = actions.correct(milestone=milestone, facts=form.facts(), by=request.user)
        messages.success(request, "Saved." if changed else "Nothing was changed.")
        return redirect("evaluation:school_record")
    page = {"heading": milestone.title or kind.name, "help": kind.help, "submit": "Save", "milestone": milestone}
    return _ask(request, form, page)


@requires(Policy.RECORD_SCHOOL)
@require_POST
def remove(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take out what should never have been recorded, for somebody who has seen what that means (the button says so)."""
    milestone = get_object_or_404(Milestone, school=request.school, reference=reference)
    if request.POST.get("remove") != "yes":
        return redirect("leadership:edit", reference)
    said = str(milestone)
    actions.remove(milestone=milestone, by=request.user)
    messages.success(request, f"Removed: {said}.")
    return redirect("evaluation:school_record")


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SchoolRequest) -> HttpResponse:
    """Name the day of the next review of the published careers information."""
    form = ReviewForm(request.POST or None, initial={"next_review_on": request.school.next_review_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.name_next_review(
            school=request.school, day=given["next_review_on"], reviewed_on=given["reviewed_on"], by=request.user
        )
        messages.success(request, "The day of the next review is recorded.")
        return redirect("evaluation:school_record")
    page = {
        "heading": "Review of the published information",
        "help": "The website must name the day of the next review. Once that day has gone by, it is wrong.",
        "submit": "Save",
    }
    return _ask(request, form, page)


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404("There is no such kind of milestone.")
    return KINDS[key]


def _ask(request: SchoolRequest, form: Any, page: dict[str, Any]) -> HttpResponse:
    page |= {"form": form, "caption": "The school's own record", "back_url": reverse("evaluation:school_record")}
    return render(request, "leadership/milestone.html", page, status=422 if form.errors else 200)
