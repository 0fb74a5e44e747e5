"""The year planner: the programme as a grid, a card moved in it, and what the plan would reach."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.evaluation.activity_benchmarks import benchmarks_offered, counting_towards
from careers.evaluation.standings import standings_of
from careers.planner import moving
from careers.planner.forecast import forecast_of
from careers.planner.forms import IN_THE_PLAN, MoveForm, PlannerFilter, answers_of
from careers.planner.grid import grid_of, stamp_of_card
from careers.planner.moving import Place
from careers.programme import queries
from careers.programme.actions import NotNow
from careers.programme.models import Activity, ActivityPartner
from careers.programme.views import asked_year, rounded
from careers.schools.clock import today
from careers.schools.half_terms import half_terms_of
from careers.schools.models import School
from criteria.periods import AcademicYear

MOVED = "planner: moved"
"""In the session: the card moved last, where it was, and whether the planner has said so."""
SHOWN = (
    "reference",
    "title",
    "type",
    "status",
    "starts_on",
    "week_of",
    "half_term",
    "term",
    "year_groups",
    "academic_year",
)


@requires(Policy.SEE_FIGURES)
@require_safe
def year(request: SchoolRequest) -> HttpResponse:
    """The year's programme by year group and half-term. One-to-one meetings are counted, not drawn."""
    asked, school = asked_year(request), request.school
    benchmarks = benchmarks_offered(school, asked)
    form = PlannerFilter(request.GET, school=school, year=asked.start_year, benchmarks=benchmarks)
    found = narrowed(queries.programme(school, asked), form, request, asked)
    meetings = found.filter(queries.appointments())
    unseen = meetings.filter(pk__in=queries.hidden_from(request.membership).values("pk")).count()
    group = form.chosen("year_group")
    may_plan = Policy.PLAN in request.membership.policies
    drawn = found.exclude(queries.appointments()).only(*SHOWN)
    rows = (group,) if group else school.year_groups
    page = {
        "year": asked,
        "filter": form,
        "grid": grid_of(drawn, half_terms_of(school, asked), rows, today(), may_plan),
        "meetings": meetings.count() - unseen,
        "unseen": rounded(unseen),
        "may_plan": may_plan,
        "proposed": drawn.filter(status=Activity.Status.PROPOSED).count() if may_plan else 0,
        "moved": moved_last(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "planner/year.html", page)


def narrowed(
    found: QuerySet[Activity], form: PlannerFilter, request: SchoolRequest, year: AcademicYear
) -> QuerySet[Activity]:
    status = form.chosen("status")
    found = found.filter(status__in=[status] if status else IN_THE_PLAN)
    if group := form.chosen("year_group"):
        found = queries.for_year_group(found, group)
    if reference := form.chosen("partner"):
        found = found.filter(pk__in=with_partner(request.school, reference))
    if key := form.chosen("owner"):
        found = found.filter(owner_id=form.owners[key][0])
    if benchmark := form.chosen("benchmark"):
        found = found.filter(pk__in=counting_towards(standings_of(request.school, today()), year, benchmark))
    return found


def with_partner(school: School, reference: str) -> QuerySet[ActivityPartner, Any]:
    named = ActivityPartner.objects.filter(school=school, partner__reference=reference)
    return named.values("activity_id")


def moved_last(request: SchoolRequest) -> dict[str, Any] | None:
    """What this person has just moved, once: to say so and offer to undo it."""
    held = request.session.get(MOVED)
    if not held or held["shown"]:
        return None
    request.session[MOVED] = held | {"shown": True}
    activity = Activity.objects.filter(school=request.school, reference=held["reference"]).first()
    return held | {"activity": activity, "stamp": stamp_of_card(activity)} if activity else None


@requires(Policy.SEE_FIGURES)
@require_safe
def forecast(request: SchoolRequest) -> HttpResponse:
    """The part of the planner that is fetched after it; whoever opens it alone is sent to the whole forecast."""
    if "HX-Request" not in request.headers:
        return redirect("evaluation:forecast")
    response = render(request, "planner/forecast.html", forecast_of(request, asked_year(request)))
    patch_vary_headers(response, ["HX-Request"])
    return response


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def move_activity(request: SchoolRequest, reference: str) -> HttpResponse:
    """Where a card is dropped posts here; without a mouse, or without scripts, the form is filled in."""
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    half_terms = half_terms_of(request.school, AcademicYear(activity.academic_year))
    back = reverse("planner:year") + (f"?{request.GET.urlencode()}" if request.GET else "")
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, activity, back)
    form = MoveForm(request.POST or None, activity=activity, half_terms=half_terms)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            was = moving.move(
                activity=activity, when=given["when"], starts_on=given["starts_on"], stamp=form.given_stamp,
                by=request.user,
            )  # fmt: skip
            if was is not None:
                activity.refresh_from_db()
                _remember(request, activity, was)
            return redirect(f"{back}#card-{activity.reference}")
        except NotNow as reason:
            messages.error(request, str(reason))
            return redirect(back)
        except ChangedMeanwhile:
            activity.refresh_from_db()
            form.tell(answers_of(activity), last_changed(activity))
    page = {"form": form, "activity": activity, "heading": "Move it to", "caption": activity.title, "submit": "Move it"}
    page |= {"back_url": back, "refusal": moving.refused(activity)}
    return render(request, "planner/move.html", page, status=form.http_status)


def _remember(request: SchoolRequest, activity: Activity, was: Place) -> None:
    """For the planner to say, and to undo."""
    lost = bool(was.starts_on and not activity.starts_on)
    held = {"reference": activity.reference, "was": was.to_keep(), "lost_its_day": lost, "shown": False}
    request.session[MOVED] = held


def _undo(request: SchoolRequest, activity: Activity, back: str) -> HttpResponse:
    """Put the card moved last back where it was; pressed twice, it is there already."""
    held = request.session.get(MOVED)
    if held and held["reference"] == activity.reference:
        try:
            place = Place.kept(held["was"])
            if moving.put_back(activity=activity, place=place, stamp=request.POST.get("stamp"), by=request.user):
                messages.success(request, f"{activity.title} is back where it was.")
        except NotNow as reason:
            messages.error(request, str(reason))
        except ChangedMeanwhile:
            messages.error(request, "Somebody has moved it meanwhile, so it is left where it is now.")
    return redirect(f"{back}#card-{activity.reference}")
