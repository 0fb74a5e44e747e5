"""The page that the link of an invitation opens. Looking at it changes nothing: programs that scan mail open links too."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careers.accounts.actions import PersonRefused
from careers.accounts.coming_in import school_limited_to
from careers.accounts.middleware import SESSION_KEY as SCHOOL_KEY
from careers.accounts.policy import public
from careers.people.forms import JoinForm
from careers.people.joining import Guest, accept, guest_of
from careers.people.links import LinkRefused, opened_by
from careers.people.models import Invitation

INVITED_BY_LINK = "invitation"
"""In the session: the link somebody holds while they sign in with the school's own account."""


@public  # whoever opens it is not let in yet
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    if not ratelimit.consume(request, action="open_invitation"):
        return _closed(request, "too_often", 429)
    try:
        held = opened_by(token)
    except LinkRefused as refused:
        return _closed(request, refused.reason, 404 if refused.reason == "mangled" else 410)
    return _answer(request, held, guest_of(held))


def _answer(request: HttpRequest, held: Invitation, guest: Guest) -> HttpResponse:
    """What to do next hangs on whether the address has an account with a password, and on who is signed in."""
    signed_in = request.user if request.user.is_authenticated else None
    page = {"invitation": held, "known": guest.user, "path": request.path}
    if guest.user and not guest.user.is_active:
        return _closed(request, "closed", 403)
    if signed_in and (signed_in != guest.user or school_limited_to(request) is not None):
        return render(request, "people/join_as_another.html", page)
    if guest.has_password:
        if signed_in and request.method == "POST":
            return _let_in(request, held)
        return render(request, "people/join_known.html", {**page, "signed_in": signed_in})
    form = JoinForm(request.POST or None, email=held.email, initial={"name": held.name})
    if request.method == "POST" and form.is_valid():
        return _let_in(request, held, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
    return render(request, "people/join_new.html", {**page, "form": form}, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, held: Invitation, *, name: str = "", password: str | None = None) -> HttpResponse:
    try:
        user = accept(invitation=held, name=name, password=password)
    except PersonRefused as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    messages.success(request, f"Welcome to {held.school.name}.")
    if not request.user.is_authenticated:
        # Through every stage of signing in, so that a second step already set up is asked for.
        answer = perform_password_login(request, {"email": user.email}, Login(user=user, redirect_url="/"))
        request.session[SCHOOL_KEY] = held.school.reference
        return answer
    request.session[SCHOOL_KEY] = held.school.reference
    return redirect("/")


def _closed(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "people/link_closed.html", {"reason": reason}, status=status)
