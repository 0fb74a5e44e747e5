"""Nonsense in an address or a form, typed or crafted, is refused or passed over and never breaks a page."""

from __future__ import annotations

import pytest
from django.test import Client

from careers.schools import clock
from tests.guards.addresses import Address, ours
from tests.guards.two_schools import make_the_school
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
NONSENSE = ("\0", "9" * 40, "-1", "' OR 1=1--", "١")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ours(), ids=lambda address: address.name)
def test_nonsense_breaks_no_page(address: Address) -> None:
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        client = Client()
        client.force_login(here.people["careers_leader"])
        for nonsense in NONSENSE:
            for ask in (client.get, client.post):
                answer = ask(address.filled(here), dict.fromkeys(NAMES, nonsense))
                assert answer.status_code < 500 or address.name == "ready"
