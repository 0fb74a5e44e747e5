"""People sign in with their school's own account, at a real provider; and those who must not, do not."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import Membership, User
from careers.audit.models import Event
from careers.people.inviting import invite
from careers.people.models import Invitation
from careers.schools.models import School
from careers.single_sign_on.models import Link
from careers.single_sign_on.tests.conftest import BACK, REFERENCE, ComeBack, SetUp
from tests.makers import give_app, make_person, make_school
from tests.sign_in_service.running import sign_in_there

KINDS = ["google", "entra", "other"]


@pytest.fixture
def jo(school: School) -> User:
    return make_person(school, "senior_leader", name="Jo Ahmed", email="jo@school.example.org", second_step=False)


def signed_in_as(client: Client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def why_not(client: Any) -> str:
    assert client.answer.status_code == 403
    assert signed_in_as(client) is None
    (said,) = re.findall(
        r'<h1[^>]*>You are not signed in</h1>\s*<p class="govuk-body">(.*?)</p>', client.answer.content.decode()
    )
    return str(said)


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_of_the_school_comes_in_with_the_schools_account(
    of_the_school: SetUp, come_in: ComeBack, jo: User, school: School, kind: str
) -> None:
    of_the_school(kind)
    client = come_in("jo")
    assert signed_in_as(client) == jo.pk
    assert client.get("/roles/").context["own"] == "Senior leader"
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["signed in", "linked a person to the school's own account"]


def test_where_the_service_asks_for_no_second_step_we_do(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    of_the_school("google", asks_second_step=False)
    client = come_in("jo")
    assert signed_in_as(client) == jo.pk
    assert client.get("/pupils/")["Location"] == "/account/second-step/"
    assert client.get("/account/second-step/passkeys/add/").status_code == 403, "which would let in by itself"


@pytest.mark.parametrize("where", ["another school", "the installation"])
def test_one_schools_service_sets_up_no_second_step_for_somebody_who_also_works_elsewhere(
    of_the_school: SetUp, come_in: ComeBack, jo: User, where: str
) -> None:
    """It would be asked for there as well: whoever runs the service could lock them out."""
    of_the_school("google", asks_second_step=False)
    if where == "the installation":
        User.objects.filter(pk=jo.pk).update(is_operator=True)
    else:
        with scopes_disabled():
            Membership.objects.create(school=make_school("Another School"), user=jo, role="tutor")
    client = come_in("jo")
    assert "sign in with your password" in client.get("/account/second-step/").content.decode()
    for page in ("app/", "app/picture.svg", "passkeys/add/"):
        assert client.get(f"/account/second-step/{page}").status_code == 403, page


def test_somebody_of_the_school_alone_sets_a_second_step_up(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    of_the_school("google", asks_second_step=False)
    assert come_in("jo").get("/account/second-step/app/").status_code == 200


def test_after_the_first_time_the_services_own_name_decides_and_not_the_address(
    of_the_school: SetUp, come_in: ComeBack, jo: User
) -> None:
    of_the_school("google")
    come_in("jo")
    User.objects.filter(pk=jo.pk).update(email="jo.ahmed@school.example.org")
    assert signed_in_as(come_in("jo")) == jo.pk


def test_a_new_account_that_was_given_the_same_address_is_not_taken_for_the_old_one(
    of_the_school: SetUp, come_in: ComeBack, jo: User
) -> None:
    of_the_school("google")
    come_in("jo")
    assert "belongs to a new account" in why_not(come_in("jos"))


@pytest.mark.parametrize(
    ("kind", "who", "why"),
    [
        ("google", "stranger", "Nobody with that account belongs"),
        ("google", "unchecked", "does not vouch for your e-mail"),
        ("google", "elsewhere", "not one of this school"),
        ("google", "private", "not one of this school"),
        ("entra", "stranger", "Nobody with that account belongs"),
        ("entra", "foreign", "not one of this school"),
        ("entra", "guest", "not one of this school"),
        ("entra", "pretender", "does not vouch for your e-mail"),
        ("other", "stranger", "Nobody with that account belongs"),
        ("other", "unchecked", "does not vouch for your e-mail"),
        ("other", "elsewhere", "not one of this school"),
    ],
)
def test_nobody_else_is_let_in(
    of_the_school: SetUp, come_in: ComeBack, jo: User, kind: str, who: str, why: str
) -> None:
    of_the_school(kind)
    before = User.objects.count()
    assert why in why_not(come_in(who))
    assert User.objects.count() == before
    with scopes_disabled():
        assert not Link.objects.exists()
    assert Event.objects.get().verb == "refused a sign-in by the school's service"


def test_an_address_that_entra_says_the_tenant_has_shown_to_be_its_own_counts(
    of_the_school: SetUp, come_in: ComeBack, jo: User
) -> None:
    of_the_school("entra")
    assert signed_in_as(come_in("shown")) == jo.pk


def test_a_closed_account_stays_closed(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    of_the_school("google")
    User.objects.filter(pk=jo.pk).update(is_active=False)
    assert "This account is closed" in why_not(come_in("jo"))


def test_whoever_is_invited_joins_by_coming_in(of_the_school: SetUp, come_in: ComeBack, school: School) -> None:
    of_the_school("google")
    invite(email="jo@school.example.org", name="Jo", role="tutor", school=school, by=make_person(school))
    client = come_in("jo")
    user = User.objects.get(email="jo@school.example.org")
    assert signed_in_as(client) == user.pk
    assert not user.has_usable_password()
    with scopes_disabled():
        assert Membership.objects.get(user=user).role == "tutor"
        assert Invitation.objects.get().accepted_by == user


def test_whoever_holds_the_link_joins_with_an_account_of_another_address(
    of_the_school: SetUp,
    come_in: ComeBack,
    school: School,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    of_the_school("google")
    with django_capture_on_commit_callbacks(execute=True):
        invite(email="jo@home.example.org", name="Jo", role="tutor", school=school, by=make_person(school))
    (token,) = re.findall(r"/invitation/(\S+)/", mailoutbox[0].body)
    page = Client().get(f"/invitation/{token}/")
    assert "Join with your Google account of Beacon School" in page.content.decode()
    client = come_in("jo", token=token)
    assert signed_in_as(client) == User.objects.get(email="jo@home.example.org").pk


def test_whose_role_has_ended_is_not_let_in_and_is_linked_afresh_when_they_return(
    of_the_school: SetUp, come_in: ComeBack, jo: User, school: School
) -> None:
    of_the_school("google")
    client = come_in("jo")
    with scopes_disabled():
        Membership.objects.filter(user=jo).delete()
    assert client.get("/pupils/").status_code == 302, "at once"
    assert "Nobody with that account belongs" in why_not(come_in("jo"))


def test_a_school_that_lets_somebody_in_lets_them_into_itself_alone(
    of_the_school: SetUp, come_in: ComeBack, jo: User, school: School
) -> None:
    of_the_school("google")
    other = make_school("Another School")
    with scopes_disabled():
        Membership.objects.create(school=other, user=jo, role="careers_leader")
    User.objects.filter(pk=jo.pk).update(is_operator=True)
    client = come_in("jo")
    assert client.post("/schools/choose/", {"school": other.reference}, follow=True).context["here"] == school
    assert other.name not in client.get("/schools/choose/").content.decode()
    assert client.get("/installation/").status_code == 403
    assert client.get("/account/password/change/").status_code == 403
    assert client.get("/account/password/set/").status_code == 403
    give_app(jo)
    by_password = Client()
    by_password.force_login(jo)
    assert by_password.get("/installation/").status_code == 200
    assert by_password.post("/schools/choose/", {"school": other.reference}, follow=True).status_code == 200
    assert by_password.get("/roles/").context["own"] == "Careers leader"


def test_a_session_owes_nothing_to_whoever_began_it_once_somebody_else_signs_in(
    of_the_school: SetUp, come_in: ComeBack, jo: User, school: School
) -> None:
    of_the_school("google", asks_second_step=True)
    client = come_in("jo")
    other = make_person(school, "tutor", is_operator=True)
    client.force_login(other)
    assert client.get("/installation/").status_code == 200


@pytest.mark.parametrize("spoilt", ["state", "nonce", "verifier", "redirect_uri", "issuer", "school"])
def test_a_way_back_that_was_not_the_way_there_lets_nobody_in(
    of_the_school: SetUp, provider: str, jo: User, spoilt: str
) -> None:
    of_the_school("google")
    client = Client()
    sent = client.post(f"/sign-in/school/{REFERENCE}/")
    way_back = sign_in_there(sent["Location"], "jo")
    session = client.session
    session["school_service"] |= {spoilt: "x" * 43}
    session.save()
    assert client.get(way_back).status_code == 403
    assert signed_in_as(client) is None


def test_a_way_back_is_good_once_and_in_the_browser_that_began(of_the_school: SetUp, jo: User) -> None:
    of_the_school("google")
    client = Client()
    way_back = sign_in_there(client.post(f"/sign-in/school/{REFERENCE}/")["Location"], "jo")
    assert Client().get(way_back).status_code == 403, "somebody else's browser"
    assert client.get(way_back).status_code == 302
    client.logout()
    assert client.get(way_back).status_code == 403


def test_what_we_ask_of_the_service_is_protected(of_the_school: SetUp) -> None:
    of_the_school("google")
    asked = parse_qs(urlsplit(Client().post(f"/sign-in/school/{REFERENCE}/")["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert all(len(asked[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))
    assert "code_verifier" not in asked
    again = parse_qs(urlsplit(Client().post(f"/sign-in/school/{REFERENCE}/")["Location"]).query)
    assert not {again[name][0] for name in ("state", "nonce")} & {asked[name][0] for name in ("state", "nonce")}


def test_somebody_who_stops_on_the_way_is_told_what_to_do(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    of_the_school("google")
    assert "you stopped on the way" in why_not(come_in("jo", stop=True))
    assert not Event.objects.exists()


def test_a_wrong_client_secret_lets_nobody_in(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    service = of_the_school("google")
    service.secret = "another"
    with scopes_disabled():
        service.save()
    assert "cannot be trusted" in why_not(come_in("jo"))


def test_nobody_is_sent_from_the_service_to_another_site(of_the_school: SetUp, come_in: ComeBack, jo: User) -> None:
    of_the_school("google")
    assert come_in("jo", next="https://evil.example.org/").answer["Location"] == "/"  # type: ignore[attr-defined]
    assert come_in("jo", next="/pupils/").answer["Location"] == "/pupils/"  # type: ignore[attr-defined]


def test_a_service_that_has_not_been_tested_is_offered_to_nobody(of_the_school: SetUp) -> None:
    of_the_school("google", tested_at=None)
    assert "Beacon School" not in Client().get("/account/login/").content.decode()
    assert Client().post(f"/sign-in/school/{REFERENCE}/").status_code == 404


def test_the_sign_in_page_offers_a_few_schools_and_only_it_may_lead_there(
    of_the_school: SetUp, provider: str, jo: User
) -> None:
    of_the_school("google")
    page = Client().get("/account/login/")
    assert "Sign in with your Google account of Beacon School" in page.content.decode()
    assert f"form-action 'self' {provider}" in page["Content-Security-Policy"]
    client = Client()
    client.force_login(jo)
    assert provider not in client.get("/roles/")["Content-Security-Policy"]


def test_an_address_finds_the_school_of_its_domain_whoever_has_it(of_the_school: SetUp, jo: User) -> None:
    of_the_school("google")
    pages = [
        Client().post("/sign-in/school/", {"email": email}).content.decode()
        for email in ("jo@school.example.org", "nobody@SCHOOL.example.org", "jo@elsewhere.example.org")
    ]
    assert ["account of Beacon School" in page for page in pages] == [True, True, False]
    assert "No school here signs in" in pages[2]
