"""The address at which a person sets a password without having one: the link of a forgotten password, given by hand."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from careers.accounts.models import User

SERVED_AT = "http://127.0.0.1:8000"


def days_it_lasts() -> int:
    return int(settings.PASSWORD_RESET_TIMEOUT) // (24 * 3600)


def usual_place() -> str:
    """Where this installation is reached, as far as its settings say: the first of its names, or this machine."""
    named = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name.strip(".*")), "")
    return f"https://{named}" if settings.PRODUCTION and named else SERVED_AT


def address_to_set_it(user: User, at: str = "") -> str:
    """It works once, for as long as `days_it_lasts`. Whoever has it can become the person: give it to nobody else."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return (at or usual_place()).rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)
