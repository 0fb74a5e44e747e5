"""A school sets up its own sign-in service, tests it by going there, and takes it away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.audit.models import Event
from careers.schools.models import School
from careers.single_sign_on.models import Link, SignInService
from careers.single_sign_on.tests.conftest import BACK, ComeBack, SetUp
from tests.makers import make_person, make_school
from tests.sign_in_service.running import SECRET, TENANT, sign_in_there

PAGE = "/people/sign-in-service/set-up/"


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, name="Jo Ahmed", email="jo@school.example.org")


@pytest.fixture
def desk(leader: User, client: Client) -> Client:
    client.force_login(leader)
    return client


def entered(provider: str, **other: str) -> dict[str, str]:
    usual = {
        "kind": "other", "address": f"{provider}/other", "client_id": "trigpoint-other", "secret": SECRET,
        "domains": "@School.example.org",
    }  # fmt: skip
    return {**usual, **other}


def held() -> SignInService:
    with scopes_disabled():
        return SignInService.objects.select_related("school").get()


def wrong(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [str(error) for errors in answer.context["form"].errors.values() for error in errors]


def test_the_page_shows_the_address_to_enter_at_the_service(desk: Client) -> None:
    words = desk.get(PAGE).content.decode()
    assert f"http://testserver{BACK}" in words
    assert "Google Workspace, step by step" in words


def test_a_service_is_kept_tested_by_going_there_and_only_then_offered(
    desk: Client, provider: str, settings: Any
) -> None:
    settings.SIGN_IN_LOCAL = True
    page = desk.post(PAGE, entered(provider), follow=True)
    assert "Saved. The service answers" in page.content.decode()
    assert (held().domains, held().form_origin, held().tested_at) == (["school.example.org"], provider, None)
    assert SECRET not in held().sealed_secret + page.content.decode() + str(list(Event.objects.values()))
    assert f"form-action 'self' {provider}" in page["Content-Security-Policy"]
    way_back = sign_in_there(desk.post("/people/sign-in-service/test/")["Location"], "jo")
    words = desk.get(way_back, follow=True).content.decode()
    assert "The test worked" in words
    assert "You came back as jo@school.example.org, and would be signed in as Jo Ahmed." in words
    assert held().tested_at is not None
    assert "account of Beacon School" in Client().get("/account/login/").content.decode()
    with scopes_disabled():
        assert not Link.objects.exists(), "a test ties nobody to anything"
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "tested the sign-in service",
        "set up a sign-in service",
    ]


def test_a_test_by_an_account_that_is_not_the_schools_says_so(desk: Client, of_the_school: SetUp) -> None:
    of_the_school("google", tested_at=None)
    way_back = sign_in_there(desk.post("/people/sign-in-service/test/")["Location"], "private")
    words = desk.get(way_back, follow=True).content.decode()
    assert "The test did not work" in words
    assert "not of the school&#x27;s Google Workspace" in words
    assert held().tested_at is None


def test_a_test_is_not_finished_by_somebody_else(desk: Client, of_the_school: SetUp, school: School) -> None:
    of_the_school("google", tested_at=None)
    way_back = sign_in_there(desk.post("/people/sign-in-service/test/")["Location"], "jo")
    desk.force_login(make_person(school, "tutor"))
    assert desk.get(way_back).status_code in (403, 404)
    assert held().tested_at is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "entra"}, "Enter the directory (tenant) ID"),
        ({"kind": "entra", "tenant": "common"}, "Enter the 36 characters of the tenant ID"),
        ({"address": "school"}, "Enter the issuer, an https address"),
        ({"address": "http://10.0.0.1/"}, "must be at an https address"),
        ({"address": "http://127.0.0.1:1"}, "cannot be reached"),
        ({"domains": "school"}, "school is not a domain"),
        ({"secret": ""}, "Enter the client secret"),
        ({"client_id": ""}, "This field is required"),
    ],
)
def test_what_will_not_do_is_said_beside_the_question(
    desk: Client, provider: str, settings: Any, given: dict[str, str], why: str
) -> None:
    settings.SIGN_IN_LOCAL = True
    assert why in " ".join(wrong(desk.post(PAGE, entered(provider, **given))))
    with scopes_disabled():
        assert not SignInService.objects.exists()


def test_a_service_that_calls_itself_another_is_refused(desk: Client, provider: str, settings: Any) -> None:
    settings.SIGN_IN_LOCAL = True
    settings.SIGN_IN_ISSUERS = {"entra": provider + "/entra/{tenant}/v2.0"}
    another = "00000000-0000-4000-8000-000000000000"
    facts = {"kind": "entra", "tenant": another, "client_id": "trigpoint-entra"}
    assert "cannot be trusted" in " ".join(wrong(desk.post(PAGE, entered(provider, **facts))))
    answer = desk.post(PAGE, entered(provider, **{**facts, "tenant": TENANT.upper()}), follow=True)
    assert answer.status_code == 200
    assert held().tenant == TENANT


def test_without_the_setting_no_service_of_this_machine_is_asked(desk: Client, provider: str) -> None:
    assert "must be at an https address" in " ".join(wrong(desk.post(PAGE, entered(provider))))


def test_another_client_ends_what_was_tied_to_the_old_one_and_a_new_domain_does_not(
    desk: Client, of_the_school: SetUp, come_in: ComeBack, provider: str
) -> None:
    of_the_school("other")
    come_in("jo")
    desk.post(PAGE, entered(provider, secret="", domains="school.example.org other.example.org"))
    with scopes_disabled():
        assert Link.objects.count() == 1
    assert held().secret == SECRET
    desk.post(PAGE, entered(provider, client_id="another"))
    with scopes_disabled():
        assert Link.objects.count() == 0


def test_the_secret_kept_is_never_sent_to_another_service(desk: Client, of_the_school: SetUp, provider: str) -> None:
    of_the_school("other")
    answer = desk.post(PAGE, entered(provider, secret="", address=f"{provider}/google"))
    assert "Enter the client secret" in wrong(answer)


def test_nobody_comes_in_by_a_service_that_was_taken_away(
    desk: Client, of_the_school: SetUp, come_in: ComeBack
) -> None:
    of_the_school("google")
    come_in("jo")
    desk.post("/people/sign-in-service/remove/")
    assert held()
    desk.post("/people/sign-in-service/remove/", {"remove": "yes"})
    with scopes_disabled():
        assert not SignInService.objects.exists()
        assert not Link.objects.exists()
    assert "account of Beacon School" not in Client().get("/account/login/").content.decode()


def test_the_service_of_another_school_is_not_there(desk: Client, of_the_school: SetUp) -> None:
    of_the_school("google")
    there = Client()
    there.force_login(make_person(make_school("Another School")))
    assert there.get(PAGE).context["held"] is None
    there.post("/people/sign-in-service/remove/", {"remove": "yes"})
    assert held()
