"""What is different about signing in here."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.audit.record import record


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: a school adds its own people. Who came in, and whose password was set, is on record."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "too_many_login_attempts": "There have been too many wrong passwords. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        _put_on_record("signed in", user)
        return super().post_login(request, user, **how)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        _put_on_record("set a new password", user)


def _put_on_record(verb: str, user: User) -> None:
    """At each of the person's schools, whose business it is, or at none for who has none. No record of pupils changes by it."""
    # In one order whoever signs in, so that no two people of the same schools wait for each other.
    schools = sorted((membership.school for membership in memberships_of(user)), key=lambda school: school.pk)
    with transaction.atomic():
        for school in schools or (None,):
            record(verb, by=user, school=school, changes=False)
