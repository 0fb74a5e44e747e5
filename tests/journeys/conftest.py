"""A school on a Sunday in November, with one class and what has happened to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from careers.accounts.models import User
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.journeys.visitor import PASSWORD, Visitor
from tests.makers import (
    TODAY,
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)

MEANINGFUL = {
    **dict.fromkeys(("purpose_shared_with_partner", "purpose_shared_with_pupils", "learning_outcomes_set"), True),
    **dict.fromkeys(("reflection_after", "about_work", "met_range_of_people"), True),
    "two_way": "extensive",
}


@dataclass
class Beacon:
    """Ada met an employer this year; Ben, in another form, did not."""

    school: School
    ada: Pupil
    ben: Pupil

    def somebody(self, role: str, name: str) -> User:
        return make_person(self.school, role, name=name, password=PASSWORD)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def beacon(db: None) -> Beacon:
    school = make_school("Beacon School")
    ada = make_pupil(school, 9, forename="Ada", surname="Abara", form="9A")
    ben = make_pupil(school, 9, forename="Ben", surname="Birch", form="9B")
    make_encounter(ada, make_activity(school, title="Harbour Foods visit", **MEANINGFUL))
    return Beacon(school, ada, ben)


@pytest.fixture
def tutor(beacon: Beacon) -> User:
    """Terry, who looks after Ada's form."""
    user = beacon.somebody("tutor", "Terry Tutor")
    give_group(user, put_in_group(beacon.ada, "9A tutor group", kind="other"))
    return user
