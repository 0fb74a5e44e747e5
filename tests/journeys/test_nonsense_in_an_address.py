"""Nonsense in an address or a form, typed or crafted, is refused or passed over and never breaks a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from careers.schools import clock
from tests.guards.addresses import Address, ours
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import TODAY

NAMES = (
    *(
        "words",
        "school",
        "arrival",
        "pupil",
        "programme",
        "leaver",
        "title",
        "term",
        "note",
        "stamp",
        "partners",
        "person",
    ),
    *(
        "year_groups",
        "as_at",
        "group",
        "source",
        "verb",
        "page",
        "sort",
        "state",
        "has",
        "form",
        "year",
        "academic_year",
    ),
)
PARTS = 4
NONSENSE = ("\0", "9" * 40, "-1", "' OR 1=1--", "١")


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_nonsense_breaks_no_page(part: int) -> None:
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        client = Client()
        client.force_login(here.people["careers_leader"])
        assert [said for address in ours()[part::PARTS] for said in broken(address, here, client)] == []


def broken(address: Address, here: TheSchool, client: Client) -> Iterator[str]:
    where = address.filled(here)
    for nonsense in NONSENSE:
        for ask in (client.get, client.post):
            # Each page finds the school as it was.
            with transaction.atomic():
                try:
                    answer = ask(where, dict.fromkeys(NAMES, nonsense))
                except Exception as error:
                    error.add_note(f"{ask.__name__} {address.name} with {nonsense!r}")
                    raise
                transaction.set_rollback(True)
            if answer.status_code >= 500 and address.name != "ready":
                yield f"{ask.__name__} {address.name} with {nonsense!r}: {answer.status_code}"
