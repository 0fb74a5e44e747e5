"""What is different about signing in here."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from careers.accounts.middleware import SESSION_KEY as SCHOOL_KEY
from careers.accounts.models import SignedIn, User
from careers.accounts.notices import tell
from careers.accounts.on_record import put_on_record
from careers.accounts.posting import send_unseen
from careers.accounts.second_step.codes import codes_left, has_few
from careers.accounts.sessions import kept_answers
from careers.accounts.sessions.ending import end_sessions
from careers.accounts.sessions.middleware import LAY_UNUSED

WAYS = {
    "password": "password",
    "totp": "app",
    "webauthn": "passkey",
    "recovery_codes": "recovery code",
    "school_service": "school's own account",
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: a school adds its own people. Who came in, and whose password was set, is on record."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "incorrect_password": "That is not your password. Check it and try again.",
        "too_many_login_attempts": "There have been too many wrong tries. Wait five minutes and try again.",
        "rate_limited": "There have been too many tries. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        ways = [each.get("type", each["method"]) for each in get_authentication_records(request, user)]
        put_on_record("signed in", user, by=user, how=[WAYS.get(way, way) for way in ways])
        request.session.pop(LAY_UNUSED, None)
        response = super().post_login(request, user, **how)
        if "recovery_codes" in ways:
            messages.warning(request, _said_of_codes(codes_left(user) or 0))
        if kept := kept_answers.of(request, user):
            if kept.school:
                request.session[SCHOOL_KEY] = kept.school
            return redirect("accounts:kept_answers")
        kept_answers.forget(request)
        return response

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            with transaction.atomic():
                SignedIn.objects.filter(session_key=request.session.session_key).delete()
                put_on_record("signed out", request.user, by=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            end_sessions(user)
            put_on_record("set a new password", user, by=user)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not of somebody who has only just signed in."""
        records = get_authentication_records(self.request, self.request.user)
        just_now = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **more)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        return [{**each, "description": words[each["id"]]} for each in super().get_reauthentication_methods(user)]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only an address with an account is written to, so whoever asks for a link learns nothing of the mail server."""
        more = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        send_unseen(self.render_mail(template_prefix, email, {**more, **context}))

    def send_notification_mail(self, template_prefix: str, user: User, *given: Any, **more: Any) -> None:
        tell(user, template_prefix)


def _said_of_codes(left: int) -> str:
    codes = f"You have {left or 'no'} recovery code{'' if left == 1 else 's'} left"
    advice = ": make new ones now." if has_few(left) else "."
    return (
        f"You signed in with a recovery code. {codes}{advice} If you have lost your phone, set up another second step."
    )
