"""What pupils should learn from one activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile, EditForm
from careers.programme import queries
from careers.programme.models import Activity
from careers.programme.outcome_actions import codes_of, set_outcomes
from careers.programme.outcomes import Outcome, framework, known_at


class OutcomesForm(EditForm):
    """Which outcomes an activity carries: those for its year groups and those it carries already."""

    outcomes = forms.MultipleChoiceField(label="What pupils should learn", required=False)

    def __init__(self, *args: Any, activity: Activity, known: dict[str, Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial["outcomes"]
        self.offered = [
            outcome for code, outcome in known.items() if code in held or _fits(outcome, activity.year_groups)
        ]
        self.fields["outcomes"].choices = [(each.code, each.text) for each in self.offered]  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[str, list[tuple[Outcome, bool]]]]:
        """(title, outcomes and whether each is ticked) for each area, and for the school's own in no area."""
        ticked = set(self["outcomes"].value() or ())
        titles = {area.number: f"{area.number}. {area.name}" for area in framework().areas} | {None: "The school’s own"}
        found = []
        for number, title in titles.items():
            own = [(each, each.code in ticked) for each in self.offered if each.area == number]
            if own:
                found.append((title, own))
        return found

    def clean_outcomes(self) -> list[str]:
        return sorted(self.cleaned_data["outcomes"])


def _fits(outcome: Outcome, year_groups: list[int]) -> bool:
    if outcome.retired:
        return False
    return not year_groups or not outcome.year_groups or bool(set(outcome.year_groups) & set(year_groups))


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: SchoolRequest, reference: str) -> HttpResponse:
    """Choose what pupils should learn from an activity. It is on record then that outcomes are set."""
    seen = Activity.objects.exclude(pk__in=queries.hidden_from(request.membership).values("pk"))
    activity: Activity = get_object_or_404(seen, school=request.school, reference=reference)
    known = known_at(request.school)
    first = {"outcomes": codes_of(activity)}
    form = OutcomesForm(request.POST or None, activity=activity, known=known, initial=first)
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["outcomes"]
        try:
            changed = set_outcomes(activity=activity, codes=codes, stamp=form.given_stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(_page_of(activity))
        except ChangedMeanwhile:
            form.tell({"outcomes": codes_of(activity)}, last_changed(activity))
    page = {"form": form, "activity": activity, "framework": framework(), "back_url": _page_of(activity)}
    return render(request, "programme/outcomes.html", page, status=form.http_status)


def _page_of(activity: Activity) -> str:
    return reverse("programme:activity", args=[activity.reference])
