"""Whoever can reach many children's records does nothing before they have a second step."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core import mail
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.coming_in import SESSION_KEY
from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL
from careers.accounts.tests.visitors import PASSWORD, SECOND_STEP, come_in, give_password, is_in
from careers.audit.models import Event
from careers.schools.models import School
from tests.journeys.visitor import code_now
from tests.makers import make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
APP = "/account/second-step/app/"
CODES = "/account/second-step/codes/"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, password=PASSWORD, second_step=False)


def set_up_an_app(client: Client) -> str:
    """Gives the page that came after."""
    client.get(APP)
    return client.post(APP, {"code": code_now(client.session[SECRET_SESSION_KEY])}, follow=True).content.decode()


@pytest.mark.parametrize("role", AT_A_SCHOOL)
def test_each_role_is_held_back_if_it_needs_one_and_otherwise_not(school: School, role: str) -> None:
    client = give_password(make_person(school, role, password=PASSWORD, second_step=False))
    answer = client.get("/roles/")
    if AT_A_SCHOOL[role].second_step:
        assert answer["Location"] == SECOND_STEP
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/", "/pupils/", "/account/", "/account/sessions/", "/schools/choose/", "/audit/"])
def test_every_page_and_every_form_leads_to_setting_one_up(leader: User, school: School, address: str) -> None:
    make_pupil(school, surname="Quillfeather")
    client = give_password(leader)
    for answer in (client.get(address), client.post(address, {"school": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, SECOND_STEP)
        assert b"Quillfeather" not in answer.content
    part = client.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, SECOND_STEP)


def test_the_page_says_why_in_plain_words_and_shows_no_menu(leader: User, school: School) -> None:
    said = give_password(leader).get(SECOND_STEP).content.decode()
    assert "Set up a second step before you go on" in said
    assert f"You are careers leader at {school.name}" in said
    assert "Benchmarks" not in said


def test_an_address_that_leads_nowhere_says_nothing_of_the_school(leader: User, school: School) -> None:
    answer = give_password(leader).get("/nowhere/")
    assert answer.status_code == 404
    assert school.name not in answer.content.decode()


def test_somebody_held_back_can_sign_out(leader: User) -> None:
    client = give_password(leader)
    client.post("/account/logout/")
    assert client.get(SECOND_STEP).status_code == 302


def test_setting_up_an_app_opens_every_page_and_is_on_record(leader: User, school: School) -> None:
    client = give_password(leader)
    assert "Keep these recovery codes" in set_up_an_app(client)
    assert is_in(client)
    event = Event.objects.get(verb="added a second step")
    assert (event.actor_id, event.school_id, event.detail) == (leader.pk, school.pk, {"kind": "an app"})


def test_the_square_to_point_a_camera_at_is_a_picture_of_our_own(leader: User) -> None:
    client = give_password(leader)
    assert client.get(f"{APP}picture.svg").status_code == 404
    page = client.get(APP).content.decode()
    assert "data:" not in page
    picture = client.get(re.search(r'<img class="tp-qr" src="([^"]+)"', page)[1])
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]


def test_a_wrong_code_sets_nothing_up(leader: User) -> None:
    client = give_password(leader)
    client.get(APP)
    client.post(APP, {"code": "abcdef"})
    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_the_apps_key_is_not_readable_in_the_database(leader: User) -> None:
    client = give_password(leader)
    client.get(APP)
    key = client.session[SECRET_SESSION_KEY]
    client.post(APP, {"code": code_now(key)})
    assert key not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_recovery_codes_are_shown_to_this_session_only_and_not_for_long(leader: User) -> None:
    client = give_password(leader)
    page = set_up_an_app(client)
    codes = re.findall(r"<li>(\d{8})</li>", page)
    assert len(codes) == 10
    file = client.get(f"{CODES}file/")
    assert all(code in file.content.decode() for code in codes)
    assert "attachment" in file["Content-Disposition"]
    session = client.session
    session["recovery_codes_shown"] = {**session["recovery_codes_shown"], "until": 0}
    session.save()
    later = client.get(CODES).content.decode()
    assert "You have 10 recovery codes left" in later
    assert not any(code in later for code in codes)
    assert client.get(f"{CODES}file/").status_code == 404


def test_new_codes_take_the_place_of_the_old_and_are_on_record(leader: User) -> None:
    client = give_password(leader)
    old = re.findall(r"<li>(\d{8})</li>", set_up_an_app(client))
    new = re.findall(r"<li>(\d{8})</li>", client.post(f"{CODES}new/", follow=True).content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)
    assert Event.objects.filter(verb="made new recovery codes").count() == 1


def test_sessions_that_began_without_it_are_ended(leader: User) -> None:
    forgotten, client = give_password(leader), give_password(leader)
    assert forgotten.get(SECOND_STEP).status_code == 200
    set_up_an_app(client)
    assert forgotten.get(SECOND_STEP)["Location"].startswith("/account/login/")
    assert is_in(client)


def test_the_person_learns_of_it_by_e_mail(leader: User, django_capture_on_commit_callbacks) -> None:
    client = give_password(leader)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_an_app(client)
    told = [message for message in mail.outbox if "An app was added as your second step" in message.body]
    assert [message.to for message in told] == [[leader.email]]


def test_a_demonstration_school_offers_one_and_forces_nobody() -> None:
    client = give_password(make_person(make_school(demonstration=True), password=PASSWORD, second_step=False))
    assert is_in(client)
    assert "Set up an app" in client.get(SECOND_STEP).content.decode()


def test_a_role_at_one_school_that_needs_one_holds_back_at_every_school(leader: User) -> None:
    with scopes_disabled():
        Membership.objects.create(school=make_school("A demonstration", demonstration=True), user=leader, role="tutor")
    assert not is_in(give_password(leader))


def test_the_operator_of_a_real_installation_needs_one(settings) -> None:
    operator = make_person(None, is_operator=True, password=PASSWORD)
    assert is_in(give_password(operator))
    settings.DEMONSTRATION = False
    assert not is_in(give_password(operator))


def test_only_a_service_that_its_school_has_vouched_for_stands_in_for_one(leader: User) -> None:
    client, here = give_password(leader), memberships_of(leader)[0].school
    for second_step in (False, True):
        session = client.session
        session[SESSION_KEY] = {"user": leader.pk, "school": here.pk, "second_step": second_step}
        session.save()
        assert is_in(client) is second_step


def test_the_only_one_a_role_needs_cannot_be_taken_away(school: School) -> None:
    leader = make_person(school, password=PASSWORD)
    client = come_in(leader)
    assert "You cannot remove the app" in client.get(f"{APP}remove/").content.decode()
    client.post(f"{APP}remove/")
    assert Authenticator.objects.filter(user=leader).exists()


def test_a_tutor_may_take_theirs_away_and_that_is_on_record(school: School) -> None:
    tutor = make_person(school, "tutor", password=PASSWORD, second_step=True)
    client = come_in(tutor)
    client.post(f"{APP}remove/")
    assert not Authenticator.objects.exists()
    assert Event.objects.filter(verb="took away a second step", school_id=school.pk).count() == 1


def test_somebody_who_signed_in_a_while_ago_shows_again_that_it_is_them(leader: User) -> None:
    client = give_password(leader)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**each, "at": each["at"] - 3600} for each in records]
    session.save()
    answer = client.get(APP)
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert "Confirm that it is you" in client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == APP
    assert client.get(APP).status_code == 200
