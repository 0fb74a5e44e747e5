"""Where a person is signed in, and the ways a session ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from careers.accounts.actions import remove_person
from careers.accounts.models import SignedIn, User
from careers.accounts.roles import AT_A_SCHOOL
from careers.accounts.sessions.devices import in_words
from careers.accounts.sessions.ending import forget_ended_sessions
from careers.accounts.tests.visitors import PASSWORD, come_in, give_password, is_in, leave_unused
from careers.audit.models import Event
from careers.schools.models import School
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db
SESSIONS = "/account/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def tutor(school: School) -> User:
    return make_person(school, "tutor", password=PASSWORD)


def on_a(device: str, person: User) -> Client:
    return come_in(person, headers={"User-Agent": device})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Safari on an iPhone"),
        (LAPTOP, "Edge on a Windows computer"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox on an Android device"),
        ("curl/8", "A browser on some other device"),
        ("", "A browser on some other device"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_plain_words(said: str, words: str) -> None:
    assert in_words(said) == words


def test_a_person_sees_where_they_are_signed_in_and_nobody_else(tutor: User, school: School) -> None:
    on_a(PHONE, tutor)
    page = on_a(LAPTOP, tutor).get(SESSIONS).content.decode()
    assert "Safari on an iPhone" in page
    assert "Edge on a Windows computer" in page
    assert "This one" in page
    other = come_in(make_person(school, "teacher", password=PASSWORD)).get(SESSIONS).content.decode()
    assert "iPhone" not in other


def test_no_internet_address_and_no_description_of_a_browser_is_kept(tutor: User) -> None:
    on_a(PHONE, tutor)
    assert set(SignedIn.objects.values().get()) == {
        *("id", "reference", "user_id", "session_key", "device", "started_at", "last_used_at")
    }


def test_ending_another_session_signs_that_one_out_at_once(tutor: User, school: School) -> None:
    phone, laptop = on_a(PHONE, tutor), on_a(LAPTOP, tutor)
    laptop.post(SESSIONS, {"session": SignedIn.objects.get(device="Safari on an iPhone").reference})
    assert not is_in(phone)
    assert is_in(laptop)
    event = Event.objects.get(verb="ended a session")
    assert (event.school_id, event.detail) == (school.pk, {"device": "Safari on an iPhone"})


def test_nobody_ends_the_session_of_somebody_else(tutor: User, school: School) -> None:
    phone = on_a(PHONE, tutor)
    stranger = come_in(make_person(school, password=PASSWORD))
    answer = stranger.post(SESSIONS, {"session": SignedIn.objects.get(user=tutor).reference})
    assert answer.status_code == 404
    assert is_in(phone)


def test_signing_out_leaves_nothing_of_the_session_and_is_on_record(tutor: User, school: School) -> None:
    phone = on_a(PHONE, tutor)
    phone.post("/account/logout/")
    assert not SignedIn.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("verb", "school_id")) == [
        ("signed in", school.pk),
        ("signed out", school.pk),
    ]


def test_signing_out_everywhere_ends_every_session(tutor: User) -> None:
    phone, laptop = on_a(PHONE, tutor), on_a(LAPTOP, tutor)
    laptop.post(SESSIONS)
    assert not is_in(phone)
    assert not is_in(laptop)
    assert Event.objects.get(verb="signed out everywhere").detail == {"sessions": 2}


def test_a_new_password_ends_every_session(tutor: User) -> None:
    phone, laptop = on_a(PHONE, tutor), on_a(LAPTOP, tutor)
    new = "lantern mosaic harbour"
    laptop.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not is_in(phone)
    assert is_in(give_password(tutor, new))


def test_losing_a_role_ends_every_session(tutor: User, school: School) -> None:
    phone = on_a(PHONE, tutor)
    remove_person(email=tutor.email, school=school, by=None)
    assert not is_in(phone)


@pytest.mark.parametrize("role", AT_A_SCHOOL)
def test_a_session_lies_unused_as_long_as_the_role_lets_it(school: School, role: str) -> None:
    person, minutes = make_person(school, role, password=PASSWORD), AT_A_SCHOOL[role].idle_minutes
    client = Client()
    client.force_login(person)
    leave_unused(client, minutes - 1)
    assert is_in(client)
    leave_unused(client, minutes + 2)
    assert not is_in(client)


def test_the_strictest_of_a_persons_roles_decides(tutor: User) -> None:
    tutor.is_operator = True
    tutor.save()
    client = come_in(tutor)
    leave_unused(client, 35)
    assert not is_in(client)


def test_somebody_signed_out_is_told_why_and_comes_back_to_the_page(tutor: User, school: School) -> None:
    client = come_in(tutor)
    leave_unused(client, 90)
    sent = client.get("/roles/")
    assert sent["Location"] == "/account/login/?next=/roles/"
    said = client.get(sent["Location"]).content.decode()
    assert "nothing was done here for 60 minutes" in said
    assert client.post(sent["Location"], {"login": tutor.email, "password": PASSWORD})["Location"] == "/roles/"
    assert Event.objects.filter(verb="was signed out after a session lay unused", school_id=school.pk).count() == 1


def test_the_page_that_says_so_knows_nothing_of_the_school_any_more(tutor: User, school: School) -> None:
    client = come_in(tutor)
    leave_unused(client, 90)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert school.name not in answer.content.decode()


def test_nothing_is_kept_of_a_session_that_can_no_longer_be_used(tutor: User) -> None:
    client = come_in(tutor)
    leave_unused(client, 11 * 60)
    assert forget_ended_sessions() == "Forgot 1 ended session."
    assert not SignedIn.objects.exists()


def test_a_session_ends_some_hours_after_signing_in_however_busily_it_is_used(
    tutor: User, school: School, settings: Any
) -> None:
    """A cookie somebody has stolen is no use for ever by being used."""
    client = come_in(tutor)
    began = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE, minutes=-1)
    SignedIn.objects.update(started_at=began)
    assert is_in(client)
    SignedIn.objects.update(started_at=began - timedelta(minutes=2))
    assert not is_in(client)
    assert Event.objects.filter(verb="was signed out at the end of a session's hours", school_id=school.pk).count() == 1
