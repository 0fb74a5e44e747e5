"""What the law asks in each phase, how far pupils are, and what each occasion does for whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.deeds import last_changed
from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.evaluation.asking import Asked
from careers.evaluation.doors import pupil_address
from careers.evaluation.reached import Phase, Place, Reached, occasion, phases_of
from careers.evaluation.small_numbers import say
from careers.evaluation.wording import year_words
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.provider_access import facts as occasion_facts
from careers.provider_access import phases
from careers.provider_access.limits import ACT
from careers.provider_access.models import ProviderRequest
from careers.provider_access.statement import published, review_of

ASKED_AT_ONCE = 3
"""How many occasions ask for their facts on the overview itself; the rest on their own pages."""

LISTS = {
    Place.COUNTS: "It counts for",
    Place.TO_COME: "It would count, once held, for",
    Place.AGAIN: "It adds nothing, as they met the same providers before",
    Place.ABSENT: "They were absent, or their place was cancelled",
    Place.NO_REGISTER: "The register was not taken",
    Place.UNKNOWN: "Nobody can tell yet",
    Place.DOES_NOT: "It does not count, whoever was there",
    Place.OUT_OF_TIME: "It was outside their phase",
    Place.NO_PLACE: "They had no place on it",
}


@requires(Policy.SEE_FIGURES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    version = published(asked.school)
    may_answer = Policy.RECORD_SCHOOL in asked.request.membership.policies
    page = {
        "asked": asked,
        "phases": [_phase(asked, phase) for phase in phases_of(asked.found)],
        "version": version,
        "review": review_of(version, asked.today) if version else None,
        "may_answer": may_answer,
        "waiting": _waiting(asked) if may_answer else None,
        "act": ACT,
        "may_plan": asked.reader.may_plan,
    }
    return render(request, "provider_access/overview.html", page)


def _waiting(asked: Asked) -> dict[str, int]:
    open_ones = ProviderRequest.objects.filter(school=asked.school, decisions__isnull=True)
    days = list(open_ones.values_list("answer_by", flat=True))
    return {"open": len(days), "overdue": sum(day is not None and day < asked.today for day in days)}


def _phase(asked: Asked, phase: Phase) -> dict[str, Any]:
    shown = phases.occasions(asked, phase)
    asking: list[tuple[phases.Shown, occasion_facts.FactsForm]] = []
    seen: set[int] = set()
    for each in sorted(shown, key=lambda each: each.for_a_few):
        if each.asks and each.unknown and each.activity.pk not in seen and len(asking) < ASKED_AT_ONCE:
            seen.add(each.activity.pk)
            asking.append((each, occasion_facts.FactsForm(activity=each.activity)))
    return {
        "phase": phase,
        "name": year_words(phase.year_groups),
        "ends": year_words(phase.year_groups[-1:]) if len(phase.year_groups) > 1 else "",
        "key": phase.criterion.id.replace(".", "-"),
        "duty": phases.DUTY[phase.offered],
        "address": asked.criterion_address(phase.criterion),
        "year_groups": phases.year_groups(asked, phase),
        "wanted": phases.wanted(asked, phase),
        "occasions": [each for each in shown if not each.for_a_few],
        "few": [each for each in shown if each.for_a_few],
        "asking": asking,
        "undecided": len({each.activity.pk for each in shown if each.unknown}),
    }


@requires(Policy.SEE_FIGURES)
@require_safe
def occasion_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One occasion: whom it counts for and whom not, with the names this reader may see."""
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    activity = _activity(asked.request, reference)
    lines = occasion(asked.found, activity)
    page = {
        "asked": asked,
        "activity": activity,
        "parts": [
            {"phase": phase, "shown": phases.show(asked, phase, line), "lists": _lists(asked, line)}
            for phase, line in lines
        ],
        "activity_url": phases.activity_page(activity),
        "form": occasion_facts.FactsForm(activity=activity) if _asks(asked, activity, lines) else None,
        "edit_url": reverse("programme:edit", args=[reference]) if asked.reader.may_plan else "",
        "request_of_it": ProviderRequest.objects.filter(school=asked.school, activity=activity).first()
        if Policy.RECORD_SCHOOL in asked.request.membership.policies
        else None,
    }
    named = {pk for part in page["parts"] for each in part["lists"] for pk in each["seen"]}  # type: ignore[attr-defined]
    looked_at(request, "whom an occasion counts for", named, subject=activity)
    return render(request, "provider_access/occasion.html", page)


def _asks(asked: Asked, activity: Activity, lines: list[tuple[Phase, Reached]]) -> bool:
    """Only where an answer would change something: of what does not count anyway nobody need say more."""
    undecided = any(line.truth is None for _, line in lines)
    told = undecided or (bool(lines) and activity.whole_cohort is None)
    return asked.reader.may_plan and told and bool(occasion_facts.asked_of(activity)) and activity.status != "cancelled"


def _activity(request: SchoolRequest, reference: str) -> Activity:
    seen = Activity.objects.exclude(pk__in=hidden_from(request.membership).values("pk"))
    return get_object_or_404(seen.prefetch_related("partners"), school=request.school, reference=reference)


def _lists(asked: Asked, line: Reached) -> list[dict[str, Any]]:
    """Of each part of the year group: how many, and the names this reader may see."""
    found = []
    for place, words in LISTS.items():
        keys = line.pupils.get(place, ())
        if keys:
            seen = [pk for pk in keys if pk in asked.reader.pupils]
            people = [asked.found.by_pk[pk] for pk in seen]
            found.append(
                {
                    "anchor": phases.anchor(line, place),
                    "words": words,
                    "number": say(len(keys), asked.reader.everybody),
                    "seen": seen,
                    "people": [(person.name, person.form, pupil_address(person.reference)) for person in people],
                }
            )
    return found


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: SchoolRequest, reference: str) -> HttpResponse:
    """What is not recorded of an occasion, answered. Also where the overview's own questions are sent."""
    activity = _activity(request, reference)
    back = reverse("provider_access:occasion", args=[reference])
    form = (
        occasion_facts.FactsForm.of_post(request.POST, activity)
        if request.method == "POST"
        else occasion_facts.FactsForm(activity=activity)
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = occasion_facts.answer(
                activity=activity,
                facts=form.facts(),
                approvals=form.approvals(),
                stamp=form.given_stamp,
                by=request.user,
            )
            messages.success(request, f"{activity.title}: saved." if changed else "Nothing was changed.")
            return redirect(reverse("provider_access:overview") if request.GET.get("from") == "overview" else back)
        except ChangedMeanwhile:
            activity.refresh_from_db()
            fresh = occasion_facts.FactsForm(activity=activity, names=form.cleaned_data["questions"].split())
            form.tell(fresh.initial, last_changed(activity), stamp=fresh.initial["stamp"])
    page = {"form": form, "heading": "What decides whether it counts", "caption": activity.title, "back_url": back}
    return render(request, "provider_access/facts.html", page, status=form.http_status)
