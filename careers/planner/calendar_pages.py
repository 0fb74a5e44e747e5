"""Calendars other programs read: the page on which an address is made, and the address itself."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from careers.accounts.models import User
from careers.accounts.policy import SchoolRequest, public, requires
from careers.accounts.roles import Policy
from careers.planner import ics
from careers.planner.calendars import activities_for, activities_in, end_calendar, feed_of, make_calendar, opened_by
from careers.programme.models import Activity

DEEDS = ("make", "end")


@requires(Policy.SEE_FIGURES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: SchoolRequest) -> HttpResponse:
    """Make, renew or end the address of one's own calendar and, for who plans, of the school's. An address is shown once."""
    may_plan = Policy.PLAN in request.membership.policies
    if request.method != "POST":
        return _page(request, may_plan)
    deed, whose = request.POST.get("deed", ""), request.POST.get("whose", "")
    if deed not in DEEDS or whose not in ("own", "school"):
        return _page(request, may_plan, status=422)
    if whose == "school" and not may_plan:
        raise PermissionDenied
    user = request.user if whose == "own" else None
    if deed == "end":
        ended = end_calendar(school=request.school, user=user, by=request.user)
        messages.success(request, "The calendar has ended." if ended else "There was no calendar to end.")
        return redirect("planner:calendars")
    token = make_calendar(school=request.school, user=user, by=request.user)
    return _page(
        request, may_plan, made=whose, address=request.build_absolute_uri(reverse("planner:calendar", args=[token]))
    )


def _page(request: SchoolRequest, may_plan: bool, made: str = "", address: str = "", status: int = 200) -> HttpResponse:
    kinds: list[tuple[str, str, User | None]] = [("own", "Your own calendar", request.user)]
    if may_plan:
        kinds.append(("school", "The school’s calendar", None))
    shown: list[dict[str, Any]] = []
    for whose, title, user in kinds:
        held = activities_for(request.school, user)
        shown.append(
            {
                "whose": whose,
                "title": title,
                "feed": feed_of(request.school, user),
                "address": address if whose == made else "",
                "placed": sum(ics.is_placed(activity) for activity in held),
                "without_a_day": sum(not ics.is_placed(activity) for activity in held),
            }
        )
    return render(request, "planner/calendars.html", {"calendars": shown, "may_plan": may_plan}, status=status)


@public  # calendar programs cannot sign in: whoever has the address reads the calendar, so no pupil is in it
@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """One calendar as a file. An address that is nobody's, or of a calendar that has ended, opens nothing."""
    if not ratelimit.consume(request, app="allauth.account", action="open_calendar", limit_get=True):
        return HttpResponse("Asked too often. Try again in a minute.\n", status=429, content_type="text/plain")
    feed = opened_by(token)
    if feed is None:
        return HttpResponse("There is no such calendar, or it has ended.\n", status=404, content_type="text/plain")

    def page_of(activity: Activity) -> str:
        return request.build_absolute_uri(reverse("programme:activity", args=[activity.reference]))

    with scope(school=feed.school):
        name = f"Careers, {feed.school.name}" + (" (yours)" if feed.user else "")
        file = ics.written(name, activities_in(feed), page_of)
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="careers.ics"'},
    )
