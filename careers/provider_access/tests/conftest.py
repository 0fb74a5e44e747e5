"""A school on 22 November 2026, its careers leader, and a statement it has published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.provider_access import statement_actions
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_school

FITS, CLASH = "It fits an assembly of the year group", "It clashes with examinations"
WORDS = {
    "procedure": "Write to the careers leader.",
    "contact_role": "Careers leader",
    "contact_email": "careers@example.org",
    "reply_days": 10,
    "grounds_for": [FITS],
    "grounds_against": [CLASH],
    "premises": "The hall.",
    "times": "Assemblies on Tuesdays.",
    "compliance_plan": "Two assemblies in each phase.",
}


@pytest.fixture
def school(db: None) -> Iterator[School]:
    with clock.on(TODAY):
        made = make_school()
        with scope(school=made):
            yield made


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school)


@pytest.fixture
def client(leader: User) -> Client:
    client = Client()
    client.force_login(leader)
    return client


@pytest.fixture
def stranger() -> Client:
    """Somebody who belongs to no school here."""
    return Client()


@pytest.fixture
def published(school: School, leader: User) -> School:
    statement_actions.write(school=school, facts=WORDS, stamp=None, by=leader)
    statement_actions.publish(school=school, by=leader)
    return school
