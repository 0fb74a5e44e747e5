"""An operator adds schools and operators, and sees nothing of any pupil."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.deeds import person_key
from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.audit.models import Event
from careers.people.models import Invitation
from careers.schools.models import School
from tests.makers import make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
GOOD = "three sparrows at noon"
NEW = {
    "name": "Hill School", "urn": "123456", "laestab": "888/4001", "kind": "school", "low_age": 11, "high_age": 18,
    "leader_name": "Jo Ahmed", "leader_email": "Jo@example.org",
}  # fmt: skip


@pytest.fixture
def operator() -> User:
    return make_person(None, name="Colin Frayne", is_operator=True)


@pytest.fixture
def desk(operator: User, client: Client) -> Client:
    client.force_login(operator)
    return client


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_an_operator_comes_in_to_the_schools_and_to_no_pupil(desk: Client) -> None:
    school = make_school("Beacon School")
    make_own_record(make_person(school, "pupil"), make_pupil(school, surname="Abara"))
    make_person(school, "tutor")
    page = desk.get("/", follow=True)
    assert page.redirect_chain == [("/installation/", 302)]
    assert [(line.school.name, line.people, line.leaders) for line in page.context["lines"]] == [
        ("Beacon School", 1, 0)
    ]
    assert "Abara" not in page.content.decode()
    assert desk.get("/pupils/").status_code == 302


def test_somebody_of_a_school_does_not_look_after_the_machine(client: Client) -> None:
    client.force_login(make_person(make_school()))
    assert client.get("/installation/").status_code == 403


def test_an_operator_who_works_at_a_school_too_has_both_in_the_menu(client: Client) -> None:
    client.force_login(make_person(make_school(), "tutor", is_operator=True))
    words = client.get("/roles/").content.decode()
    assert "/installation/" in words
    assert "/pupils/" in words


def test_a_school_is_added_with_the_invitation_of_its_careers_leader(
    desk: Client, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post("/installation/schools/add/", NEW, follow=True)
    assert said(answer) == ["Jo Ahmed is invited to be careers leader of Hill School."]
    (link,) = re.findall(r"(/invitation/\S+/)", mailoutbox[0].body)
    Client().post(link, {"name": "Jo Ahmed", "password": GOOD, "again": GOOD})
    (membership,) = memberships_of(User.objects.get(email="jo@example.org"))
    assert (membership.school.name, membership.role) == ("Hill School", "careers_leader")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"urn": "12"}, "is not a URN"),
        ({"leader_email": "jo"}, "valid email"),
        ({"low_age": 19, "high_age": 11}, "not a school"),
    ],
)
def test_a_school_that_will_not_do_leaves_nothing_behind(desk: Client, given: dict[str, Any], why: str) -> None:
    answer = desk.post("/installation/schools/add/", {**NEW, **given})
    assert answer.status_code == 422
    assert why in str(answer.context["form"].errors)
    assert not School.objects.exists()


def test_the_first_leader_is_invited_again_until_there_is_one_and_then_it_is_the_schools_affair(desk: Client) -> None:
    desk.post("/installation/schools/add/", NEW)
    again = f"/installation/schools/{School.objects.get().reference}/leader/"
    with scopes_disabled():
        before = Invitation.objects.get().digest
    desk.post(again)
    with scopes_disabled():
        assert Invitation.objects.get().digest != before
    make_person(School.objects.get())
    assert said(desk.post(again, follow=True))[-1] == "Hill School waits for no careers leader."


def test_another_operator_is_made_and_ended_and_never_the_last(
    desk: Client, operator: User, mailoutbox: list[Any]
) -> None:
    make_person(make_school(), "tutor", email="tutor@example.org", name="Tess Tutor")
    desk.post("/installation/operators/", {"email": "TUTOR@example.org"})
    assert mailoutbox == [], "they have a password"
    desk.post("/installation/operators/", {"email": "new@example.org", "name": "New Operator"})
    assert "Look after a copy of Trigpoint" in mailoutbox[0].subject
    assert {each.name for each in User.objects.filter(is_operator=True)} == {
        "Colin Frayne",
        "Tess Tutor",
        "New Operator",
    }
    ends = f"/installation/operators/{person_key(operator.pk)}/end/"
    assert "Nobody takes this off themselves" in said(desk.post(ends, follow=True))[-1]
    for each in User.objects.filter(is_operator=True).exclude(pk=operator.pk):
        desk.post(f"/installation/operators/{person_key(each.pk)}/end/")
    assert User.objects.get(is_operator=True) == operator
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["ended an operator", "ended an operator", "made an operator", "made an operator"]


def test_the_first_operator_is_made_at_the_machine() -> None:
    out = io.StringIO()
    call_command("make_operator", email="op@example.org", name="Opal Ray", stdout=out)
    assert out.getvalue().startswith("Opal Ray looks after this copy now.\nTo set a password, open this address.")
    with pytest.raises(CommandError, match="is an operator already"):
        call_command("make_operator", email="op@example.org")
