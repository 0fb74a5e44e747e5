"""Somebody with access to the machine gives people their roles, changes them and ends them."""

import io
import re
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope

from careers.accounts.actions import PersonRefused, add_person, remove_person
from careers.accounts.deeds import deeds
from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL
from careers.audit.models import Event
from careers.schools.models import School
from tests.makers import make_person, make_school

JO = {"email": "jo@example.org", "name": "Jo Ahmed", "role": "careers_leader"}
GOOD = "three sparrows at noon"


@pytest.fixture
def school(db: None) -> School:
    return make_school()


def run(command: str, school: School, *words: str, **facts: str) -> str:
    out = io.StringIO()
    given = [word for name, value in facts.items() for word in (f"--{name}", value)]
    call_command(command, "--school", school.urn, *given, *words, stdout=out)
    return out.getvalue()


def refused(command: str, school: School, *words: str, **facts: str) -> str:
    with pytest.raises(CommandError) as error:
        run(command, school, *words, **facts)
    assert error.value.returncode == 2
    return str(error.value)


def pipe_in(monkeypatch: Any, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def sign_in(email: str, password: str) -> bool:
    answer = Client().post("/account/login/", {"login": email, "password": password})
    return answer.status_code == 302


def roles_of(user: User) -> list[tuple[str, str]]:
    return [(each.school.name, each.role) for each in memberships_of(user)]


def test_a_new_person_sets_a_password_at_the_address_that_is_printed_and_signs_in(school: School) -> None:
    said = run("add_person", school, **JO)
    assert said.startswith("Jo Ahmed is now careers leader at Beacon School.\n")
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", said)
    browser = Client()
    form = browser.get(address, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    assert sign_in("jo@example.org", GOOD)
    assert Client().get(address).context["token_fail"], "it works once"


def test_whoever_has_set_no_password_yet_is_given_another_address_on_asking_again(school: School) -> None:
    run("add_person", school, **JO)
    again = run("add_person", school, **JO)
    assert again.startswith(
        "Jo Ahmed is careers leader at Beacon School already.\nTo set a password, open this address."
    )


def test_the_address_is_of_the_place_where_people_reach_this_copy(school: School, settings: Any) -> None:
    assert "  https://careers.example.org/account/" in run(
        "add_person", school, "--at", "https://careers.example.org/", **JO
    )
    settings.PRODUCTION, settings.ALLOWED_HOSTS = True, ["*", ".trigpoint.example.org"]
    assert "  https://trigpoint.example.org/account/" in run("add_person", school, **JO)


def test_a_password_can_be_piped_in_and_is_never_said(school: School, monkeypatch: Any) -> None:
    pipe_in(monkeypatch, GOOD + "\n")
    said = run("add_person", school, "--password-from-stdin", **JO)
    assert said == "Jo Ahmed is now careers leader at Beacon School.\n"
    assert sign_in("jo@example.org", GOOD)
    assert GOOD not in str(list(Event.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(("password", "why"), [("short", "12 characters"), ("", "No password was given")])
def test_a_password_that_will_not_do_adds_nobody(school: School, monkeypatch: Any, password: str, why: str) -> None:
    pipe_in(monkeypatch, password)
    assert why in refused("add_person", school, "--password-from-stdin", **JO)
    assert not User.objects.exists()


def test_the_address_of_a_new_person_counts_as_verified(school: School) -> None:
    run("add_person", school, **{**JO, "email": " Jo@Example.ORG "})
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("jo@example.org", True, True)


def test_somebody_of_another_school_keeps_their_account_and_belongs_to_both(school: School) -> None:
    run("add_person", make_school("Harbour School"), **JO)
    said = run("add_person", school, email="jo@example.org", role="tutor")
    assert said.startswith(
        "Jo Ahmed is now tutor or head of year at Beacon School. They have an account here already, which they keep."
    )
    assert roles_of(User.objects.get()) == [("Beacon School", "tutor"), ("Harbour School", "careers_leader")]


def test_a_password_is_not_changed_by_adding_somebody_to_a_school(school: School, monkeypatch: Any) -> None:
    user = make_person(make_school("Harbour School"), email="jo@example.org")
    pipe_in(monkeypatch, GOOD)
    assert "has a password already" in refused("add_person", school, "--password-from-stdin", **JO)
    assert roles_of(user) == [("Harbour School", "careers_leader")]


def test_changing_a_role_says_what_it_was(school: School) -> None:
    user = make_person(school, "tutor", name="Jo Ahmed", email="jo@example.org")
    said = run("add_person", school, email="jo@example.org", role="senior_leader")
    assert said == "Jo Ahmed is now senior leader at Beacon School (was tutor or head of year).\n"
    assert roles_of(user) == [("Beacon School", "senior_leader")]
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("changed a person's role", {"role": "senior_leader", "was": "tutor"})


def test_the_same_role_again_changes_nothing_and_is_not_audited(school: School) -> None:
    make_person(school, "tutor", name="Jo Ahmed", email="jo@example.org")
    said = run("add_person", school, email="jo@example.org", role="tutor")
    assert said == "Jo Ahmed is tutor or head of year at Beacon School already.\n"
    assert not Event.objects.exists()


def test_an_unknown_role_is_refused_with_the_names_of_the_roles(school: School) -> None:
    assert refused("add_person", school, **{**JO, "role": "boss"}) == (
        f"There is no role boss at a school: choose {', '.join(AT_A_SCHOOL)}."
    )


def test_a_school_that_is_not_here_is_refused_with_those_that_are(school: School) -> None:
    elsewhere = School(urn="000001")
    assert "There is no school with the URN 000001 here" in refused("add_person", elsewhere, **JO)


@pytest.mark.parametrize(
    ("given", "why"),
    [({"email": "jo"}, "jo is not an e-mail address."), ({"name": " "}, "jo@example.org is not known here yet")],
)
def test_a_person_needs_an_address_and_a_name(school: School, given: dict[str, str], why: str) -> None:
    assert why in refused("add_person", school, **{**JO, **given})


def test_a_closed_account_is_given_no_role(school: School) -> None:
    make_person(None, email="jo@example.org", is_active=False)
    with pytest.raises(PersonRefused, match="is closed"):
        add_person(email="jo@example.org", role="tutor", school=school, by=None)


def test_whoever_is_removed_sees_nothing_of_the_school_from_then_on(school: School) -> None:
    user = make_person(school, name="Jo Ahmed", email="jo@example.org")
    other = make_school("Harbour School")
    add_person(email="jo@example.org", role="tutor", school=other, by=None)
    browser = Client()
    browser.force_login(user)
    assert run("remove_person", school, email="jo@example.org") == "Jo Ahmed no longer belongs to Beacon School.\n"
    assert roles_of(user) == [("Harbour School", "tutor")]
    assert browser.get("/audit/").status_code == 403, "a tutor, now, of the other school"
    with scope(school=school):
        assert not Membership.objects.exists()


def test_nobody_is_removed_from_a_school_they_do_not_belong_to(school: School) -> None:
    make_person(make_school("Harbour School"), email="jo@example.org")
    assert refused("remove_person", school, email="jo@example.org") == (
        "Nobody with the address jo@example.org belongs to Beacon School."
    )


def test_who_did_what_names_the_person_it_was_done_to(school: School) -> None:
    head = make_person(school, "senior_leader", name="Ros Field")
    make_person(school, "careers_leader")  # a school keeps one
    add_person(**JO, school=school, by=head)
    remove_person(email="jo@example.org", school=school, by=head)
    with scope(school=school):
        removed, added = deeds(Event.objects.all(), school)
    assert (added.who, added.verb, added.about, added.detail) == (
        "Ros Field", "added a person", "Jo Ahmed", "role: careers_leader",
    )  # fmt: skip
    assert (removed.verb, removed.about, removed.detail) == ("removed a person", "Jo Ahmed", "was: careers_leader")
