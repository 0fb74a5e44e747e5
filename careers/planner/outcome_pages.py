"""The sequence of learning outcomes, and the outcomes a school has of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile, EditForm
from careers.design.forms import Checkboxes, Radios
from careers.planner.sequence import sequence_of
from careers.programme.forms import years_offered
from careers.programme.models import SchoolOutcome
from careers.programme.outcome_actions import add_outcome, change_outcome
from careers.programme.outcomes import framework
from careers.programme.queries import hidden_from
from careers.programme.views import asked_year
from careers.schools.models import School
from careers.schools.once import new_stamp

NO_AREA = "none"


class WhichYear(forms.Form):
    academic_year = forms.ChoiceField(label="Academic year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["academic_year"].choices = years_offered()  # type: ignore[attr-defined]


class OutcomeForm(EditForm):
    """An outcome of the school's own."""

    text = forms.CharField(
        label="What should pupils learn?",
        max_length=300,
        help_text="One thing, so that you could ask a pupil about it. Such as: Can say which buses lead to the college.",
    )
    area = forms.TypedChoiceField(
        label="Which area of the framework does it belong to?",
        widget=Radios(small=True),
        coerce=lambda n: int(n) if n != NO_AREA else None,
    )
    year_groups = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=Checkboxes(small=True),
        help_text="Leave all empty if it is for every year group.",
    )
    retired = forms.BooleanField(
        label="It is no longer used",
        required=False,
        help_text="Activities that carry it go on doing so, and no other can.",
    )

    def __init__(self, *args: Any, school: School, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(str(area.number), f"{area.number}. {area.name}") for area in framework().areas]
        self.fields["area"].choices = [*areas, (NO_AREA, "None of them")]  # type: ignore[attr-defined]
        self.fields["year_groups"].choices = [(group, f"Year {group}") for group in school.year_groups]  # type: ignore[attr-defined]
        if new:
            del self.fields["retired"]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        return NO_AREA if field_name == "area" and value is None and "area" in self.initial else value


@requires(Policy.SEE_FIGURES)
@require_safe
def sequence(request: SchoolRequest) -> HttpResponse:
    """What pupils should learn from year to year, who teaches it to them this year, and where there is nothing."""
    year = asked_year(request)
    page = {
        "sequence": sequence_of(request.school, year, hidden_from(request.membership)),
        "framework": framework(),
        "own": SchoolOutcome.objects.filter(school=request.school),
        "filter": WhichYear({"academic_year": str(year.start_year)}),
        "may_plan": Policy.PLAN in request.membership.policies,
    }
    return render(request, "planner/outcomes.html", page)


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest) -> HttpResponse:
    """Add an outcome of the school's own."""
    form = OutcomeForm(request.POST or None, school=request.school, new=True, initial={"stamp": new_stamp()})
    if request.method == "POST" and form.is_valid():
        add_outcome(school=request.school, facts=form.answers(), by=request.user, stamp=form.given_stamp)
        messages.success(request, "Added. It can be chosen for activities now.")
        return redirect("planner:outcomes")
    return _ask(request, form, "Add a learning outcome of your own")


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put an outcome of the school's own right, or use it no longer."""
    outcome = get_object_or_404(SchoolOutcome, school=request.school, reference=reference)
    form = OutcomeForm(request.POST or None, school=request.school, initial=answers_of(outcome))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_outcome(outcome=outcome, facts=form.answers(), stamp=form.given_stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("planner:outcomes")
        except ChangedMeanwhile:
            outcome.refresh_from_db()
            form.tell(answers_of(outcome), last_changed(outcome))
    return _ask(request, form, "A learning outcome of your own")


def answers_of(outcome: SchoolOutcome) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    return {name: getattr(outcome, name) for name in ("text", "area", "year_groups", "retired")}


def _ask(request: SchoolRequest, form: OutcomeForm, heading: str) -> HttpResponse:
    page = {"form": form, "heading": heading, "submit": "Save", "back_url": reverse("planner:outcomes")}
    return render(request, "design/form_page.html", page, status=form.http_status)
