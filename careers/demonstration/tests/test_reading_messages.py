"""The messages of a demonstration are read in the application, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careers.accounts.posting import send
from careers.demonstration import signing_in
from tests.makers import make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
PAGE = "/demonstration/messages/"


@pytest.fixture
def a_demonstration(settings: Any, tmp_path: Path) -> Any:
    signing_in.forget()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    yield make_school("Invented School", demonstration=True)
    signing_in.forget()


def test_the_newest_message_comes_first_with_its_link_to_follow(a_demonstration: Any, tmp_path: Path) -> None:
    send(to="jo@example.org", subject="First", words="Dear Jo,\n\nhttp://testserver/invitation/x/\n")
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    send(to="bo@example.org", subject="Second: café", words="<b>Dear</b> Bo\n" + "-" * 79 + "\nand so on")
    page = Client().get(PAGE)
    found = [(letter.subject, letter.to) for letter in page.context["letters"]]
    assert set(found) == {("Second: café", "bo@example.org"), ("First", "jo@example.org")}
    words = page.content.decode()
    assert '<a class="govuk-link" href="http://testserver/invitation/x/">' in words
    assert "&lt;b&gt;Dear" in words
    assert "and so on" in words


def test_the_sign_in_page_and_the_foot_of_pages_lead_there(a_demonstration: Any) -> None:
    assert PAGE in Client().get("/account/login/").content.decode()
    client = Client()
    client.force_login(make_person(a_demonstration))
    assert PAGE in client.get("/roles/").content.decode()


def closed(page: Any) -> bool:
    return bool(page.status_code == 404) and PAGE not in Client().get("/account/login/").content.decode()


@pytest.mark.parametrize("other", [{"PRODUCTION": True}, {"DEMONSTRATION": False}, {"EMAIL_HOST": "mail.example.org"}])
def test_they_are_not_read_where_anybody_could_be_real(
    a_demonstration: Any, settings: Any, other: dict[str, Any]
) -> None:
    for name, value in other.items():
        setattr(settings, name, value)
    assert closed(Client().get(PAGE))


def test_they_are_not_read_beside_a_real_schools_pupils(a_demonstration: Any) -> None:
    real = make_school("Real School")
    assert Client().get(PAGE).status_code == 200, "its careers leader has still to be let in"
    make_pupil(real)
    assert closed(Client().get(PAGE))


def test_they_are_not_read_without_a_demonstration(settings: Any) -> None:
    signing_in.forget()
    assert closed(Client().get(PAGE))
