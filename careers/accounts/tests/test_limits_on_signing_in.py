"""Wrong tries are limited for each account, in every process at once, and one person's do not keep a whole school out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from careers.accounts.tests.visitors import LOGIN, PASSWORD, come_in, give_password, is_in
from tests.guards.checkout import ROOT
from tests.makers import make_person, make_school

TOO_MANY = "too many wrong tries"

START = "import django, os; django.setup(); from django.core.management import call_command as call; "
MAKE = START + (
    "call('migrate', verbosity=0); call('createcachetable', verbosity=0); "
    "from careers.accounts.models import User; "
    f"User.objects.create_user('one@example.org', {PASSWORD!r})"
)
TRY = START + (
    "import json, sys; from django.conf import settings; settings.ALLOWED_HOSTS = ['testserver']; "
    "from django.test import Client; "
    f"tries = [Client().post({LOGIN!r}, dict(login='one@example.org', password='wrong')) for _ in range(3)]; "
    f"print(json.dumps([{TOO_MANY!r} in each.content.decode() for each in tries]))"
)


def run(code: str, database: Path) -> str:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TRIGPOINT_DATABASE": f"sqlite:///{database}"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_limit_holds_across_processes(tmp_path: Path) -> None:
    database = tmp_path / "limits.sqlite3"
    run(MAKE, database)
    one, another = (json.loads(run(TRY, database)) for _ in range(2))
    assert one + another == [False] * 5 + [True]


@pytest.mark.django_db
def test_one_person_with_a_wrong_password_keeps_no_colleague_out() -> None:
    school = make_school()
    forgetful, colleague = (make_person(school, "tutor", password=PASSWORD) for _ in range(2))
    for _ in range(80):
        give_password(forgetful, "something else")
    assert TOO_MANY in Client().post(LOGIN, {"login": forgetful.email, "password": PASSWORD}).content.decode()
    assert is_in(give_password(colleague))


@pytest.mark.django_db
def test_somebody_who_guesses_at_many_accounts_from_one_address_is_stopped() -> None:
    for n in range(60):
        Client().post(LOGIN, {"login": f"guess{n}@example.org", "password": "wrong"})
    assert TOO_MANY in Client().post(LOGIN, {"login": "guess@example.org", "password": "wrong"}).content.decode()


@pytest.mark.django_db
def test_links_for_a_forgotten_password_are_limited_for_each_account(mailoutbox: list[object]) -> None:
    person = make_person(make_school(), "tutor")
    answers = [Client().post("/account/password/reset/", {"email": person.email}).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert len(mailoutbox) == 5


@pytest.mark.django_db
def test_guessing_at_the_password_of_an_open_session_is_limited() -> None:
    client = come_in(make_person(make_school(), "tutor", password=PASSWORD))
    answers = [client.post("/account/reauthenticate/", {"password": "wrong"}) for _ in range(11)]
    assert any(TOO_MANY in each.content.decode() or each.status_code == 429 for each in answers[5:])


@pytest.mark.django_db
def test_a_passkey_that_is_none_brings_nobody_in() -> None:
    client = Client()
    client.get("/account/second-step/passkeys/sign-in/", headers={"Accept": "application/json"})
    for nonsense in ("", "{}", "[]", '{"id": "x", "response": {}}', '{"response": {"userHandle": "!"}}', "x" * 1000):
        answer = client.post("/account/second-step/passkeys/sign-in/", {"credential": nonsense})
        assert answer["Location"] == LOGIN
    assert not is_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "usual"), [("post", 302), ("get", 200)])
def test_tries_with_passkeys_are_limited_for_an_address(method: str, usual: int) -> None:
    address, headers = "/account/second-step/passkeys/sign-in/", {"Accept": "application/json"}
    assert [getattr(Client(), method)(address, headers=headers).status_code for _ in range(121)] == [usual] * 120 + [
        429
    ]
