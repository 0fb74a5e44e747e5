"""Recording staff development on careers, and how many staff there are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.curriculum import sessions
from careers.curriculum.forms import NumbersForm, SessionForm
from careers.design.editing import ChangedMeanwhile, EditForm
from careers.programme.models import Activity
from careers.schools.clock import current_year, today
from careers.schools.once import new_stamp


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def add_session(request: SchoolRequest) -> HttpResponse:
    """Record a session. `party` in the address is a part of the staff that it is wanted for."""
    party = request.GET.get("party", "teachers")
    meant = {"for_teachers": party != "support_staff", "for_support_staff": party == "support_staff"}
    first = {"stamp": new_stamp(), "day": today(), **meant}
    form = SessionForm(request.POST or None, school=request.school, initial=first)
    if request.method == "POST" and form.is_valid():
        made = sessions.add_session(school=request.school, facts=form.facts(), by=request.user, stamp=form.given_stamp)
        messages.success(request, f"Recorded: {made.title}.")
        return redirect("curriculum:staff")
    return _ask(request, form, {"heading": "Record staff development", "submit": "Record it"})


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: SchoolRequest, activity: str) -> HttpResponse:
    """Put a session right, or say who came."""
    found = get_object_or_404(Activity, school=request.school, reference=activity, type=Activity.Type.STAFF_DEVELOPMENT)
    form = SessionForm(request.POST or None, school=request.school, initial=sessions.answers_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            changed = sessions.change_session(
                activity=found, facts=form.facts(), stamp=form.given_stamp, by=request.user
            )
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("curriculum:staff")
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell(sessions.answers_of(found), last_changed(found))
    return _ask(request, form, {"heading": found.title, "caption": "Staff development", "submit": "Save"})


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_numbers(request: SchoolRequest) -> HttpResponse:
    """How many staff there are, so that a share can be said."""
    held = sessions.numbers_of(request.school, current_year())
    form = NumbersForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            given, stamp = form.answers(), form.given_stamp
            changed = sessions.number_staff(school=request.school, **given, stamp=stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("curriculum:staff")
        except ChangedMeanwhile:
            form.tell(sessions.numbers_of(request.school, current_year()))
    return _ask(request, form, {"heading": f"Staff in {current_year()}", "submit": "Save"})


def _ask(request: SchoolRequest, form: EditForm, page: dict[str, Any]) -> HttpResponse:
    page |= {"form": form, "back_url": reverse("curriculum:staff")}
    return render(request, "design/form_page.html", page, status=form.http_status)
