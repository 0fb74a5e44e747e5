"""The pages of whoever looks after the machine. Nothing here shows a pupil or a figure of a school."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scopes_disabled

from careers.accounts.actions import PersonRefused
from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.accounts.policy import operators_only
from careers.accounts.roles import CareersLeader
from careers.operating import actions
from careers.operating.forms import AddSchoolForm, OperatorForm
from careers.operating.listing import schools
from careers.people.inviting import invite_again
from careers.people.models import Invitation
from careers.schools.actions import SchoolRefused
from careers.schools.models import School


@operators_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The schools. How the machine is doing has pages of its own, beside this one in the menu."""
    with scopes_disabled():
        waiting = set(_leaders_waited_for().values_list("school__reference", flat=True))
        unsent = set(_leaders_waited_for().filter(sent=False).values_list("school__reference", flat=True))
    page = {"lines": schools(), "waiting": waiting, "unsent": unsent}
    return render(request, "operating/home.html", page)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_school(request: HttpRequest) -> HttpResponse:
    """A school with the invitation of its first careers leader."""
    form = AddSchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            school, invitation = actions.add_school_with_leader(
                **form.facts(), by=cast(User, request.user), at=request.build_absolute_uri("/")
            )
        except (SchoolRefused, PersonRefused) as refused:
            form.add_error(None, str(refused))
        else:
            _say_what_became_of(request, school, invitation)
            return redirect("operating:home")
    page = {"form": form, "heading": "Add a school", "back_url": reverse("operating:home"), "submit": "Add the school"}
    return render(request, "design/form_page.html", page, status=422 if form.errors else 200)


@operators_only
@require_POST
def invite_leader_again(request: HttpRequest, reference: str) -> HttpResponse:
    """A new link for the careers leader a school is waiting for. Where it has one, that is the school's own affair."""
    school = get_object_or_404(School, reference=reference)
    with scopes_disabled():
        invitation = _leaders_waited_for().filter(school=school).first()
    if invitation is None:
        messages.error(request, f"{school.name} waits for no careers leader.")
        return redirect("operating:home")
    try:
        invite_again(invitation=invitation, by=cast(User, request.user), at=request.build_absolute_uri("/"))
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        _say_what_became_of(request, school, invitation)
    return redirect("operating:home")


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def operators(request: HttpRequest) -> HttpResponse:
    """Who looks after the installation; making another."""
    form = OperatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.make_operator(**form.cleaned_data, by=cast(User, request.user))
        except PersonRefused as refused:
            form.add_error("email", str(refused))
        else:
            sent = user.has_usable_password() or actions.send_first_password(user, request.build_absolute_uri("/"))
            if sent:
                messages.success(request, f"{user} looks after this copy now.")
            else:
                words = (
                    f"{user} looks after this copy now, but the message with which to set a password could not be sent."
                )
                messages.error(request, words)
            return redirect("operating:operators")
    held = [(each, person_key(each.pk)) for each in User.objects.filter(is_operator=True).order_by("name")]
    return render(
        request, "operating/operators.html", {"form": form, "operators": held}, status=422 if form.errors else 200
    )


@operators_only
@require_POST
def end_operator(request: HttpRequest, person: str) -> HttpResponse:
    found = [each for each in User.objects.filter(is_operator=True) if person_key(each.pk) == person]
    if not found:
        raise Http404("There is no such operator.")
    try:
        actions.end_operator(user=found[0], by=cast(User, request.user))
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found[0]} looks after this copy no longer.")
    return redirect("operating:operators")


def _leaders_waited_for() -> QuerySet[Invitation]:
    """Open invitations of first careers leaders: of schools that have none yet. Across schools, so wants no scope."""
    with_leaders = School.objects.filter(memberships__role=CareersLeader.key).values("pk")
    open_ones = Invitation.objects.filter(role=CareersLeader.key, accepted_at=None, withdrawn_at=None)
    return open_ones.exclude(school__in=with_leaders).select_related("school", "invited_by")


def _say_what_became_of(request: HttpRequest, school: School, invitation: Invitation) -> None:
    with scopes_disabled():
        sent = Invitation.objects.values_list("sent", flat=True).get(pk=invitation.pk)
    if sent is False:
        messages.error(
            request, f"{school.name} is here, but the message to {invitation.name} could not be sent. Try again."
        )
    else:
        messages.success(request, f"{invitation.name} is invited to be careers leader of {school.name}.")
