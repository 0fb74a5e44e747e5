"""What every test of data in starts from: the day it is, and a school."""

from collections.abc import Iterator

import pytest

from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_school


@pytest.fixture(autouse=True)
def _on_a_known_day() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def another_school(db: None) -> School:
    return make_school("Harbour School")
