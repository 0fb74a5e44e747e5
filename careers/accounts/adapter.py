"""What is different about signing in here."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: a school adds its own people."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again.",
        "too_many_login_attempts": "There have been too many wrong passwords. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
