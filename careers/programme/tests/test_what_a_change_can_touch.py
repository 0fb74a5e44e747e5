"""A change of an activity says from which day it can matter, so that what is known of earlier days is kept."""

from datetime import date

import pytest
from django_scopes import scope

from careers.audit.models import Event
from careers.programme import actions
from careers.programme.models import Activity
from careers.schools.models import School
from tests.makers import make_activity, make_person, make_school

pytestmark = pytest.mark.django_db
AUTUMN, SPRING = date(2026, 11, 2), date(2026, 2, 2)


def change(activity: Activity, **facts: object) -> date | None:
    person = make_person(activity.school)
    with scope(school=activity.school):
        actions.change(activity=activity, facts=facts, partners=[], stamp=None, by=person)
    return Event.objects.filter(verb="changed an activity").latest("id").since


@pytest.fixture
def school() -> School:
    return make_school()


def test_a_fact_about_this_terms_activity_touches_nothing_before_it(school: School) -> None:
    assert change(make_activity(school, day=AUTUMN), met_learners=True) == AUTUMN


@pytest.mark.parametrize(("was", "becomes"), [(AUTUMN, SPRING), (SPRING, AUTUMN)])
def test_an_activity_that_is_moved_touches_both_days(school: School, was: date, becomes: date) -> None:
    assert change(make_activity(school, day=was), starts_on=becomes) == SPRING


def test_an_activity_that_had_no_date_may_touch_any_day(school: School) -> None:
    assert change(make_activity(school, day=None), starts_on=AUTUMN) is None
