"""Many activities confirmed or cancelled at once: those ticked on the list."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.programme.models import Activity
from careers.programme.status_form import CancelManyForm
from careers.programme.statuses import MANY_FROM, change_statuses

Status = Activity.Status
AT_MOST = 500


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: SchoolRequest) -> HttpResponse:
    """Confirms what is ticked; for a cancelling the reason is asked first. The address keeps how the list was narrowed."""
    back = reverse("programme:list") + (f"?{request.GET.urlencode()}" if request.GET else "")
    if request.method != "POST":
        return redirect(back)
    seen = _seen(request)
    if not seen:
        messages.error(request, "Nothing was ticked. Tick the activities first.")
        return redirect(back)
    if request.POST.get("deed") == "confirm":
        done, left = change_statuses(school=request.school, seen=seen, status=Status.PLANNED, by=request.user)
        _say(request, done, left, "planned")
        return redirect(back)
    form = CancelManyForm(request.POST if "why" in request.POST else None)
    if form.is_valid():
        done, left = change_statuses(
            school=request.school, seen=seen, status=Status.CANCELLED, why=form.cleaned_data["why"],
            words=form.cleaned_data["words"], by=request.user,
        )  # fmt: skip
        _say(request, done, left, "cancelled", _booked(done))
        return redirect(back)
    return render(request, "programme/cancel_many.html", _page(request, form, seen, back), status=_http_status(form))


def _page(request: SchoolRequest, form: CancelManyForm, seen: Mapping[str, str], back: str) -> dict[str, object]:
    found = Activity.objects.filter(school=request.school, reference__in=list(seen)).order_by("title", "pk")
    activities = [each for each in found if seen[each.reference] in MANY_FROM[Status.CANCELLED]]
    return {
        "form": form,
        "activities": activities,
        "booked": _booked(activities),
        "heading": f"Cancel {_number(len(activities))}",
        "back_url": back,
    }


def _http_status(form: CancelManyForm) -> int:
    return 422 if form.errors else 200


def _seen(request: SchoolRequest) -> dict[str, str]:
    """The status at which each that is ticked was seen, by reference."""
    pairs = (value.partition(".") for value in request.POST.getlist("activity")[:AT_MOST])
    return {reference: status for reference, _, status in pairs if status in Status.values}


def _booked(activities: list[Activity]) -> int:
    """How many places are booked on them."""
    booked = Q(encounters__status="booked", pk__in=[each.pk for each in activities])
    return Activity.objects.filter(booked).values("encounters").count()


def _say(request: SchoolRequest, done: list[Activity], left: list[Activity], became: str, booked: int = 0) -> None:
    said = f"{_number(len(done))} {'is' if len(done) == 1 else 'are'} {became}." if done else "Nothing has changed."
    if booked:
        said += f" {booked} {'place was' if booked == 1 else 'places were'} booked: tell those pupils."
    if left:
        said += f" Left as they are, because they were changed meanwhile or cannot be {became} from here: "
        said += "; ".join(f"{each.title} ({each.get_status_display().lower()})" for each in left[:5])
        said += f" and {len(left) - 5} more." if len(left) > 5 else "."
    (messages.success if done else messages.info)(request, said)


def _number(many: int) -> str:
    return f"{many} activit{'y' if many == 1 else 'ies'}"
