"""A long form sent after the session has ended: what was typed is given back to whoever typed it, and to nobody else."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import Membership, User
from careers.accounts.sessions import kept_answers
from careers.accounts.tests.visitors import LOGIN, PASSWORD, come_in, leave_unused
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db
KEPT = "/account/kept-answers/"
FORM = "/school-record/add/feedback_gathered/"
TYPED = {"title": "A talk by Zephyrine Boats", "words": ["first line", "second line"]}


@pytest.fixture
def tutor() -> User:
    return make_person(make_school(), "tutor", password=PASSWORD)


@pytest.fixture
def ended(tutor: User) -> Client:
    client = come_in(tutor)
    leave_unused(client, 90)
    return client


def send(client: Client, where: str = FORM, **typed: object) -> str:
    """Gives the address the person is sent to."""
    return client.post(where, {**TYPED, **typed}, headers={"Referer": f"http://testserver{where}?a=1"})["Location"]


def sign_in(client: Client, person: User) -> str:
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD})["Location"]


def test_the_sign_in_page_says_it_is_kept_and_then_it_is_there(ended: Client, tutor: User) -> None:
    assert "What you had typed is kept" in ended.get(send(ended)).content.decode()
    assert sign_in(ended, tutor) == KEPT
    page = ended.get(KEPT).content.decode()
    for words in ("A talk by Zephyrine Boats", "first line", "second line"):
        assert f'value="{words}"' in page


def test_sending_it_goes_on_to_where_it_was_going_with_all_that_was_typed(ended: Client, tutor: User) -> None:
    send(ended)
    sign_in(ended, tutor)
    answer = ended.post(f"{KEPT}send/", TYPED)
    assert (answer.status_code, answer["Location"]) == (307, FORM)
    assert ended.get(KEPT)["Location"] == "/"


def test_throwing_it_away_leads_back_to_the_page(ended: Client, tutor: User) -> None:
    send(ended)
    sign_in(ended, tutor)
    assert ended.post(f"{KEPT}drop/")["Location"] == f"{FORM}?a=1"
    assert ended.get(KEPT)["Location"] == "/"


def test_somebody_else_who_signs_in_at_the_same_machine_gets_nothing(ended: Client, tutor: User) -> None:
    send(ended)
    other = make_person(make_school(), "tutor", password=PASSWORD)
    assert sign_in(ended, other) == "/"
    assert ended.get(KEPT)["Location"] == "/"
    assert kept_answers.KEY not in ended.session


def test_after_a_quarter_of_an_hour_it_is_gone(ended: Client, tutor: User) -> None:
    send(ended)
    session = ended.session
    session[kept_answers.KEY] = {**session[kept_answers.KEY], "until": 0}
    session.save()
    assert sign_in(ended, tutor) == "/"
    assert kept_answers.KEY not in ended.session


def test_what_was_typed_is_not_readable_in_the_database(ended: Client) -> None:
    send(ended)
    assert all("Zephyrine" not in str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize(
    ("where", "more"),
    [
        ("/account/password/change/", {"oldpassword": "x"}),
        (FORM, {"new_password": "x"}),
        (FORM, {"file": SimpleUploadedFile("roll.csv", b"a,b")}),
        (FORM, {"title": "x" * kept_answers.LONGEST}),
    ],
    ids=["about signing in", "a password", "a file", "too long"],
)
def test_some_forms_are_never_kept(ended: Client, tutor: User, where: str, more: dict[str, object]) -> None:
    send(ended, where, **more)
    assert kept_answers.KEY not in ended.session


def test_a_form_from_another_site_is_not_kept(tutor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(tutor)
    leave_unused(client, 90)
    assert client.post(FORM, TYPED).status_code == 403
    assert kept_answers.KEY not in client.session


@pytest.fixture
def of_two_schools(tutor: User) -> Client:
    """Somebody who was at the second of their schools when the session ended."""
    second = make_school("Zenith School", reference="zenithzenith")
    with scopes_disabled():
        Membership.objects.create(school=second, user=tutor, role="tutor")
    client = come_in(tutor)
    client.post("/schools/choose/", {"school": second.reference})
    leave_unused(client, 90)
    send(client)
    return client


def test_what_was_typed_at_one_school_is_sent_to_that_school(of_two_schools: Client, tutor: User) -> None:
    sign_in(of_two_schools, tutor)
    assert "Zenith School" in of_two_schools.get(KEPT).content.decode()
    assert of_two_schools.post(f"{KEPT}send/", TYPED)["Location"] == FORM


def test_and_to_no_other_they_went_to_meanwhile(of_two_schools: Client, tutor: User) -> None:
    sign_in(of_two_schools, tutor)
    with scopes_disabled():
        Membership.objects.filter(user=tutor, school__name="Zenith School").delete()
    answer = of_two_schools.post(f"{KEPT}send/", TYPED, follow=True)
    assert "it was not sent" in answer.content.decode()
