"""A careers leader asks people to join, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.accounts.roles import AT_A_SCHOOL
from careers.audit.models import Event
from careers.people.inviting import invite
from careers.people.joining import end_role
from careers.people.models import Invitation
from careers.people.tests.conftest import Post
from careers.pupils.visibility import pupils_visible_to
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school, put_in_group

GOOD = "three sparrows at noon"
JO = {"name": "Jo Ahmed", "email": "Jo@Example.org "}


@pytest.fixture(autouse=True)
def _on_a_day_of_the_year() -> Any:
    with clock.on(TODAY):
        yield


def said(answer: Any) -> list[str]:
    """What the page says on top and what is wrong with its form."""
    told = [str(message) for message in answer.context["messages"]]
    form = answer.context.get("form")
    return told + [str(error) for errors in form.errors.values() for error in errors] if form else told


def only_invitation() -> Invitation:
    with scopes_disabled():
        return Invitation.objects.select_related("school").get()


def join(link: str, name: str = "Jo Ahmed", password: str = GOOD) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post(link, {"name": name, "password": password, "again": password}, follow=True)


def test_somebody_new_sets_a_password_and_is_in(desk: Post, last_link: Callable[[], str], school: School) -> None:
    answer = desk("/people/invite/tutor/", **JO)
    assert said(answer) == ["Jo Ahmed is invited. The link in the message works for seven days."]
    assert mail.outbox[0].to == ["jo@example.org"]
    assert "Lee Leader invites you to join Beacon School" in mail.outbox[0].body
    browser, _ = join(last_link())
    jo = User.objects.get(email="jo@example.org")
    assert [(each.school, each.role) for each in memberships_of(jo)] == [(school, "tutor")]
    assert browser.get("/roles/").context["own"] == "Tutor or head of year"
    assert Client().post("/account/login/", {"login": "jo@example.org", "password": GOOD}).status_code == 302
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["signed in", "signed in", "accepted an invitation", "added a person", "invited a person"]


def test_a_tutor_is_let_in_with_the_forms_they_answer_for(
    desk: Post, last_link: Callable[[], str], school: School
) -> None:
    form = put_in_group(make_pupil(school), "9C")
    make_pupil(school, form="9D")
    desk("/people/invite/tutor/", **JO, groups=[form.reference])
    join(last_link())
    (membership,) = memberships_of(User.objects.get(email="jo@example.org"))
    with scopes_disabled():
        assert [pupil.groups.get().name for pupil in pupils_visible_to(membership)] == ["9C"]


def test_a_parent_is_let_in_to_the_records_of_their_own_children(
    desk: Post, last_link: Callable[[], str], school: School
) -> None:
    ada = make_pupil(school, forename="Ada", surname="Abara")
    ben = make_pupil(school, forename="Ben", surname="Abara")
    make_pupil(school, forename="Ada", surname="Abarane")
    desk("/people/invite/parent/", **JO, pupils=f"Ada Abara\r\n{ben.upn}")
    join(last_link())
    (membership,) = memberships_of(User.objects.get(email="jo@example.org"))
    with scopes_disabled():
        assert set(pupils_visible_to(membership)) == {ada, ben}


@pytest.mark.parametrize(
    ("role", "pupils", "why"),
    [
        ("parent", "Nobody Here", "Nobody on roll is called Nobody Here"),
        ("parent", "Abara", "More than one pupil fits Abara"),
        ("pupil", "Ben Abara", "This is the address of another pupil."),
        ("parent", "Ada Abara", "This is a pupil's address."),
    ],
)
def test_whose_record_it_is_must_be_plain(desk: Post, school: School, role: str, pupils: str, why: str) -> None:
    make_pupil(school, forename="Ada", surname="Abara", email="jo@example.org")
    make_pupil(school, forename="Ben", surname="Abara")
    answer = desk(f"/people/invite/{role}/", **JO, pupils=pupils)
    assert answer.status_code == 422
    assert why in said(answer)[0]
    assert mail.outbox == []


def test_a_pupils_address_lets_in_no_member_of_staff(desk: Post, school: School) -> None:
    make_pupil(school, email="JO@example.org")
    assert "This is a pupil's address." in said(desk("/people/invite/teacher/", **JO))[0]


def test_the_same_form_sent_twice_asks_once(desk: Post) -> None:
    desk("/people/invite/tutor/", **JO)
    answer = desk("/people/invite/tutor/", **JO)
    assert said(answer) == ["Jo Ahmed has been invited already. Send that invitation again, or withdraw it first."]
    assert len(mail.outbox) == 1


def test_somebody_who_belongs_to_the_school_is_not_invited_again(desk: Post, head: User) -> None:
    answer = desk("/people/invite/tutor/", name="Ros", email="ROS@example.org")
    assert "Ros Field belongs to Beacon School already, as senior leader." in said(answer)[0]


def test_whether_somebody_is_known_at_another_school_cannot_be_told(desk: Post) -> None:
    other = make_school("Another School")
    make_person(other, "tutor", name="Jo at home", email="jo@example.org")
    make_person(other, "tutor", name="Closed", email="closed@example.org", is_active=False)
    answers = [
        desk("/people/invite/tutor/", name=name, email=email)
        for name, email in (("A", "jo@example.org"), ("A", "new@example.org"), ("A", "closed@example.org"))
    ]
    assert {(answer.status_code, *said(answer)) for answer in answers} == {
        (200, "A is invited. The link in the message works for seven days.")
    }
    bodies = {message.body.partition("open this address")[0] for message in mail.outbox}
    assert len(bodies) == 1
    assert "Another School" not in answers[-1].content.decode()


def test_somebody_known_signs_in_and_joins_with_the_account_they_have(
    desk: Post, last_link: Callable[[], str], school: School
) -> None:
    other = make_school("Another School")
    jo = make_person(other, "tutor", email="jo@example.org", password=GOOD)
    desk("/people/invite/teacher/", **JO)
    stranger = Client()
    assert "Sign in to it" in stranger.get(last_link()).content.decode()
    stranger.post(last_link(), {"name": "X", "password": "another good one", "again": "another good one"})
    assert [each.school for each in memberships_of(jo)] == [other], "the link alone is not enough"
    stranger.post("/account/login/", {"login": "jo@example.org", "password": GOOD})
    stranger.post(last_link())
    assert {each.school for each in memberships_of(jo)} == {other, school}
    assert stranger.get("/roles/").context["own"] == "Teacher"
    jo.refresh_from_db()
    assert jo.check_password(GOOD)


def test_somebody_signed_in_as_another_is_told_so(desk: Post, last_link: Callable[[], str], head: User) -> None:
    desk("/people/invite/teacher/", **JO)
    browser = Client()
    browser.force_login(head)
    for answer in (browser.get(last_link()), browser.post(last_link())):
        assert 'You are signed in as <strong class="tp-typed">ros@example.org' in answer.content.decode()
    assert not User.objects.filter(email="jo@example.org").exists()


def test_looking_at_a_link_uses_nothing_up(desk: Post, last_link: Callable[[], str]) -> None:
    desk("/people/invite/tutor/", **JO)
    for method in ("get", "head", "get"):
        answer = getattr(Client(), method)(last_link())
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin", "no other site learns the address"
        assert "no-store" in answer["Cache-Control"]
    assert only_invitation().is_open
    join(last_link())
    assert "has been used" in Client().get(last_link()).content.decode()


def test_a_link_that_opens_nothing_says_what_to_do(desk: Post, last_link: Callable[[], str]) -> None:
    desk("/people/invite/tutor/", **JO)
    link = last_link()
    invitation = only_invitation()
    for spoilt in (link[:-2] + "/", link[:-10] + "/", "/invitation/x/", f"/invitation/{invitation.reference}/"):
        answer = Client().get(spoilt)
        assert (answer.status_code, "Part of it may be missing" in answer.content.decode()) == (404, True)
    with scopes_disabled():
        Invitation.objects.update(expires_at=invitation.invited_at)
    assert "has run out" in Client().get(link).content.decode()
    _, answer = join(link)
    assert answer.status_code == 410
    desk(f"/people/invitations/{invitation.reference}/again/")
    assert "Part of it may be missing" in Client().get(link).content.decode(), "a newer link took its place"
    assert Client().get(last_link()).status_code == 200
    desk(f"/people/invitations/{invitation.reference}/withdraw/")
    assert "was withdrawn" in Client().get(last_link()).content.decode()
    assert not User.objects.filter(email="jo@example.org").exists()


def test_the_link_is_nowhere_in_the_database_and_its_page_tells_it_to_nobody(
    desk: Post, last_link: Callable[[], str]
) -> None:
    desk("/people/invite/tutor/", **JO)
    secret = last_link().rstrip("/")[-43:]
    with scopes_disabled():
        kept = str(list(Invitation.objects.values()))
    assert secret not in kept + str(list(Event.objects.values()))
    assert "jo" not in last_link().removesuffix(f"{secret}/").lower()


def test_two_passwords_that_differ_or_will_not_do_let_nobody_in(desk: Post, last_link: Callable[[], str]) -> None:
    desk("/people/invite/tutor/", **JO)
    for password, again in ((GOOD, GOOD + "!"), ("short", "short")):
        answer = Client().post(last_link(), {"name": "Jo", "password": password, "again": again})
        assert answer.status_code == 422
    assert only_invitation().is_open


def test_a_mail_server_that_is_down_loses_no_invitation(desk: Post, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    desk("/people/invite/tutor/", **JO)
    assert "Could not be sent" in client.get("/people/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    desk(f"/people/invitations/{only_invitation().reference}/again/")
    assert "Could not be sent" not in client.get("/people/").content.decode()
    assert only_invitation().sent is True


def test_another_schools_invitation_is_as_if_it_were_not_there(desk: Post, school: School) -> None:
    other = make_school("Another School")
    theirs = invite(email="x@example.org", name="X", role="tutor", school=other, by=make_person(other))
    for deed in ("again", "withdraw"):
        assert desk(f"/people/invitations/{theirs.reference}/{deed}/").status_code == 404
    assert only_invitation().is_open


def test_a_school_cannot_make_an_operator(desk: Post) -> None:
    assert "operator" not in AT_A_SCHOOL
    assert desk("/people/invite/operator/", **JO).status_code == 404


def test_somebody_who_may_no_longer_let_people_in_has_left_no_way_in_behind(
    desk: Post, last_link: Callable[[], str], school: School, leader: User, head: User
) -> None:
    make_person(school)
    desk("/people/invite/careers_leader/", **JO)
    left_behind = last_link()
    with scopes_disabled():
        end_role(user=leader, school=school, by=head)
    _, answer = join(left_behind)
    assert said(answer)[0].startswith("Whoever invited you no longer lets people in at Beacon School.")
    assert not User.objects.filter(email="jo@example.org").exists()


def test_whoever_sends_an_invitation_again_answers_for_it(
    desk: Post, last_link: Callable[[], str], school: School, leader: User, head: User
) -> None:
    make_person(school)
    with scopes_disabled():
        invite(email="jo@example.org", name="Jo Ahmed", role="tutor", school=school, by=head)
        end_role(user=head, school=school, by=leader)
    desk(f"/people/invitations/{only_invitation().reference}/again/")
    join(last_link())
    (membership,) = memberships_of(User.objects.get(email="jo@example.org"))
    assert membership.role == "tutor"
