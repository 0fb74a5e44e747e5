"""Who came in is on record at their schools, and so is a password that was set."""

import pytest
from django.test import Client

from careers.accounts.models import User
from careers.audit.models import Event
from careers.schools.models import School
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db
PASSWORD = "every pupil has a plan"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def tutor(school: School) -> User:
    return make_person(school, "tutor", password=PASSWORD)


def sign_in(person: User, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": password})
    return client


def test_signing_in_is_on_record_at_the_persons_school(tutor: User, school: School) -> None:
    sign_in(tutor)
    assert list(Event.objects.values_list("verb", "actor_id", "school_id")) == [("signed in", tutor.pk, school.pk)]


def test_a_wrong_password_brings_nobody_in(tutor: User) -> None:
    sign_in(tutor, "something else")
    assert not Event.objects.exists()


def test_a_password_that_was_changed_is_on_record_and_not_what_it_is(tutor: User, school: School) -> None:
    new = "every plan has a pupil"
    sign_in(tutor).post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    event = Event.objects.get(verb="set a new password")
    assert (event.actor_id, event.school_id, event.detail) == (tutor.pk, school.pk, {})
