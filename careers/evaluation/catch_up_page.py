"""The catch-up list: pupils who missed something, each with the next chance to make it good and a place to be booked on it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at
from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.encounters.actions import book
from careers.evaluation.asking import Asked
from careers.evaluation.catching_up import Missed, missed
from careers.evaluation.doors import activity_address, address, pupil_address
from careers.evaluation.pupil_list import form_order
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.forms import PupilFilter
from careers.pupils.models import Pupil
from careers.pupils.queries import groups_with_visible_pupils, members_of

A_PAGE = 50
PLACE = "place"


class CatchUpFilter(PupilFilter):
    has = left = None  # type: ignore[assignment]


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def catch_up(request: HttpRequest) -> HttpResponse:
    """One's own pupils only. Booking is offered for the chances on the list, and for no other activity."""
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    every = missed(asked.found, asked.reader.pupils, asked.reader.sensitive)
    if request.method == "POST":
        return _book(asked, every)
    filter = _filter(asked, every)
    lines = _narrowed(asked, every, filter.cleaned_data if filter.is_valid() else {})
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    looked_at(asked.request, "who is to catch up", dict.fromkeys(each.person.pk for each in page))
    context = {
        "page": page,
        "lines": [(each, pupil_address(each.person.reference), _where(each)) for each in page],
        "without": sum(each.chance is None for each in lines),
        "filter": filter,
        "any": bool(every),
        "may_book": any(each.chance and not each.chance.booked for each in page),
        "plan_url": address("programme:add") if asked.reader.may_plan else "",
    }
    return render(request, "evaluation/catch_up.html", context)


def _where(each: Missed) -> tuple[str, str]:
    """The addresses of what was missed and of the chance."""
    return activity_address(each.activity.reference), activity_address(
        each.chance.activity.reference if each.chance else ""
    )


def _filter(asked: Asked, every: list[Missed]) -> CatchUpFilter:
    form = CatchUpFilter(asked.request.GET)
    people = [each.person for each in every]
    form.choose_from("year", ((str(y), f"Year {y}") for y in sorted({p.year_group for p in people if p.year_group})))
    form.choose_from("form", ((name, name) for name in sorted({p.form for p in people if p.form}, key=form_order)))
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in groups_with_visible_pupils(asked.request.membership, asked.today):
        groups[group.get_kind_display()].append((group.reference, group.name))
    form.choose_from("group", groups.items())
    return form


def _narrowed(asked: Asked, every: list[Missed], chosen: dict[str, Any]) -> list[Missed]:
    group = chosen.get("group")
    members = members_of(asked.request.membership, group, asked.today) if group else None
    return [
        each
        for each in every
        if chosen.get("year") in (None, "", str(each.person.year_group))
        and chosen.get("form") in (None, "", each.person.form)
        and (members is None or each.person.pk in members)
    ]


def _book(asked: Asked, every: list[Missed]) -> HttpResponse:
    """Book the places ticked, an activity at a time. What is no longer offered is left out, and said."""
    offered = {
        f"{each.person.reference}.{each.chance.activity.reference}": (each.chance.activity, each.person.pk)
        for each in every
        if each.chance and not each.chance.booked
    }
    ticked = set(asked.request.POST.getlist(PLACE))
    wanted: dict[Activity, set[int]] = defaultdict(set)
    for key in ticked & offered.keys():
        activity, pupil = offered[key]
        wanted[activity].add(pupil)
    back = asked.request.get_full_path()
    if not ticked:
        messages.error(asked.request, "Tick the places to book.")
        return redirect(back)
    new, refused = 0, len(ticked - offered.keys())
    pupils = Pupil.objects.filter(school=asked.school, pk__in={pk for keys in wanted.values() for pk in keys}).in_bulk()
    for activity, keys in wanted.items():
        try:
            new += book(activity=activity, pupils=[pupils[pk] for pk in keys], by=asked.request.user).new
        except NotNow:  # cancelled, or past midnight, since the page was opened
            refused += len(keys)
    said = f"{new} place{'' if new == 1 else 's'} booked."
    messages.success(asked.request, said if not refused else f"{said} {refused} could no longer be booked.")
    return redirect(back)
