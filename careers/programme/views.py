"""The programme as a list, and the deeds done to its activities. An activity's own page judges it, so it is evaluation's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.components import Column
from careers.programme import actions, queries
from careers.programme.forms import ActivityForm, ProgrammeFilter, answers_of, years_offered
from careers.programme.models import Activity
from careers.schools.clock import current_year, today
from criteria.periods import AcademicYear

PAGE = 50


@requires(Policy.SEE_FIGURES)
@require_safe
def programme_list(request: SchoolRequest) -> HttpResponse:
    """The year's activities, narrowed by the address. The grid counts what the list shows."""
    year = asked_year(request)
    form = ProgrammeFilter(request.GET, school=request.school, sources=queries.sources(request.school, year))
    found = narrowed(queries.programme(request.school, year), form, request)
    meetings = found.filter(queries.appointments())
    unseen = meetings.filter(pk__in=queries.hidden_from(request.membership).values("pk")).count()
    appointments = 0
    if "appointments" not in request.GET:
        appointments = meetings.count() - unseen
        found = found.exclude(queries.appointments())
    elif unseen:
        found = found.exclude(pk__in=queries.hidden_from(request.membership).values("pk"))
    grid = queries.grid(found, year, request.school.year_groups)
    pages = Paginator(found.prefetch_related("partners"), PAGE)
    page = pages.get_page(request.GET.get("page") or (todays_page(found, pages) if year == current_year() else 1))
    return render(
        request,
        "programme/list.html",
        {
            "year": year,
            "filter": form,
            "page": page,
            "holds_today": "page" not in request.GET and page.number > 1,
            "appointments": appointments,
            "unseen": rounded(unseen),
            "grid_columns": [Column("Year group"), *(Column(name, numeric=True) for name in grid.columns)],
            "grid_rows": [[row, *numbers] for row, numbers in grid.rows],
            "may_plan": Policy.PLAN in request.membership.policies,
        },
    )


def rounded(number: int) -> str:
    """A number of pupils' meetings for somebody who does not see those pupils, to the nearest five; empty where there are none."""
    return "" if not number else "fewer than 5" if number < 5 else f"about {5 * round(number / 5):,}"


def todays_page(found: QuerySet[Activity], pages: Paginator[Activity]) -> int:
    """The page on which what comes next begins: the year is read from here on, not from September."""
    gone = found.filter(placed_on__lt=today()).count()
    return min(gone, max(pages.count - 1, 0)) // PAGE + 1


def asked_year(request: HttpRequest) -> AcademicYear:
    """The academic year in the address if it is one we offer, else the current one."""
    asked = request.GET.get("academic_year", "")
    offered = {str(year) for year, _ in years_offered()}
    return AcademicYear(int(asked)) if asked in offered else current_year()


def narrowed(found: QuerySet[Activity], form: ProgrammeFilter, request: SchoolRequest) -> QuerySet[Activity]:
    if group := form.chosen("year_group"):
        found = queries.for_year_group(found, group)
    if kind := form.chosen("partner"):
        found = queries.with_partner_kind(found, request.school, kind)
    chosen = {name: form.chosen(name) for name in ("type", "status", "source") if form.chosen(name)}
    return found.filter(**chosen)


def page_of(activity: Activity) -> str:
    return reverse("programme:activity", args=[activity.reference])


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest) -> HttpResponse:
    """A new activity. The address may say which year group or type it is for, so that a gap can lead here."""
    first: dict[str, Any] = {name: request.GET[name] for name in ("type", "term", "title") if name in request.GET}
    first |= {"academic_year": asked_year(request).start_year, "year_groups": request.GET.getlist("year_group")}
    form = ActivityForm(request.POST or None, school=request.school, initial=first)
    if request.method == "POST" and form.is_valid():
        made = actions.add(
            school=request.school, facts=form.facts(), partners=form.cleaned_data["partners"], by=request.user
        )
        messages.success(request, f"{made.title} is in the programme.")
        return redirect(page_of(made))
    return _ask(
        request,
        form,
        {"heading": "Add an activity", "submit": "Add the activity", "back_url": reverse("programme:list")},
    )


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record what is known of an activity, so that it can be told what it counts for."""
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    back = page_of(activity)
    page = {"heading": activity.title, "caption": "What is known of it", "submit": "Save", "back_url": back}
    if request.method != "POST":
        first = answers_of(activity, actions.stamp_of(activity))
        return _ask(request, ActivityForm(school=request.school, activity=activity, initial=first), page)
    form = ActivityForm(request.POST, school=request.school, activity=activity)
    if form.is_valid():
        given = form.cleaned_data
        try:
            changed = actions.change(
                activity=activity, facts=form.facts(), partners=given["partners"], stamp=given["stamp"], by=request.user
            )
        except actions.ChangedMeanwhile:
            return _ask(
                request,
                form,
                page | {"meanwhile": _meanwhile(activity, form), "fresh": actions.stamp_of(activity)},
                409,
            )
        messages.success(request, "Saved." if changed else "Nothing was changed.")
        return redirect(back)
    return _ask(request, form, page)


def _ask(request: SchoolRequest, form: ActivityForm, page: dict[str, Any], status: int = 200) -> HttpResponse:
    if form.is_bound and form.errors:
        status = 422
    return render(request, "programme/edit.html", page | {"form": form}, status=status)


def _meanwhile(activity: Activity, form: ActivityForm) -> list[str]:
    """The questions whose recorded answer is not the one on this form, by their labels."""
    activity.refresh_from_db()
    held = answers_of(activity, "")
    given = form.cleaned_data | {"partners": [partner.reference for partner in form.cleaned_data["partners"]]}
    differing = [n for n in held if n != "stamp" and _plain(held[n]) != _plain(given[n])]
    return [str(form[name].label) for name in differing]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


@requires(Policy.PLAN)
@require_POST
def confirm(request: SchoolRequest, reference: str) -> HttpResponse:
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    try:
        actions.confirm(activity=activity, by=request.user)
        messages.success(request, f"{activity.title} is planned.")
    except actions.NotNow as reason:
        messages.error(request, str(reason))
    return redirect(page_of(activity))


@requires(Policy.PLAN)
@require_POST
def cancel(request: SchoolRequest, reference: str) -> HttpResponse:
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    try:
        actions.cancel(activity=activity, by=request.user)
        messages.success(request, f"{activity.title} is cancelled. You can plan it again from its page.")
    except actions.NotNow as reason:
        messages.error(request, str(reason))
    return redirect(page_of(activity))
