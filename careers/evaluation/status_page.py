"""What becomes of an activity: confirm it, put it back to a proposal, say that it was held, cancel it, plan it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.encounters.models import Encounter
from careers.evaluation.activity_form_page import page_of
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.programme.status_form import StatusForm
from careers.programme.statuses import change_status

SAID = {
    Activity.Status.PROPOSED: "{} is a proposal.",
    Activity.Status.PLANNED: "{} is planned.",
    Activity.Status.DELIVERED: "{} was held. Nobody is marked as having been there.",
    Activity.Status.CANCELLED: "{} is cancelled. You can plan it again from its page.",
}


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: SchoolRequest, reference: str) -> HttpResponse:
    """The address may say which status is meant, so that a button can lead here with one chosen."""
    activity = get_object_or_404(Activity, school=request.school, reference=reference)
    form = StatusForm(request.POST or None, activity=activity, asked=request.GET.get("to", ""))
    if request.method == "POST" and request.POST.get("status") == activity.status:
        return redirect(page_of(activity))  # the same button pressed twice
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_status(
                activity=activity, status=given["status"], why=given["why"], words=given["words"],
                stamp=form.given_stamp, by=request.user,
            )  # fmt: skip
            messages.success(request, SAID[given["status"]].format(activity.title) + _places(activity))
            return redirect(page_of(activity))
        except NotNow as reason:
            messages.error(request, str(reason))
            return redirect(page_of(activity))
        except ChangedMeanwhile:
            activity.refresh_from_db()
            form.tell({"status": activity.status}, last_changed(activity))
    page = {
        "heading": "Change its status",
        "caption": activity.title,
        "submit": "Save",
        "form": form,
        "activity": activity,
        "back_url": page_of(activity),
        "booked": _booked(activity),
    }
    return render(request, "evaluation/status.html", page, status=form.http_status)


def _booked(activity: Activity) -> int:
    return Encounter.objects.filter(activity=activity, status=Encounter.Status.BOOKED).count()


def _places(activity: Activity) -> str:
    """What becomes of the places, said where there are any."""
    booked = _booked(activity) if activity.status == Activity.Status.CANCELLED else 0
    if not booked:
        return ""
    who = "1 pupil was" if booked == 1 else f"{booked} pupils were"
    return f" {who} booked: tell them. Their places are kept, and count for nothing while it is cancelled."
