"""A school on a Sunday in November with an employer who came on the Friday, and somebody who plans its programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, make_school

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school("Beacon School")
    with clock.on(TODAY), scope(school=made):
        yield made


@pytest.fixture
def leader(school: School) -> Client:
    client = Client()
    client.force_login(make_person(school, name="Pat Lee"))
    return client


@pytest.fixture
def works(school: School) -> Partner:
    return Partner.objects.create(school=school, kind="employer", name="Harbour Works")


@pytest.fixture
def coming(school: School, works: Partner) -> Activity:
    made = make_activity(
        school,
        day=date(2026, 11, 27),
        title="Ropes and knots",
        status="planned",
        purpose="To see how ships are mended.",
    )
    ActivityPartner.objects.create(school=school, activity=made, partner=works)
    return made


@pytest.fixture
def visit(school: School, works: Partner) -> Activity:
    made = make_activity(
        school, "workplace_experience", FRIDAY, title="A day at the harbour", purpose="To see how ships are mended."
    )
    ActivityPartner.objects.create(school=school, activity=made, partner=works)
    return made
