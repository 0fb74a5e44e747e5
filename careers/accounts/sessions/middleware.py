"""Looks after the session of whoever is signed in, before anything is done for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse

from careers.accounts.memberships import memberships_open_to
from careers.accounts.middleware import chosen
from careers.accounts.models import SignedIn, User
from careers.accounts.on_record import put_on_record
from careers.accounts.second_step.need import COUNTED, is_missing
from careers.accounts.sessions import kept_answers
from careers.accounts.sessions.devices import in_words
from careers.accounts.sessions.idle import has_lain_too_long, has_lasted_too_long, idle_minutes, note_use
from careers.schools.models import School

LAY_UNUSED = "lay_unused_for"
"""Where the sign-in page finds how many minutes a session had lain unused when it was ended."""


class Sessions:
    """Ends a session that has lain unused, or lasted, too long. Otherwise sets `request.memberships` and `request.signed_in`, and
    `request.second_step_missing` for somebody who may do nothing before they have a second step: they are at no school.

    Place it below CsrfViewMiddleware and above LoginRequiredMiddleware, which sends on whoever has been signed out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            look_after(request, request.user)
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """The form itself is known to be ours by now: a token that is not has been refused above."""
        if hasattr(request, "signed_out"):
            kept_answers.keep(request, request.signed_out)


def look_after(request: Any, user: User) -> None:
    memberships = memberships_open_to(request)
    session = this_session(request, user)
    minutes = idle_minutes(user, memberships)
    unused = has_lain_too_long(session, minutes)
    if unused or has_lasted_too_long(session):
        at = chosen(request, memberships).school if memberships else None
        end(request, user, session, at, unused_for=minutes if unused else None)
        return
    note_use(session)
    kept_answers.forget_old(request)
    request.signed_in = session
    request.second_step_missing = is_missing(request, user, memberships, has=session.has_second_step)  # type: ignore[attr-defined]
    request.memberships = [] if request.second_step_missing else memberships


def this_session(request: HttpRequest, user: User) -> SignedIn:
    """The record of it, made on the first request after signing in, with `has_second_step` of the person."""
    key = cast(str, request.session.session_key)
    steps = Authenticator.objects.filter(user=OuterRef("user"), type__in=COUNTED)
    asked = SignedIn.objects.annotate(has_second_step=Exists(steps))
    found = asked.filter(session_key=key).first()
    if found is None:
        device = in_words(request.headers.get("User-Agent", ""))
        SignedIn.objects.get_or_create(session_key=key, defaults={"user": user, "device": device})
        found = asked.get(session_key=key)
    return found


def end(request: Any, user: User, session: SignedIn, at: School | None, *, unused_for: int | None) -> None:
    """`unused_for`: minutes; None where it was in use all the time and has lasted as long as a session may."""
    with transaction.atomic():
        if unused_for:
            put_on_record("was signed out after a session lay unused", user, by=None)
        else:
            put_on_record("was signed out at the end of a session's hours", user, by=None)
        session.delete()
    logout(request)
    if unused_for:
        request.session[LAY_UNUSED] = unused_for
    request.signed_out, request.signed_out_at = user, at.reference if at else ""
