"""The sheet of purpose: to look at, to print, and to send."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.programme.models import Activity
from careers.quality.finding import asked_for
from careers.quality.forms import ShareForm
from careers.quality.models import Audience, Sharing, ToldPupil
from careers.quality.results import sees_numbers
from careers.quality.sharing import NothingToSay, pupils_expected
from careers.quality.sharing import share as share_purpose
from careers.quality.sheets import sheet_of
from careers.quality.views import page_of
from careers.schools.clock import today


@requires(Policy.SEE_FIGURES)
@require_safe
def sheet(request: SchoolRequest, reference: str, audience: str) -> HttpResponse:
    """The sheet as it would be sent or printed now, and who was told when."""
    return _show(request, asked_for(request, reference), _audience(audience))


@requires(Policy.PLAN)
@require_POST
def share(request: SchoolRequest, reference: str, audience: str) -> HttpResponse:
    """Send the sheet that was looked at, or say that it has been handed over."""
    found, to = asked_for(request, reference), _audience(audience)
    form = ShareForm(request.POST, activity=found, audience=to, told=_told(found))
    if not form.is_valid():
        return _show(request, found, to, form)
    given = form.cleaned_data
    if _address(given) and not ratelimit.consume(request, action="invite", user=request.user):
        messages.error(
            request, "Many messages were sent in the last hour, so this one was not. Wait, or hand the sheet over."
        )
        return redirect("quality:sheet", reference, audience)
    try:
        sharing = share_purpose(
            activity=found, audience=to, way=Sharing.Way(given["way"]), partner=given.get("partner"),
            email=_address(given), stamp=given["stamp"], again=bool(given.get("again")), by=request.user,
        )  # fmt: skip
    except NothingToSay as reason:
        messages.error(request, str(reason))
        return redirect("quality:sheet", reference, audience)
    sent = sharing.way == Sharing.Way.EMAIL
    messages.success(request, "The sheet is on its way." if sent else "It is recorded that they have been told.")
    return redirect(page_of(found, "purpose"))


def _address(given: dict[str, Any]) -> str:
    return str(given.get("email") or "") if given["way"] == Sharing.Way.EMAIL else ""


def _audience(audience: str) -> Audience:
    if audience not in Audience.values:
        raise Http404("There is no such sheet.")
    return Audience(audience)


def _told(found: Activity) -> list[Sharing]:
    return list(Sharing.objects.filter(activity=found).select_related("partner").order_by("shared_on", "pk"))


def _show(request: SchoolRequest, found: Activity, audience: Audience, form: ShareForm | None = None) -> HttpResponse:
    told = _told(found)
    may_plan = Policy.PLAN in request.membership.policies
    page: dict[str, Any] = {
        "activity": found,
        "audience": str(audience),
        "sheet": sheet_of(found, audience),
        "told": [each for each in told if each.audience == audience],
        "may_plan": may_plan,
        "has_partner": found.partners.exists(),
        "began": bool(found.starts_on and found.starts_on < today()),
    }
    if may_plan:
        page["form"] = form or ShareForm(activity=found, audience=audience, told=told)
    if may_plan and audience == Audience.PUPILS:
        expected = pupils_expected(found)
        page |= {"expected": len(expected), "reachable": sum(bool(pupil.email) for pupil in expected)}
    if audience == Audience.PUPILS and sees_numbers(request.membership):
        rows = ToldPupil.objects.filter(sharing__activity=found)
        page |= {
            "waiting": rows.filter(arrived=None).count(),
            "arrived": rows.filter(arrived=True).count(),
            "failed": rows.filter(arrived=False).count(),
        }
    return render(request, "quality/sheet.html", page, status=422 if form is not None and form.errors else 200)
