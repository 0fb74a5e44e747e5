"""What is different about signing in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up: a school adds its own people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
