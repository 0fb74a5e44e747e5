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
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_index", "usersessions_list"),
}
"""Pages of the sign-in library that such a session may open."""
SECOND_STEP = {
    *("mfa_activate_totp", "second_step_picture", "mfa_view_recovery_codes", "recovery_codes_file"),
    "mfa_generate_recovery_codes",
}
"""And where the school is the only one of the person's: a second step can be set up, but nothing that lets in by itself. It is
asked for wherever they sign in, so a service that answers for one school could otherwise lock them out of the rest."""
THEIRS = ("account_", "mfa_", "usersessions_", "remove_passkey", "recovery_codes_", "second_step_")


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


def may_set_up_a_second_step(request: HttpRequest, user: User) -> bool:
    """Whether whoever let this session in answers for everything the person may do."""
    from careers.accounts.memberships import memberships_of  # which asks here what a session is limited to

    school = school_limited_to(request)
    return school is None or not (user.is_operator or any(each.school_id != school for each in memberships_of(user)))


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
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        closed = name.startswith(THEIRS) and name not in OPEN and not name.startswith("account_reset_")
        if not closed or school_limited_to(request) is None:
            return
        if name not in SECOND_STEP or not may_set_up_a_second_step(request, request.user):  # type: ignore[arg-type]
            raise PermissionDenied("This session came in by a school's own service.")
