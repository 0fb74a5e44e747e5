"""Putting an activity in the programme, and saying more of it. It stands here because the form offers rules to lack."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import last_changed, person_key
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.evaluation.standings import criteria_for, editions
from careers.programme import actions
from careers.programme.forms import ActivityForm, answers_of
from careers.programme.models import Activity
from careers.programme.views import asked_year
from careers.schools.half_terms import KEYS, half_term_said
from careers.schools.models import School
from careers.schools.once import new_stamp
from criteria.periods import AcademicYear


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest) -> HttpResponse:
    """A new activity. The address may say which year group, type or half-term it is for, so that a gap can lead here."""
    year = asked_year(request)
    first: dict[str, Any] = {name: request.GET[name] for name in ("type", "title") if name in request.GET}
    first |= {"academic_year": year.start_year, "year_groups": request.GET.getlist("year_group")}
    named = request.GET.get("half_term", "")
    first["half_term"] = named if named in KEYS else half_term_said(request.GET.get("term", "")[:60])
    first |= {"owner": person_key(request.user.pk), "stamp": new_stamp()}
    given = request.POST or None
    form = ActivityForm(given, school=request.school, initial=first, criteria=may_be_lacked(request.school, year))
    if request.method == "POST" and form.is_valid():
        made = actions.add(
            school=request.school, facts=form.facts(), by=request.user, stamp=form.given_stamp,
            **form.beside(request.school),
        )  # fmt: skip
        messages.success(request, f"{made.title} is in the programme.")
        return redirect(page_of(made))
    page = {"heading": "Add an activity", "submit": "Add the activity", "adding": True}
    return _ask(request, form, page | {"back_url": reverse("programme:list")})


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Change the plan of an activity, or record what is known of it, so that it can be told what it counts for."""
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    back = page_of(activity)
    page = {
        "heading": activity.title,
        "caption": "The plan, and what is known of it",
        "submit": "Save",
        "back_url": back,
    }
    criteria = may_be_lacked(request.school, AcademicYear(activity.academic_year))
    form = ActivityForm(
        request.POST or None, school=request.school, activity=activity, initial=answers_of(activity), criteria=criteria
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change(
                activity=activity, facts=form.facts(), stamp=form.given_stamp, by=request.user,
                **form.beside(request.school),
            )  # fmt: skip
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(back)
        except ChangedMeanwhile:
            activity.refresh_from_db()
            form.tell(answers_of(activity), last_changed(activity))
    return _ask(request, form, page)


def may_be_lacked(school: School, year: AcademicYear) -> list[tuple[str, str]]:
    """The rules of a year that ask something of each pupil: id, and number and title."""
    found = criteria_for(school, editions(year.starts))
    return [(criterion.id, f"{criterion.number} {criterion.title}") for criterion in found]


def page_of(activity: Activity) -> str:
    return reverse("programme:activity", args=[activity.reference])


def _ask(request: SchoolRequest, form: ActivityForm, page: dict[str, Any]) -> HttpResponse:
    return render(request, "programme/edit.html", page | {"form": form}, status=form.http_status)
