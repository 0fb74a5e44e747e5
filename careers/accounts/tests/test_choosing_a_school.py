"""Somebody who works at two schools, at one, or at none yet."""

from __future__ import annotations

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import Membership
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


def test_somebody_at_two_schools_works_at_the_one_they_choose(client: Client) -> None:
    ash, oak = make_school("Ash School"), make_school("Oak School")
    person = make_person(ash, "senior_leader")
    with scopes_disabled():
        Membership.objects.create(school=oak, user=person, role="tutor")
    client.force_login(person)
    assert client.get("/roles/").context["own"] == "Senior leader"
    assert client.post("/schools/choose/", {"school": oak.reference}).status_code == 302
    assert client.get("/roles/").context["own"] == "Tutor or head of year"
    assert client.get("/schools/choose/").context["here"] == oak


def test_nobody_can_choose_a_school_they_do_not_belong_to(client: Client) -> None:
    ash, oak = make_school("Ash School"), make_school("Oak School")
    client.force_login(make_person(ash))
    answer = client.post("/schools/choose/", {"school": oak.reference}, follow=True)
    assert "Choose one of your schools." in answer.content.decode()
    assert oak.name not in answer.content.decode()
    assert answer.context["here"] == ash


def test_somebody_whose_school_has_taken_them_off_is_no_longer_there(client: Client) -> None:
    ash = make_school("Ash School")
    person = make_person(ash)
    client.force_login(person)
    client.post("/schools/choose/", {"school": ash.reference})
    with scopes_disabled():
        Membership.objects.all().delete()
    assert client.get("/pupils/").status_code == 302


def test_somebody_at_no_school_is_told_what_to_do(client: Client) -> None:
    person = make_person(None)
    client.force_login(person)
    words = client.get("/schools/choose/").content.decode()
    assert "You do not belong to a school yet" in words
    assert person.email in words
