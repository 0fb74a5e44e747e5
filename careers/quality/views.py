"""How good encounters were: the year's list, one activity's tests, and answering them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.programme.judging import BY_HAND, judge, settle
from careers.programme.models import Activity
from careers.programme.views import asked_year
from careers.quality import listing
from careers.quality.finding import asked_for, here
from careers.quality.forms import AskPartnerForm
from careers.quality.links import address_of
from careers.quality.meaning import WORDS, State, fact_of
from careers.quality.models import Audience, Link
from careers.quality.reasons import PLAN, Quality
from careers.quality.results import reflections_on
from careers.schools.clock import today

PAGE = 50


@requires(Policy.SEE_FIGURES)
@require_safe
def quality_list(request: SchoolRequest) -> HttpResponse:
    """The year's encounters and experiences of workplaces with what is not known of them, the quickest to answer first."""
    year = asked_year(request)
    form = listing.QualityFilter(request.GET)
    every = listing.activities(request.school, year, request.membership)
    found = listing.lines(listing.narrowed(every, form, request.user), form.chosen("show") == "all")
    page = {
        "year": year,
        "filter": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "questions": sum(len(line.lacks) for line in found),
        "may_plan": Policy.PLAN in request.membership.policies,
    }
    return render(request, "quality/list.html", page)


@requires(Policy.SEE_FIGURES)
@require_safe
def activity(request: SchoolRequest, reference: str) -> HttpResponse:
    """The tests of one activity, and what their answers rest on."""
    return show(request, asked_for(request, reference))


def show(request: SchoolRequest, found: Activity, form: AskPartnerForm | None = None) -> HttpResponse:
    """The page of one activity, with a form that was sent back if there is one."""
    quality = Quality(found)
    tests, line = quality.tests, listing.line_of(found)
    may_plan = Policy.PLAN in request.membership.policies
    day, at = today(), here(request)
    links = [(link, address_of(link, at) if may_plan else "") for link in quality.links if is_open(link)]
    page: dict[str, Any] = {
        "activity": found,
        "tests": tests,
        "line": line,
        "words": {state.name.lower(): WORDS[state] for state in State},
        "planned": quality.planned if may_plan else [],
        "sharings": quality.sharings,
        "audiences": [(str(each), each.label) for each in Audience],
        "reflections": reflections_on(found, request.membership),
        "reflection_link": next((each for each in links if each[0].kind == Link.Kind.REFLECTION), None),
        "feedback_links": [each for each in links if each[0].kind == Link.Kind.FEEDBACK],
        "feedback": quality.feedback,
        "over": bool(found.starts_on and found.starts_on <= day),
        "may_plan": may_plan,
        "reads_words": Policy.SEE_PUPILS in request.membership.policies,
        "has_partner": found.partners.exists(),
        "form": form or (AskPartnerForm(activity=found) if may_plan else None),
    }
    return render(request, "quality/activity.html", page, status=422 if form is not None and form.errors else 200)


def is_open(link: Link) -> bool:
    return not link.closed and link.last_day >= today()


def page_of(activity: Activity, place: str = "") -> str:
    return reverse("quality:activity", args=[activity.reference]) + (f"#{place}" if place else "")


@requires(Policy.PLAN)
@require_POST
def answer(request: SchoolRequest, reference: str) -> HttpResponse:
    """Answer one question by one press, take over what somebody else said of it, or take over all that the plan says."""
    found = asked_for(request, reference)
    if request.POST.get("plan"):
        answers = {each.fact.name: each.value for each in Quality(found).planned}
        settle(activity=found, answers=answers, because=PLAN, by=request.user)
        return redirect(page_of(found))
    fact = fact_of(found, request.POST.get("fact", ""))
    if fact is None:
        messages.error(request, "Choose an answer.")
        return redirect(page_of(found))
    try:
        value, seen = fact.value(request.POST.get("answer", "")), fact.value(request.POST.get("seen", ""))
        judge(
            activity=found, answers={fact.name: value}, seen={fact.name: seen},
            because=_because(request, found, fact.name, value), by=request.user,
        )  # fmt: skip
    except KeyError:
        messages.error(request, "Choose an answer.")
    except ChangedMeanwhile:
        messages.error(request, "Somebody else has answered this meanwhile. Nothing was changed: look at it again.")
    return redirect(page_of(found, fact.name))


def _because(request: SchoolRequest, found: Activity, name: str, value: Any) -> str:
    """What the answer rests on: worked out here again, and not taken from the form."""
    if not request.POST.get("suggested"):
        return BY_HAND
    facts = [fact for test in Quality(found).tests for fact in test.facts if fact.fact.name == name]
    offered = facts[0].suggestion if facts else None
    return offered.because if offered and offered.value == value else BY_HAND
