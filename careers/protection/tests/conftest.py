"""A school on a day in November, and people of each role who keep its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from careers.accounts.models import User
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_school


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def signed_in(school: School) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(make_person(school, role))
        return client

    return sign_in


@pytest.fixture
def leader(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("careers_leader")


@pytest.fixture
def somebody(school: School) -> User:
    """Whoever answers for the data."""
    return make_person(school, "senior_leader")
