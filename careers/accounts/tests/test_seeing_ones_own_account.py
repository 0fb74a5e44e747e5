"""One page that says who one is here and leads to everything about signing in."""

from __future__ import annotations

import pytest

from careers.accounts.tests.visitors import PASSWORD, come_in
from tests.journeys.visitor import PASSWORD as JOURNEY_PASSWORD
from tests.journeys.visitor import Visitor
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


def test_it_names_the_person_their_roles_and_where_they_are_signed_in() -> None:
    school = make_school("Harbour School")
    person = make_person(school, "tutor", name="Terry Tutor", password=PASSWORD)
    page = come_in(person).get("/account/").content.decode()
    for words in ("Terry Tutor", person.email, "Tutor or head of year at Harbour School", "Not set up", "In 1 browser"):
        assert words in page


def test_it_is_in_the_head_of_every_page_and_leads_everywhere() -> None:
    visitor = Visitor()
    visitor.sign_in(make_person(make_school(), name="Lee Leader", password=JOURNEY_PASSWORD).email)
    visitor.open("/").follow("Lee Leader")
    assert visitor.heading == "Your account"
    for link, heading in {
        "Change password": "Change your password",
        "Manage second step": "Second step",
        "Make new ones recovery codes": "Make new recovery codes?",
        "See where you are signed in": "Where you are signed in",
    }.items():
        visitor.open("/account/").follow(link)
        assert visitor.heading == heading


def test_the_operator_has_one_too() -> None:
    operator = make_person(None, is_operator=True, password=PASSWORD)
    assert "Installation operator" in come_in(operator).get("/account/").content.decode()
