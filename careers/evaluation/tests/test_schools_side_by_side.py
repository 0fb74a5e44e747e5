"""What a trust lead sees of several schools: figures, rounded, of those that gave them the role, and names only where granted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership, User
from careers.evaluation.trust_page import schools_of
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools() -> Iterator[list[School]]:
    with clock.on(TODAY):
        found = [make_school("Beacon School"), make_school("Dell School"), make_school("Vale School")]
        for school in found:
            make_pupil(school, 11, surname=f"Pupil{school.name.split()[0]}")
        yield found


@pytest.fixture
def lead(schools: list[School]) -> User:
    user = make_person(schools[0], "trust_lead")
    belong(user, schools[1], "trust_lead")
    return user


def belong(user: User, school: School, role: str) -> None:
    with scopes_disabled():
        Membership.objects.update_or_create(school=school, user=user, defaults={"role": role})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_trust_lead_sees_figures_of_their_schools_and_nobodys_name(lead: User, schools: list[School]) -> None:
    shown = signed_in(lead).get("/trust/").content.decode()
    assert "Beacon School" in shown
    assert "Dell School" in shown
    assert "Vale School" not in shown
    assert "fewer than 5 pupils on roll" in shown
    assert "PupilBeacon" not in shown
    assert "PupilDell" not in shown


def test_a_trust_lead_at_one_school_who_is_a_tutor_at_another_sees_only_the_first(
    lead: User, schools: list[School]
) -> None:
    belong(lead, schools[1], "tutor")
    assert [each.school for each in schools_of(memberships_of(lead), TODAY)] == [schools[0]]


def test_each_school_costs_the_same_few_queries(lead: User, schools: list[School]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            schools_of(memberships_of(lead), TODAY)
        return len(asked)

    two = queries()
    belong(lead, schools[2], "trust_lead")
    assert (queries() - 1) * 2 == (two - 1) * 3


def test_a_school_grants_its_pupils_names_and_takes_them_back_at_once(lead: User, schools: list[School]) -> None:
    browser = signed_in(lead)
    assert browser.get("/pupils/").status_code == 403
    schools[0].names_to_trust = True
    schools[0].save()
    assert "PupilBeacon" in browser.get("/pupils/").content.decode()
    browser.post("/schools/choose/", {"school": schools[1].reference})
    assert browser.get("/pupils/").status_code == 403
    browser.post("/schools/choose/", {"school": schools[0].reference})
    schools[0].names_to_trust = False
    schools[0].save()
    assert browser.get("/pupils/").status_code == 403
