"""How a session began, where that limits it.

A school's own sign-in service answers for that school alone. Whoever runs it can let anybody in as anybody, so a session it
began reaches neither another school, nor the installation, nor what the person signs in with elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from careers.accounts.models import User
from careers.schools.models import School

SESSION_KEY = "came_in_by"
OPEN = {
    *("account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_signup"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_index", "mfa_view_recovery_codes"),
    *("mfa_generate_recovery_codes", "usersessions_list"),
}
"""Pages of the sign-in library that such a session may open: a second step can be set up, but nothing that lets in by itself."""
THEIRS = ("account_", "mfa_", "usersessions_", "remove_passkey")


def remember(request: HttpRequest, *, user: User, school: School, second_step: bool) -> None:
    """This session begins through the school's own service. `second_step`: whether that asked for one."""
    request.session[SESSION_KEY] = {"user": user.pk, "school": school.pk, "second_step": second_step}


def school_limited_to(request: HttpRequest) -> int | None:
    """The number of the only school this session reaches; None where it reaches all of the person's."""
    held = _held(request)
    return held["school"] if held else None


def second_step_was_elsewhere(request: HttpRequest) -> bool:
    """Whether the school's own service asked for a second step, as the school says of it."""
    held = _held(request)
    return bool(held and held["second_step"])


def _held(request: HttpRequest) -> dict | None:
    # Held to the person: a session in which somebody else then signs in owes nothing to the first.
    held = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    return held if held and held["user"] == request.user.pk else None


class OnlyWhatTheServiceAnswersFor:
    """Keeps a session that a school's service began away from passwords, passkeys and addresses of the account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        closed = (name or "").startswith(THEIRS) and name not in OPEN and not (name or "").startswith("account_reset_")
        if closed and school_limited_to(request) is not None:
            raise PermissionDenied("This session came in by a school's own service.")
