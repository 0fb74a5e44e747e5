"""Puts every signed-in request at one school: `request.school`, `.membership`, `.role`, and only that school's rows.

And keeps what it is answered out of every cache.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_scopes import scope

from careers.accounts.models import Membership
from careers.accounts.roles import ROLES

SESSION_KEY = "school"
AT = "at "
"""What every key begins with under which a session keeps something of one school."""


class CurrentSchool:
    """Chooses the school kept in the session when the person still belongs to it, else the first they belong to.

    Without a membership no school is in scope, so any query for a school's records is refused. Place it below
    `careers.accounts.sessions.middleware.Sessions`, which says what there is to choose from.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships: list[Membership] = getattr(request, "memberships", [])
        if not memberships:
            return self.get_response(request)
        membership = chosen(request, memberships)
        request.membership = membership  # type: ignore[attr-defined]
        request.school = membership.school  # type: ignore[attr-defined]
        request.role = ROLES[membership.role]  # type: ignore[attr-defined]
        request.schools = len(memberships)  # type: ignore[attr-defined]
        with scope(school=membership.school):
            return self.get_response(request)


def chosen(request: HttpRequest, memberships: list[Membership]) -> Membership:
    """The one a session is at, of those it may use."""
    reference = request.session.get(SESSION_KEY)
    return next((each for each in memberships if each.school.reference == reference), memberships[0])


def session_key(request: HttpRequest, what: str) -> str:
    """Where the session keeps something of the school the person is at; forgotten when they go to another."""
    return f"{AT}{request.school.reference}: {what}"  # type: ignore[attr-defined]


def leave_the_school(request: HttpRequest) -> None:
    """Nothing of the school just left goes on to the next: neither what the session kept, nor a message still to be shown."""
    kept = list(request.session.keys())
    for key in kept:
        if key.startswith(AT):
            del request.session[key]
    list(get_messages(request))  # reading takes them out


def kept_nowhere(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Nobody who sits down at the same machine finds a pupil's page by going back, or in its files."""

    def answer(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer
