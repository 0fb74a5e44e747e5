"""Choosing whom to invite to a planned activity, and booking them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at
from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.encounters.actions import book
from careers.evaluation.asking import Asked
from careers.evaluation.coverage_words import joined, year_groups
from careers.evaluation.doors import pupil_address
from careers.evaluation.inviting import Candidate, Invitations, can_be_invited_to, day_of, invitations, lacks
from careers.evaluation.sensitive import told
from careers.evaluation.what_counts import titles
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.models import GroupMembership, Pupil, PupilQuerySet
from careers.pupils.visibility import pupils_visible_to

A_PAGE = 100


class WhichYear(forms.Form):
    """The year group to invite from. A value that is not on offer is left out, never an error."""

    year_group = forms.TypedChoiceField(label="Year group", required=False, coerce=int, empty_value=None)

    def __init__(self, query: QueryDict, groups: tuple[int, ...]) -> None:
        super().__init__(query)
        self.fields["year_group"].choices = [("", "All"), *((group, f"Year {group}") for group in groups)]  # type: ignore[attr-defined]
        self.full_clean()
        self.errors.clear()

    def groups(self, every: tuple[int, ...]) -> frozenset[int]:
        chosen = self.cleaned_data.get("year_group")
        return frozenset({chosen} if chosen else every)


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Pupils without a place, whoever would gain most first; those chosen are booked."""
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    activity = get_object_or_404(Activity, school=asked.school, reference=reference)
    every = tuple(sorted(activity.year_groups or asked.school.year_groups))
    filter = WhichYear(request.GET, every)
    groups = filter.groups(every)
    open_to = can_be_invited_to(activity, asked.today)
    found = invitations(asked.found, activity) if open_to else Invitations((), (), 0, ())
    of_groups = members_of(activity)
    candidates = [
        shown
        for each in found.candidates
        if (shown := _seen(asked, each))
        and each.person.year_group in groups
        and (of_groups is None or each.person.pk in of_groups)
        and lacks(asked.found, activity, each.person)
    ]
    if request.method == "POST":
        return _book(asked, activity, candidates)
    page = Paginator(candidates, A_PAGE).get_page(request.GET.get("page"))
    looked_at(request, "whom to invite", [each.person.pk for each in page], activity)
    context = {
        "activity": activity,
        "open": open_to,
        "groups": year_groups(groups),
        "filter": filter if len(every) > 1 else None,
        "page": page,
        "lines": [(each, pupil_address(each.person.reference)) for each in page],
        "any_nearer": any(each.adds for each in candidates),
        "worth": found.worth(groups),
        "found": found,
        "others": sum(person.year_group in groups for person in found.others),
        "lacking": titles().get(activity.lacking, ""),
        "of_groups": joined([group.name for group in activity.groups.order_by("name")]),
        "members": _unplaced(asked, activity, of_groups) if open_to and of_groups else 0,
    }
    return render(request, "evaluation/invite.html", context)


def _seen(asked: Asked, each: Candidate) -> Candidate | None:
    """The pupil as this reader may see them: with no criterion that tells what is sensitive, and not at all if only by that."""
    reader = asked.reader
    if each.person.pk not in reader.pupils:
        return None
    shown = replace(each, meets=told(each.meets, reader.sensitive), adds=told(each.adds, reader.sensitive))
    return shown if shown.meets or shown.adds else None


def references(given: list[str]) -> list[str]:
    """Those that could be a reference: a database need not be asked for others, and PostgreSQL refuses some."""
    return [each for each in given if each.isalnum() and each.isascii()]


def members_of(activity: Activity) -> frozenset[int] | None:
    """The keys of the pupils in the groups it is for; None where it is for no groups in particular. One query."""
    there = Q(ends_on__isnull=True) | Q(ends_on__gte=day_of(activity))
    rows = GroupMembership.objects.filter(there, school=activity.school, group__in=activity.groups.all())
    found = frozenset(rows.values_list("pupil_id", flat=True))
    return found if found or activity.groups.exists() else None


def _unplaced(asked: Asked, activity: Activity, members: frozenset[int]) -> int:
    """How many of these this reader could book: on roll on its day, and without a place."""
    return _bookable(asked, activity, members).exclude(encounters__activity=activity).count()


def _bookable(asked: Asked, activity: Activity, members: frozenset[int]) -> PupilQuerySet:
    return pupils_visible_to(asked.request.membership).filter(pk__in=members).on_roll(day_of(activity))


def _book(asked: Asked, activity: Activity, candidates: list[Candidate]) -> HttpResponse:
    """Book the pupils ticked or, by the other button, everybody who would gain."""
    given = asked.request.POST
    chosen: Any = (
        [each.person.reference for each in candidates] if "everyone" in given else references(given.getlist("pupil"))
    )
    pupils: Any = Pupil.objects.filter(school=asked.school, pk__in=asked.reader.pupils, reference__in=chosen)
    if "groups" in given:
        pupils = chosen = _bookable(asked, activity, members_of(activity) or frozenset())
    back = asked.request.get_full_path()
    if not chosen:
        messages.error(asked.request, "Tick the pupils to book.")
        return redirect(back)
    try:
        done = book(activity=activity, pupils=pupils, by=asked.request.user)
    except NotNow as reason:
        messages.error(asked.request, str(reason))
        return redirect(reverse("programme:activity", args=[activity.reference]))
    had = f" {done.already} had a place already." if done.already else ""
    messages.success(asked.request, f"{done.new} pupil{'' if done.new == 1 else 's'} booked.{had}")
    return redirect(back)
