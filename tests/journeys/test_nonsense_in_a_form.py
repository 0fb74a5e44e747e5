"""Forms filled in with anything at all are refused or accepted, in words; no page breaks, and nobody gets past the form."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from lxml import html

from careers.schools import clock
from tests.guards.addresses import Address, ours
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import TODAY

SEED = int(os.environ.get("LONG_TESTS") or 20261122)
EACH = 200 if "LONG_TESTS" in os.environ else 4
PARTS = 4
WHO = ("careers_leader", "pupil", "operator")
"""Between them they may open every page."""

ODD = (
    *(
        "",
        " ",
        "\0",
        "0",
        "-1",
        "9" * 30,
        "1e400",
        "NaN",
        "0x10",
        "١٢",
        "2026-02-30",
        "31/02/2026",
        "9999-12-31",
        "0001-01-01",
    ),
    *(
        "' OR 1=1--",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "%s%n",
        "../../etc/passwd",
        "=1+1",
        "a" * 5_000,
        "\u202eabc",
    ),
    *(
        "é" * 300,
        "👩‍🚀",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "None",
        "null",
        "true",
        "[]",
        "{}",
    ),
)


@dataclass
class Form:
    """A form of a page as it stands there: where it goes, how, and what a browser would send."""

    action: str
    method: str
    filled: dict[str, list[str]]
    files: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.method} {self.action}"


def forms_on(page: bytes, at: str) -> Iterator[Form]:
    for found in html.fromstring(page).iter("form"):
        fields = found.fields
        filled = {name: _values(fields[name]) for name in fields if name}
        files = [each.get("name") for each in found.iter("input") if each.get("type") == "file" and each.get("name")]
        for button in found.iter("button"):
            if button.get("name"):
                filled[button.get("name")] = [button.get("value") or ""]
        action = urljoin(at, found.get("action") or at).partition("#")[0]
        yield Form(action, (found.get("method") or "get").lower(), filled, files)


def _values(value: object) -> list[str]:
    if value is None or isinstance(value, str):
        return [value or ""]
    return [str(each) for each in value] if hasattr(value, "__iter__") else [str(value)]


def odd(form: Form, dice: random.Random) -> dict[str, object]:
    """The form with some fields odd, some left out, some said twice, and some that are not there."""
    sent: dict[str, object] = {}
    for name, values in form.filled.items():
        match dice.randrange(4):
            case 0:
                sent[name] = dice.choice(ODD)
            case 1:
                sent[name] = [dice.choice(ODD), *values]
            case 2:
                sent[name] = values
    sent[dice.choice(("page", "next", "id", "school", "role", "is_operator"))] = dice.choice(ODD)
    if form.method == "post":
        for name in form.files:
            sent[name] = SimpleUploadedFile(dice.choice(("a.csv", "../a.xlsx", "\u202excel.exe")), dice.randbytes(60))
    return sent


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_a_form_filled_in_with_anything_breaks_nothing(part: int) -> None:
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        tried = [form for address in ours()[part::PARTS] for form in try_page(address, here)]
        assert len(tried) > 3, "hardly a form was found, so hardly anything was tried"


def try_page(address: Address, here: TheSchool) -> list[Form]:
    """The forms that were tried: those of the page as the first who may open it sees it."""
    at = address.filled(here)
    for who in WHO:
        client = Client()
        client.force_login(here.people[who])
        page = client.get(at)
        if page.status_code == 200 and "text/html" in page.get("Content-Type", ""):
            found = list(forms_on(page.content, at))
            for form in found:
                try_it(client, form, random.Random(f"{SEED} {address.name} {form}"))
            return found
    return []


def try_it(client: Client, form: Form, dice: random.Random) -> None:
    if form.action.startswith("/account/"):
        return  # signing out would end the visit
    ask = client.post if form.method == "post" else client.get
    for _ in range(EACH):
        sent = odd(form, dice)
        # Each try finds the school as it was.
        with transaction.atomic():
            answer = ask(form.action, sent)
            assert answer.status_code < 500, f"{form} answered {answer.status_code} to {sent}"
            transaction.set_rollback(True)
