"""The page of people: roles change at once, nobody raises themselves, and a school keeps a careers leader."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.deeds import person_key
from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership, User
from careers.audit.models import Event
from careers.people import forms
from careers.people.tests.conftest import Post
from careers.pupils.models import GroupStaff, OwnRecord
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, give_group, make_own_record, make_person, make_pupil, make_school, put_in_group


@pytest.fixture(autouse=True)
def _on_a_day_of_the_year() -> Any:
    with clock.on(TODAY):
        yield


def page_of(user: User, deed: str = "") -> str:
    return f"/people/{person_key(user.pk)}/{deed}"


def role_of(user: User) -> list[str]:
    return [each.role for each in memberships_of(user)]


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_the_page_says_who_everybody_is_and_what_they_answer_for(desk: Post, client: Client, school: School) -> None:
    tutor = make_person(school, "tutor", name="Tess Tutor")
    give_group(tutor, put_in_group(make_pupil(school), "9C"))
    give_group(tutor, put_in_group(make_pupil(school), "8A", academic_year=2025))
    make_person(make_school("Another School"), name="Else Where")
    pupil = make_pupil(school, forename="Ada", surname="Abara")
    make_own_record(make_person(school, "parent", name="Pat Parent"), pupil, "parent")
    words = client.get("/people/").content.decode()
    assert words.index("Lee Leader") < words.index("Tess Tutor")
    assert "9C" in words
    assert "8A" not in words
    assert "Else Where" not in words
    assert "Pat Parent" not in words
    families = client.get("/people/families/").content.decode()
    assert "Pat Parent" in families
    assert "Ada Abara" in families


def test_a_changed_role_holds_from_the_next_page(desk: Post, head: User) -> None:
    browser = Client()
    browser.force_login(head)
    assert browser.get("/audit/").status_code == 200
    answer = desk(page_of(head, "role/"), was="senior_leader", role="tutor")
    assert said(answer) == ["Ros Field is now tutor or head of year. It holds from the next page they open."]
    assert browser.get("/audit/").status_code == 403
    event = Event.objects.get(verb="changed a person's role")
    assert event.detail == {"role": "tutor", "was": "senior_leader"}


def test_a_stale_page_does_not_undo_what_somebody_else_has_done(desk: Post, head: User) -> None:
    desk(page_of(head, "role/"), was="senior_leader", role="tutor")
    answer = desk(page_of(head, "role/"), was="senior_leader", role="careers_leader")
    assert "Somebody changed this meanwhile" in said(answer)[0]
    assert role_of(head) == ["tutor"]


def test_nobody_changes_or_ends_a_role_of_their_own(desk: Post, leader: User, school: School) -> None:
    make_person(school)
    for deed, form in (("role/", {"was": "careers_leader", "role": "tutor"}), ("end/", {"end": "yes"})):
        assert "Nobody gives, changes or ends a role of their own" in said(desk(page_of(leader, deed), **form))[0]
    assert role_of(leader) == ["careers_leader"]


def test_the_last_careers_leader_stays(school: School, leader: User, head: User) -> None:
    browser = Client()
    browser.force_login(head)
    for deed, form in (("role/", {"was": "careers_leader", "role": "tutor"}), ("end/", {"end": "yes"})):
        answer = browser.post(page_of(leader, deed), form, follow=True)
        assert "Lee Leader is the only careers leader of Beacon School." in said(answer)[0]
    make_person(school)
    browser.post(page_of(leader, "end/"), {"end": "yes"})
    assert role_of(leader) == []


def test_whose_role_is_ended_sees_nothing_more_and_no_record_is_theirs(desk: Post, school: School) -> None:
    parent, other = make_person(school, "parent"), make_school("Another School")
    make_own_record(parent, make_pupil(school), "parent")
    with scopes_disabled():
        Membership.objects.create(school=other, user=parent, role="tutor")
    desk(page_of(parent, "end/"))
    assert len(role_of(parent)) == 2, "the button was not pressed"
    desk(page_of(parent, "end/"), end="yes")
    assert role_of(parent) == ["tutor"]
    with scopes_disabled():
        assert not OwnRecord.objects.exists()
    assert desk(page_of(parent, "end/"), end="yes").status_code == 404, "twice does no harm"


def test_a_pupil_and_a_parent_are_not_changed_into_staff(desk: Post, school: School) -> None:
    pupil = make_person(school, "pupil")
    desk(page_of(pupil, "role/"), was="pupil", role="careers_leader")
    assert role_of(pupil) == ["pupil"]
    tutor = make_person(school, "tutor")
    assert desk(page_of(tutor, "role/"), was="tutor", role="parent").status_code == 422
    assert desk(page_of(tutor, "role/"), was="tutor", role="operator").status_code == 422
    assert role_of(tutor) == ["tutor"]


def test_the_groups_of_a_tutor_are_chosen_among_this_years_forms(desk: Post, school: School) -> None:
    tutor = make_person(school, "tutor")
    first, second = put_in_group(make_pupil(school), "9C"), put_in_group(make_pupil(school), "9D")
    give_group(tutor, first)
    caseload = put_in_group(make_pupil(school), "A caseload", kind="caseload")
    give_group(tutor, caseload)
    assert desk(page_of(tutor, "groups/"), groups=[caseload.reference]).status_code == 422
    desk(page_of(tutor, "groups/"), groups=[second.reference])
    with scopes_disabled():
        held = set(GroupStaff.objects.filter(user=tutor).values_list("group__name", flat=True))
    assert held == {"9D", "A caseload"}, "only those that were offered are taken away"
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "gave a person a group",
        "took a group from a person",
    ]


def test_classes_are_too_many_to_tick_and_are_named(
    desk: Post, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_TO_TICK", 1)
    teacher = make_person(school, "teacher")
    science = put_in_group(make_pupil(school), "9C Science", kind="class")
    put_in_group(make_pupil(school), "9C French", kind="class")
    give_group(teacher, science)
    page = desk(page_of(teacher, "groups/"), groups="9c french\r\n9Z Latin")
    assert "There is no 9Z Latin this year" in page.content.decode()
    desk(page_of(teacher, "groups/"), groups="9c french\r\n9C French\r\n")
    with scopes_disabled():
        assert [each.group.name for each in GroupStaff.objects.filter(user=teacher)] == ["9C French"]


def test_another_schools_people_are_as_if_they_were_not_there(desk: Post, client: Client) -> None:
    theirs = make_person(make_school("Another School"), "tutor")
    for deed, form in (("role/", {"was": "tutor", "role": "teacher"}), ("groups/", {}), ("end/", {"end": "yes"})):
        assert desk(page_of(theirs, deed), **form).status_code == 404
    assert client.get(page_of(theirs)).status_code == 404
    assert role_of(theirs) == ["tutor"]


def test_letting_trust_leads_see_names_is_on_record_once(desk: Post, school: School) -> None:
    trust = make_person(school, "trust_lead")
    (membership,) = memberships_of(trust)
    assert membership.reach == "no pupil by name"
    for lets in ("yes", "yes", "nonsense"):
        desk("/people/trust/", lets=lets)
    (membership,) = memberships_of(trust)
    assert membership.reach == "every pupil of the school"
    desk("/people/trust/", lets="no")
    verbs = ["kept names from trust leads", "let trust leads see names"]
    assert list(Event.objects.values_list("verb", flat=True)) == verbs


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    desk: Post, client: Client, school: School, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client.get("/people/")  # the first page of a session notes where somebody is signed in
    with django_assert_max_num_queries(20) as few:
        client.get("/people/")
    for _ in range(15):
        make_person(school, "tutor")
    with django_assert_num_queries(len(few)):
        client.get("/people/")


def test_a_tutor_who_becomes_a_teacher_no_longer_sees_the_form(desk: Post, school: School) -> None:
    tutor = make_person(school, "tutor")
    pupil = make_pupil(school)
    give_group(tutor, put_in_group(pupil, "9C"))
    give_group(tutor, put_in_group(make_pupil(school), "9C Science", kind="class"))
    browser = Client()
    browser.force_login(tutor)
    assert browser.get(f"/pupils/{pupil.reference}/").status_code == 200
    desk(page_of(tutor, "role/"), was="tutor", role="teacher")
    assert browser.get(f"/pupils/{pupil.reference}/").status_code == 404
    with scopes_disabled():
        assert [each.group.name for each in GroupStaff.objects.filter(user=tutor)] == ["9C Science"]


def test_groups_do_not_come_back_with_somebody_who_left_and_returns(desk: Post, school: School) -> None:
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(make_pupil(school), "9C"))
    desk(page_of(tutor, "end/"), end="yes")
    with scopes_disabled():
        assert not GroupStaff.objects.filter(user=tutor).exists()
