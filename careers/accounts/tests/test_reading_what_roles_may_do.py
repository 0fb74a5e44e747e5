"""The page of roles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.text import capfirst

from careers.accounts.roles import ROLES
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


def test_every_role_is_there_with_who_may_hold_it_and_what_it_may_do(client: Client) -> None:
    client.force_login(make_person(make_school(), "tutor"))
    words = client.get("/roles/").content.decode().replace("&#x27;", "'")
    for role in ROLES.values():
        assert role.title in words
        assert role.who in words
        for policy in role.policies:
            assert capfirst(policy) in words
    assert "Yours here is tutor or head of year" in words
