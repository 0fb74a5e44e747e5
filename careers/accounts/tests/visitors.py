"""Somebody at the sign-in page, with a password and perhaps a second step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from careers.accounts.models import SignedIn, User
from tests.journeys.visitor import code_now

PASSWORD = "every pupil has a plan"
LOGIN = "/account/login/"
SECOND_STEP = "/account/second-step/"
GIVE = "/account/second-step/sign-in/"


def give_password(person: User, password: str = PASSWORD, **headers: Any) -> Client:
    """A client that has got as far as the password."""
    client = Client(**headers)
    client.post(LOGIN, {"login": person.email, "password": password})
    return client


def come_in(person: User, **headers: Any) -> Client:
    """A client signed in by password and, where it is asked for, the app's code."""
    client = give_password(person, **headers)
    if Authenticator.objects.filter(user=person).exists():
        client.post(GIVE, {"code": code_now()})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/roles/").status_code == 200


def recovery_codes(person: User) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def leave_unused(client: Client, minutes: int) -> None:
    """As if nothing had been done in the session for so long."""
    client.get("/roles/")
    key = client.session.session_key
    assert Session.objects.filter(session_key=key).exists()
    then = timezone.now() - timedelta(minutes=minutes)
    assert SignedIn.objects.filter(session_key=key).update(last_used_at=then) == 1
