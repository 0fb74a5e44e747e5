"""Messages go by a real mail server, and one that will not take them is said to."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from django.test import Client

from careers.accounts import posting
from careers.accounts.posting import send
from careers.accounts.tests.mail_server import mail_server
from tests.makers import make_person, make_school

WORDS = {
    "to": "jo@example.org",
    "subject": "Join\nBcc: evil@example.org",
    "words": "Dear Jo,\n\nCome in.\n.\nThe end.\n",
}


@pytest.fixture
def by(settings: Any) -> Any:
    def use(port: int, **given: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = False
        for name, value in given.items():
            setattr(settings, name, value)

    return use


def test_a_mail_server_is_given_the_message_and_nothing_can_be_slipped_into_its_head(by: Any) -> None:
    with mail_server() as server:
        by(server.port, EMAIL_HOST_USER="trigpoint", EMAIL_HOST_PASSWORD="word")
        assert send(**WORDS)
    (taken,) = server.taken
    assert "To: jo@example.org\r\n" in taken
    assert "Subject: Join Bcc: evil@example.org\r\n" in taken
    assert "Content-Type: text/plain" in taken
    assert "\r\n..\r\nThe end." in taken
    assert "AUTH" in server.commands


@pytest.mark.parametrize(
    ("ways", "given"),
    [
        (["starttls"], {"EMAIL_USE_TLS": True}),
        ([], {"EMAIL_USE_TLS": True}),
        (["no_password"], {"EMAIL_HOST_USER": "trigpoint", "EMAIL_HOST_PASSWORD": "wrong"}),
        (["refuses"], {}),
        (["silent"], {}),
    ],
    ids=["starttls refused", "starttls not offered", "wrong password", "address refused", "silence"],
)
def test_a_mail_server_that_will_not_is_said_to(
    by: Any, monkeypatch: Any, caplog: Any, ways: list[str], given: dict[str, Any]
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.2 if "silent" in ways else 5)
    with mail_server(*ways) as server, caplog.at_level(logging.INFO):
        by(server.port, **given)
        assert not send(**WORDS)
    assert server.taken == []
    assert "jo@example.org" not in caplog.text
    assert "could not be sent" in caplog.text


def test_a_mail_server_that_is_not_there_is_said_not_to_be(by: Any) -> None:
    with mail_server() as server:
        pass
    by(server.port)
    assert not send(**WORDS)


@pytest.mark.django_db
@pytest.mark.parametrize("ways", [["refuses"], ["silent"]])
def test_a_forgotten_password_tells_nobody_who_has_an_account_when_the_mail_server_will_not(
    by: Any, monkeypatch: Any, ways: list[str]
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 1)
    make_person(make_school(), "tutor", email="jo@example.org")
    with mail_server(*ways) as server:
        by(server.port)
        said = [
            Client().post("/account/password/reset/", {"email": email})
            for email in ("jo@example.org", "no@example.org")
        ]
        assert "silent" not in ways or sending(), "the page did not wait for the server"
        assert said[0].status_code == said[1].status_code == 302
        assert said[0]["Location"] == said[1]["Location"]
    for thread in sending():
        thread.join()


def sending() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if getattr(each, "_target", None) is posting._send]
