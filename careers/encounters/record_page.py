"""The page to record from: registers that wait for whoever is here, and the quick notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.encounters.waiting import ToTake, registers_waiting
from careers.programme.models import Activity
from careers.schools.clock import today

LATELY = timedelta(days=14)
AT_MOST = 12


@requires(Policy.RECORD)
@require_safe
def record(request: SchoolRequest) -> HttpResponse:
    """Today's registers and those of the last fortnight that are not taken, with what else is noted in a minute."""
    day = today()
    found = [each for each in registers_waiting(request.membership, day - LATELY, day) if _is_mine(each, request)]
    now = [each for each in found if (each.activity.ends_on or each.activity.starts_on) == day]
    before = [each for each in found if each not in now and not each.taken]
    page: dict[str, Any] = {
        "day": day,
        "now": _links(now[:AT_MOST]),
        "before": _links(before[:AT_MOST]),
        "more": max(0, len(before) - AT_MOST),
        "noted": Activity.objects.filter(
            school=request.school, owner=request.user, starts_on=day, type=Activity.Type.CURRICULUM_LINK
        ).order_by("-pk")[:3],
        "programme_url": _address("programme:list") if Policy.SEE_FIGURES in request.membership.policies else "",
        "catch_up_url": _address("evaluation:catch_up"),
        "decisions_url": _address("evaluation:decisions"),
    }
    return render(request, "encounters/record.html", page)


def _is_mine(each: ToTake, request: SchoolRequest) -> bool:
    """To whoever sees every pupil only what they own or a group of theirs is waited for by; else the page would hold them all."""
    if request.membership.reach is not Reach.ALL:
        return not (each.activity.one_to_one and each.taken)
    return each.activity.owner_id == request.user.pk or bool(each.groups)


def _links(found: list[ToTake]) -> list[tuple[ToTake, list[tuple[str, str]]]]:
    """Each with the addresses of its registers: one, or one for each group to take it of."""
    linked = []
    for each in found:
        where = reverse("encounters:register", args=[each.activity.reference])
        of_groups = [(group.name, f"{where}?group={group.reference}") for group in each.groups]
        linked.append((each, of_groups or [("", where)]))
    return linked


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:  # a copy that leaves a folder out has no such page
        return ""
