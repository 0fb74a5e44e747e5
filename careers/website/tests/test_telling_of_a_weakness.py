"""Somebody finds a weakness and looks for whom to tell."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

WHERE = "/.well-known/security.txt"


def test_they_find_an_address_that_is_good_for_months(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "it@school.example.org"
    lines = dict(line.split(": ", 1) for line in client.get(WHERE).content.decode().splitlines())
    assert lines["Contact"] == "mailto:it@school.example.org"
    until = datetime.fromisoformat(lines["Expires"].replace("Z", "+00:00"))
    assert timedelta(days=90) < until - datetime.now(UTC) < timedelta(days=365)


def test_a_web_address_is_given_as_it_is(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "https://school.example.org/security"
    assert b"Contact: https://school.example.org/security\n" in client.get(WHERE).content


def test_where_nobody_is_named_the_address_of_messages_is_given(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT, settings.DEFAULT_FROM_EMAIL = "", "trigpoint@school.example.org"
    assert b"Contact: mailto:trigpoint@school.example.org\n" in client.get(WHERE).content
