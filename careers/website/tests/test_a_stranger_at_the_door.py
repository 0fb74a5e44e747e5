"""Somebody who has not signed in."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_monitor_is_told_the_site_is_up_and_nothing_else(client: Client) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_a_page_may_load_and_send_only_to_this_site(client: Client) -> None:
    policy = client.get("/health")["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    ):
        assert rule in policy.split("; ")
    assert "unsafe" not in policy


def test_a_stranger_sees_the_sign_in_form(client: Client) -> None:
    assert client.get("/account/login/").status_code == 200


def test_a_stranger_cannot_sign_up(client: Client) -> None:
    strange = {"email": "stranger@example.org", "password1": "a long enough passphrase"}
    answer = client.post("/account/signup/", strange)
    assert b"sign" in answer.content.lower()
    assert not get_user_model().objects.exists()


def test_changing_a_password_needs_signing_in_first(client: Client) -> None:
    answer = client.get("/account/password/change/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
