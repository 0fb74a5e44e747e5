"""Somebody who has not signed in."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

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


def test_a_page_for_somebody_signed_in_is_kept_by_no_cache(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("somebody@example.org"))
    for address in ("/schools/choose/", "/nothing-here/"):
        assert set(client.get(address)["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_person_cannot_give_their_account_the_address_of_somebody_else(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("somebody@example.org"))
    assert client.post("/account/email/", {"email": "head@example.org", "action_add": ""}).status_code == 404


def test_a_stranger_cannot_fill_the_disk_with_a_file(client: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100_000
    request = RequestFactory().post("/account/login/", {"file": SimpleUploadedFile("huge.csv", bytes(1_000_000))})
    taken = request.FILES["file"].size
    assert settings.UPLOAD_LIMIT < taken < 2 * settings.UPLOAD_LIMIT, "enough to say that it is too large, and no more"
