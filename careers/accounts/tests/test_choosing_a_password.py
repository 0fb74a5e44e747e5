"""A password is long enough, is not about its owner and is not known from a breach; nothing else is asked of it."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from careers.accounts.breached import BreachedHashes
from careers.accounts.passwords import KNOWN
from careers.accounts.tests.visitors import come_in, give_password, is_in
from tests.makers import make_person, make_school

GOOD = "lantern mosaic harbour"


def line(password: str) -> bytes:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


@pytest.fixture
def listed(tmp_path: Path, settings: Any) -> Path:
    """A published list that knows ten thousand passwords, and this one."""
    path = tmp_path / "breached.txt"
    passwords = [GOOD, *(f"password number {n}" for n in range(10_000))]
    path.write_bytes(b"".join(sorted(line(each) + b":%d\r\n" % (n % 900) for n, each in enumerate(passwords))))
    settings.BREACHED_PASSWORDS = str(path)
    return path


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery staple", "ночной поезд на север", "🦔🐝🦉🐙🦊🐳🦔🐝🦉🐙🦊🐳"]
)
def test_any_characters_will_do(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "at least 12 characters"),
        ("a" * 129, "no more than 128 characters"),
        ("Password1234", "known from a breach"),
        ("qwertyuiop123", "known from a breach"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        validate_password(password)


def test_a_password_on_the_published_list_is_refused(listed: Path) -> None:
    with pytest.raises(ValidationError, match=KNOWN):
        validate_password(GOOD)
    validate_password("lantern mosaic harbours")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("count", [b"", b":1", b":37359195"])
@pytest.mark.parametrize("lower", [False, True])
@pytest.mark.parametrize("last", [b"", None])
def test_every_line_of_a_list_is_found_whatever_its_form(
    tmp_path: Path, end: bytes, count: bytes, lower: bool, last: bytes | None
) -> None:
    passwords = [f"number {n}" for n in range(300)]
    hashes = sorted(line(each) for each in passwords)
    text = end.join((each.lower() if lower else each) + count for each in hashes) + (end if last is None else last)
    path = tmp_path / "list.txt"
    path.write_bytes(text)
    breached = BreachedHashes(path)
    breached.inspect()
    assert all(each in breached for each in passwords)
    assert not any(f"not {each}" in breached for each in passwords)


def test_a_list_of_one_line_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_bytes(line(GOOD) + b":3")
    BreachedHashes(path).inspect()
    assert GOOD in BreachedHashes(path)
    assert "another" not in BreachedHashes(path)


WRONG = {
    "is not in the order of the hashes": b"".join(line(f"number {n}") + b":1\n" for n in range(500)),
    "is not a list of SHA-1 hashes": b"password\n123456\n",
    "each line must be a hash, or HASH:COUNT": b"",
}


@pytest.mark.parametrize("why", WRONG)
def test_a_file_that_cannot_be_searched_stops_the_start(tmp_path: Path, settings: Any, why: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(WRONG[why])
    settings.BREACHED_PASSWORDS = str(path)
    with pytest.raises(CommandError, match=why):
        call_command("check")


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path, settings: Any) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "nowhere.txt")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check", tags=["start"])


def test_a_good_list_lets_it_start(listed: Path) -> None:
    call_command("check", tags=["start"])


@pytest.mark.django_db
def test_a_letter_with_an_accent_is_the_same_on_every_keyboard() -> None:
    composed, taken_apart = "un café très fréquenté", "un cafe\u0301 tre\u0300s fre\u0301quente\u0301"
    person = make_person(make_school(), "tutor", password=composed)
    assert is_in(give_password(person, taken_apart))


@pytest.mark.django_db
def test_a_password_from_a_breach_cannot_be_chosen_on_the_page(listed: Path) -> None:
    person = make_person(make_school(), "tutor", password="every pupil has a plan")
    client = come_in(person)
    answers = {"oldpassword": "every pupil has a plan", "password1": GOOD, "password2": GOOD}
    assert KNOWN in client.post("/account/password/change/", answers).content.decode()
    assert is_in(client)
