"""Puts every signed-in request at one school: `request.school`, `.membership`, `.role`, with only that school's rows in reach."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership
from careers.accounts.roles import ROLES

SESSION_KEY = "school"


class CurrentSchool:
    """Chooses the school kept in the session when the person still belongs to it, else the first they belong to.

    Without a membership no school is in scope, so any query for a school's records is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        membership = self.membership_of(request) if request.user.is_authenticated else None
        if membership is None:
            return self.get_response(request)
        request.membership = membership  # type: ignore[attr-defined]
        request.school = membership.school  # type: ignore[attr-defined]
        request.role = ROLES[membership.role]  # type: ignore[attr-defined]
        with scope(school=membership.school):
            return self.get_response(request)

    def membership_of(self, request: HttpRequest) -> Membership | None:
        memberships = memberships_of(request.user)  # type: ignore[arg-type]
        chosen = request.session.get(SESSION_KEY)
        return next((m for m in memberships if m.school.reference == chosen), memberships[0] if memberships else None)
