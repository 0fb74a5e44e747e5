"""What is remembered of a school's record holds until a change that can touch it."""

from datetime import date
from typing import Any

import pytest

from careers.audit.record import record, version_of
from tests.makers import make_school

pytestmark = pytest.mark.django_db
LAST_TERM = date(2026, 7, 31)


@pytest.fixture
def school() -> Any:
    return make_school()


def test_every_change_makes_a_new_version(school: Any) -> None:
    before = version_of(school)
    record("changed an activity", by=None, school=school)
    assert version_of(school) == before + 1


def test_looking_changes_nothing(school: Any) -> None:
    before = version_of(school), version_of(school, LAST_TERM)
    record("opened a pupil's file", by=None, school=school, changes=False)
    assert (version_of(school), version_of(school, LAST_TERM)) == before


def test_a_change_to_this_term_leaves_last_term_as_it_was(school: Any) -> None:
    before = version_of(school, LAST_TERM)
    record("changed an activity", by=None, school=school, since=date(2026, 11, 22))
    assert version_of(school, LAST_TERM) == before


@pytest.mark.parametrize("since", [None, date(2026, 7, 31), date(2025, 1, 6)])
def test_a_change_that_may_touch_last_term_is_a_new_version_of_it(school: Any, since: date | None) -> None:
    before = version_of(school, LAST_TERM)
    record("brought in the log", by=None, school=school, since=since)
    assert version_of(school, LAST_TERM) > before


def test_another_schools_changes_are_not_ours(school: Any) -> None:
    before = version_of(school)
    record("changed an activity", by=None, school=make_school("Other School"))
    assert version_of(school) == before
