"""Inviting somebody: the role, then who; and sending an invitation again or withdrawing it."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from careers.accounts.actions import PersonRefused
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import AT_A_SCHOOL, Policy
from careers.people import inviting
from careers.people.forms import KINDS, InvitationForm, RoleForm, groups_for
from careers.people.models import Invitation

TOO_MANY = "You have sent very many invitations. Wait an hour and go on then."


@requires(Policy.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_role(request: SchoolRequest) -> HttpResponse:
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("people:invite", form.cleaned_data["role"])
    page = {"form": form, "heading": "Invite somebody", "back_url": reverse("people:list"), "submit": "Continue"}
    return render(request, "design/form_page.html", page, status=422 if form.errors else 200)


@requires(Policy.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to(request: SchoolRequest, role: str) -> HttpResponse:
    if role not in AT_A_SCHOOL:
        raise Http404("There is no such role.")
    held = AT_A_SCHOOL[role]
    form = InvitationForm(request.POST or None, role=held, school=request.school)
    if request.method == "POST" and form.is_valid():
        if answer := _refused_for_now(request):
            return answer
        try:
            invitation = inviting.invite(
                **form.cleaned_data, role=role, school=request.school, by=request.user, at=_here(request)
            )
        except PersonRefused as refused:
            form.add_error("email", str(refused))
        else:
            _say_what_became_of(request, invitation)
            return redirect("people:list")
    page = {"form": form, "role": held, "groups_missing": role in KINDS and not groups_for(role, request.school)}
    return render(request, "people/invite.html", page, status=422 if form.errors else 200)


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def again(request: SchoolRequest, reference: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, school=request.school, reference=reference)
    if answer := _refused_for_now(request):
        return answer
    try:
        inviting.invite_again(invitation=invitation, by=request.user, at=_here(request))
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        _say_what_became_of(request, invitation)
    return redirect("people:list")


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def withdraw(request: SchoolRequest, reference: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, school=request.school, reference=reference)
    try:
        inviting.withdraw(invitation=invitation, by=request.user)
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The invitation of {invitation.name} is withdrawn. Its link opens nothing now.")
    return redirect("people:list")


def _here(request: SchoolRequest) -> str:
    return request.build_absolute_uri("/")


def _say_what_became_of(request: SchoolRequest, invitation: Invitation) -> None:
    """By now the mail server has answered, unless the transaction is still open (then nothing went wrong yet)."""
    invitation.refresh_from_db(fields=["sent"])
    if invitation.sent is False:
        words = f"The invitation of {invitation.name} is kept, but the message could not be sent. Try again."
        messages.error(request, words)
    else:
        messages.success(request, f"{invitation.name} is invited. The link in the message works for seven days.")


def _refused_for_now(request: SchoolRequest) -> HttpResponse | None:
    if ratelimit.consume(request, action="invite", user=request.user):
        return None
    messages.error(request, TOO_MANY)
    return redirect("people:list")
