"""What every page tells the browser it may not do."""

from __future__ import annotations

import pytest
from django.test import Client

from careers.schools import clock
from tests.guards.addresses import SIGNING_IN, Address, addresses, ours
from tests.guards.two_schools import make_the_school
from tests.makers import TODAY

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
"""No exception, but that single sign-on adds its provider to form-action on the pages of signing in (its own test holds that)."""


def every_page() -> list[Address]:
    """Ours, and those of the sign-in library that need no link from a message."""
    return [*ours(), *(address for address in addresses() if address.name in SIGNING_IN and not address.parts)]


@pytest.mark.django_db
def test_every_page_is_held_to_the_same_strict_policy() -> None:
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        leader, stranger = Client(), Client()
        leader.force_login(here.people["careers_leader"])
        seen = 0
        for address in every_page():
            client = stranger if address.name == "account_login" else leader
            answer = client.get(address.filled(here))
            where = f"{address.route} ({answer.status_code})"
            assert set(answer["Content-Security-Policy"].split("; ")) == POLICY, where
            assert answer["X-Content-Type-Options"] == "nosniff", where
            assert answer["X-Frame-Options"] == "DENY", where
            assert answer["Referrer-Policy"] == "same-origin", where
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin", where
            assert "camera=()" in answer["Permissions-Policy"], where
            seen += 1
        assert seen > 50


@pytest.mark.django_db
def test_what_is_taken_out_is_a_file_and_never_a_page(client: Client) -> None:
    """A browser that opened a pupil list as a page would run what somebody wrote into it."""
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        client.force_login(here.people["careers_leader"])
        for address in ours():
            answer = client.get(address.filled(here))
            kind = answer.get("Content-Type", "")
            # A photograph was written anew by us, so that it is one and nothing else.
            if answer.status_code == 200 and not kind.startswith(("text/html", "text/plain", "image/jpeg")):
                assert answer["Content-Disposition"].startswith("attachment"), address.route
