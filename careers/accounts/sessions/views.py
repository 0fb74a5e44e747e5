"""The page of one's own sessions, and the one that gives back what was typed when a session had ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.memberships import memberships_of
from careers.accounts.models import SignedIn
from careers.accounts.on_record import put_on_record
from careers.accounts.policy import any_member
from careers.accounts.sessions import kept_answers
from careers.accounts.sessions.ending import end_session, end_sessions, sessions_of
from careers.accounts.sessions.idle import idle_minutes


@any_member
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: Any) -> HttpResponse:
    """Where one is signed in. Posting without naming one ends them all."""
    user, here = request.user, request.session.session_key
    if request.method == "POST":
        return _end(request, request.POST.get("session", ""))
    minutes = idle_minutes(user, memberships_of(user))
    return render(
        request, "accounts/sessions.html", {"sessions": sessions_of(user), "this_one": here, "minutes": minutes}
    )


def _end(request: Any, reference: str) -> HttpResponse:
    user = request.user
    with transaction.atomic():
        if reference:
            session = get_object_or_404(SignedIn, user=user, reference=reference)
            end_session(session)
            put_on_record("ended a session", user, by=user, device=session.device)
        else:
            put_on_record("signed out everywhere", user, by=user, sessions=end_sessions(user))
    if not reference or session.session_key == request.session.session_key:
        logout(request)
        messages.success(request, "You are signed out everywhere." if not reference else "You are signed out.")
        return redirect("account_login")
    messages.success(request, f"{session.device} is signed out.")
    return redirect("accounts:sessions")


@any_member
@require_safe
def kept(request: Any) -> HttpResponse:
    """What was typed, to be sent or thrown away."""
    found = kept_answers.of(request, request.user)
    if found is None:
        return redirect("/")
    return render(request, "accounts/kept_answers.html", {"kept": found, "minutes": kept_answers.MINUTES})


@any_member
@require_POST
def send_kept(request: Any) -> HttpResponse:
    """The form comes with it and goes on to where it was first sent, which is read from what was kept and not from the form."""
    found = kept_answers.of(request, request.user)
    kept_answers.forget(request)
    if found is None:
        messages.error(request, "What you typed is no longer kept.")
        return redirect("/")
    if found.school and found.school != getattr(getattr(request, "school", None), "reference", ""):
        messages.error(request, "What you typed was for another school, so it was not sent.")
        return redirect("/")
    return redirect(found.path, preserve_request=True)


@any_member
@require_POST
def drop_kept(request: HttpRequest) -> HttpResponse:
    found = kept_answers.of(request, request.user)  # type: ignore[arg-type]
    kept_answers.forget(request)
    return redirect(found.page if found else "/")
