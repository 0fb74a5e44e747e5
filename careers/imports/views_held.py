"""Pages for pupils who were held: who is this, is it somebody new, or nobody of ours?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.looking import looked_at_arrivals
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.imports import arrivals
from careers.imports.actions import NotNow
from careers.imports.forms import AddForm, MatchForm
from careers.pupils.models import Arrival

PAGE = 100


def one(request: SchoolRequest, reference: str) -> Arrival:
    return get_object_or_404(Arrival, school=request.school, reference=reference)


@requires(Policy.IMPORT)
@require_safe
def list_held(request: SchoolRequest) -> HttpResponse:
    waiting = Arrival.objects.filter(school=request.school, outcome=Arrival.Outcome.WAITING).order_by(
        "surname", "forename", "pk"
    )
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    looked_at_arrivals(request, "pupils held", len(page))
    return render(request, "imports/held.html", {"page": page})


@requires(Policy.IMPORT)
@require_safe
def arrival(request: SchoolRequest, reference: str) -> HttpResponse:
    return page_of(request, one(request, reference))


def page_of(
    request: SchoolRequest, shown: Arrival, matching: MatchForm | None = None, adding: AddForm | None = None
) -> HttpResponse:
    found = arrivals.candidates(shown)
    looked_at_arrivals(request, "a pupil held", 1, shown, [pupil.pk for pupil in found])
    context = {
        "shown": shown,
        "row": arrivals.row_of(shown),
        "found": found,
        "matching": matching or (MatchForm(found=found) if found else None),
        "adding": adding or AddForm(school=request.school, arrival=shown),
        "form": next((form for form in (matching, adding) if form is not None and form.errors), None),
    }
    return render(request, "imports/arrival.html", context)


@requires(Policy.IMPORT)
@require_POST
def match(request: SchoolRequest, reference: str) -> HttpResponse:
    shown = one(request, reference)
    form = MatchForm(request.POST, found=arrivals.candidates(shown))
    if not form.is_valid():
        return page_of(request, shown, matching=form)
    try:
        pupil = form.chosen()
        arrivals.match(arrival=shown, pupil=pupil, by=request.user)
        messages.success(request, f"Matched to {pupil.list_name}.")
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("imports:held")


@requires(Policy.IMPORT)
@require_POST
def add(request: SchoolRequest, reference: str) -> HttpResponse:
    shown = one(request, reference)
    form = AddForm(request.POST, school=request.school, arrival=shown)
    if not form.is_valid():
        return page_of(request, shown, adding=form)
    try:
        pupil = arrivals.add(arrival=shown, year_group=form.cleaned_data["year_group"], by=request.user)
        messages.success(request, f"{pupil.list_name} was added as a new pupil.")
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("imports:held")


@requires(Policy.IMPORT)
@require_POST
def add_several(request: SchoolRequest) -> HttpResponse:
    asked = [reference for reference in request.POST.getlist("arrival") if reference.isalnum()]
    chosen = Arrival.objects.filter(school=request.school, reference__in=asked)
    try:
        added = arrivals.add_several(arrivals=list(chosen), by=request.user)
        messages.success(request, f"{added} pupil{' was' if added == 1 else 's were'} added.")
    except NotNow as refused:
        messages.error(request, f"Nobody was added. {refused}")
    return redirect("imports:held")


@requires(Policy.IMPORT)
@require_POST
def dismiss(request: SchoolRequest, reference: str) -> HttpResponse:
    try:
        arrivals.dismiss(arrival=one(request, reference), by=request.user)
        messages.success(request, "Put aside. The same row in a later file will not be held again.")
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("imports:held")
