"""A small school, and people of each role who open its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from careers.evaluation.standings import forget
from careers.programme.models import Activity
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, make_school

MEANINGFUL: dict[str, Any] = {
    "purpose_shared_with_partner": True,
    "purpose_shared_with_pupils": True,
    "learning_outcomes_set": True,
    "two_way": "some",
    "reflection_after": True,
}
EMPLOYER = "gb5.2025.school.1"


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Iterator[None]:
    forget()
    with clock.on(TODAY):
        yield


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def signed_in(school: School) -> Callable[..., Client]:
    """signed_in("tutor"): a browser of somebody in that role at the school."""

    def sign_in(role: str = "careers_leader", **where: Any) -> Client:
        client = Client()
        client.user = make_person(where.get("school", school), role)  # type: ignore[attr-defined]
        client.force_login(client.user)  # type: ignore[attr-defined]
        return client

    return sign_in


@pytest.fixture
def leader(signed_in: Callable[..., Client]) -> Client:
    return signed_in()


def meaningful(school: School, day: date = date(2026, 10, 6), **fields: Any) -> Activity:
    """An encounter with an employer that counts for benchmark 5."""
    return make_activity(school, "employer_encounter", day, **{**MEANINGFUL, **fields})


def text(response: Any) -> str:
    """What the page says, without its tags and with plain spaces."""
    inline = re.sub(r"</?(a|span|strong)\b[^>]*>", "", response.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", inline)))
