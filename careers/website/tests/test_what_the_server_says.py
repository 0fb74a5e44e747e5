"""Whoever starts the server is told how to sign in, or how to be able to."""

from collections.abc import Iterator

import pytest
from django.core.management import get_commands

from careers.demonstration.signing_in import forget
from careers.website.management.commands.serve import how_to_sign_in
from tests.makers import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_demonstration_from_another_test() -> Iterator[None]:
    forget()
    yield
    forget()


def test_where_there_is_no_school_the_commands_that_add_one_and_its_people_are_named() -> None:
    said = how_to_sign_in()
    for command in ("add_school", "add_person"):
        assert f"manage.py {command} --help" in said
        assert command in get_commands()


def test_where_a_school_was_added_its_people_sign_in_with_their_addresses() -> None:
    make_school()
    assert how_to_sign_in() == "Sign in with the e-mail address you were added with."


def test_where_the_demonstration_is_its_careers_leader_is_offered() -> None:
    make_school(demonstration=True)
    assert how_to_sign_in().startswith("Sign in as leader@example.org with the password ")
