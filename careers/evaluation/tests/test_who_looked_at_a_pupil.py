"""A careers leader reads who looked at a pupil, and hands it over when the pupil asks."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django_scopes import scope

from careers.accounts.deeds import deeds_about, person_key
from careers.accounts.models import User
from careers.audit.models import Event
from careers.audit.record import record
from careers.evaluation.tests.conftest import meaningful
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_encounter, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(school, 9, surname="Okonjo")


@pytest.fixture
def senior(school: School) -> User:
    return make_person(school, "senior_leader", name="Sam Senior")


@pytest.fixture
def leader(school: School) -> Client:
    return signed_in(make_person(school, name="Lee Leader"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(leader: Client, pupil: Pupil, **asked: str) -> list[tuple[str, str]]:
    deeds = leader.get(f"/pupils/{pupil.reference}/looked/", asked).context["deeds"]
    return [(deed.who, deed.verb) for deed in deeds if deed.verb != "read who looked at a pupil"]


def test_files_lists_searches_and_exports_with_the_pupil_are_all_there(
    leader: Client, pupil: Pupil, senior: User
) -> None:
    reader = signed_in(senior)
    reader.get(f"/pupils/{pupil.reference}/")
    reader.get("/pupils/")
    reader.post("/pupils/", {"words": "okonjo"}, follow=True)
    reader.get("/criteria/gb5.2025.school.1/")
    reader.get("/exports/criteria/gb5.2025.school.1.csv")
    assert page(leader, pupil) == [
        ("Sam Senior", "took out a list of pupils"),
        ("Sam Senior", "looked at a list of pupils"),
        ("Sam Senior", "looked at a list of pupils"),
        ("Sam Senior", "looked at a list of pupils"),
        ("Sam Senior", "opened a pupil's file"),
    ]


def test_lists_without_the_pupil_are_not(leader: Client, pupil: Pupil, school: School, senior: User) -> None:
    other = make_pupil(school, 9)
    reader = signed_in(senior)
    reader.get(f"/pupils/{other.reference}/")
    record("took out a list of pupils", by=senior, school=school, changes=False, concerning=[pupil.pk * 10 + 1])
    assert page(leader, pupil) == []


def test_the_names_on_an_activitys_page_are_on_record(
    leader: Client, pupil: Pupil, school: School, senior: User
) -> None:
    talk = meaningful(school)
    make_encounter(pupil, talk)
    signed_in(senior).get(f"/programme/{talk.reference}/")
    event = Event.objects.get()
    assert (event.concerns, event.subject_id) == (f",{pupil.pk},", str(talk.pk))
    assert page(leader, pupil) == [("Sam Senior", "looked at a list of pupils")]


def test_the_same_list_opened_again_a_moment_later_is_the_same_look(pupil: Pupil, school: School, senior: User) -> None:
    reader = signed_in(senior)
    for _ in range(3):
        reader.get("/pupils/")
    assert Event.objects.count() == 1
    make_pupil(school)
    reader.get("/pupils/")
    signed_in(senior).get("/pupils/")
    assert Event.objects.count() == 3


def test_no_name_is_in_what_is_kept(pupil: Pupil, senior: User) -> None:
    reader = signed_in(senior)
    reader.post("/pupils/", {"words": "okonjo"}, follow=True)
    kept = str(list(Event.objects.values()))
    assert "okonjo" not in kept.lower()


def test_it_is_narrowed_by_person_kind_and_day(leader: Client, pupil: Pupil, school: School, senior: User) -> None:
    signed_in(senior).get(f"/pupils/{pupil.reference}/")
    with transaction.atomic():
        record("corrected a pupil's record", by=None, school=school, subject=pupil)
    assert page(leader, pupil, person=person_key(senior.pk)) == [("Sam Senior", "opened a pupil's file")]
    assert page(leader, pupil, kind="changes") == [("Trigpoint itself", "corrected a pupil's record")]
    assert page(leader, pupil, since="2999-01-01") == []


def test_all_of_it_is_on_one_page_to_print_and_in_one_list(leader: Client, pupil: Pupil, school: School) -> None:
    for _ in range(70):
        record("opened a pupil's file", by=None, school=school, subject=pupil, changes=False)
    assert len(page(leader, pupil)) < 50
    assert len(page(leader, pupil, all="yes")) == 70
    with scope(school=school):
        assert len(deeds_about(pupil, school)) == 20
        assert len(deeds_about(pupil, school, limit=None)) == 72


def test_it_takes_as_many_queries_for_a_page_as_for_a_line(
    leader: Client, pupil: Pupil, school: School, senior: User, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    address = f"/pupils/{pupil.reference}/looked/"
    leader.get(address)
    with django_assert_max_num_queries(18) as few:
        leader.get(address)
    for _ in range(60):
        record("looked at a list of pupils", by=senior, school=school, changes=False, concerning=[pupil.pk])
    with django_assert_num_queries(len(few)):
        leader.get(address)


@pytest.mark.parametrize("role", ["tutor", "careers_administrator", "link_governor"])
def test_who_may_not_read_the_audit_may_not_read_this(role: str, pupil: Pupil, school: School) -> None:
    assert signed_in(make_person(school, role)).get(f"/pupils/{pupil.reference}/looked/").status_code == 403


def test_another_schools_pupil_is_as_if_not_there(leader: Client) -> None:
    theirs = make_pupil(make_school("Another School"))
    assert leader.get(f"/pupils/{theirs.reference}/looked/").status_code == 404
    assert not Event.objects.exists()
