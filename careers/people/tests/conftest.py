"""A school with its careers leader and head, and a way to read the link in the last message."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careers.accounts.models import User
from careers.schools.models import School
from tests.makers import make_person, make_school

Post = Callable[..., Any]


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, name="Lee Leader", email="lee@example.org")


@pytest.fixture
def head(school: School) -> User:
    return make_person(school, "senior_leader", name="Ros Field", email="ros@example.org")


@pytest.fixture
def desk(leader: User, client: Client, django_capture_on_commit_callbacks: Any) -> Post:
    """The careers leader posts a form of a page; what was answered, with messages sent as after a commit."""
    client.force_login(leader)

    def post(address: str, **form: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, form, follow=True)

    return post


@pytest.fixture
def last_link(mailoutbox: list[Any]) -> Callable[[], str]:
    return lambda: re.findall(r"http://\S+?(/invitation/\S+/)", mailoutbox[-1].body)[0]
