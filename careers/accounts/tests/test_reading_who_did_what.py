"""The audit, as the people who may read it see it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.audit.models import Event
from careers.audit.record import record
from careers.audit.tests.tampering import unguarded
from careers.audit.verifying import check_every_chain
from careers.schools.models import School
from tests.makers import make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, name="Lee Leader")


@pytest.fixture
def reader(school: School, client: Client) -> Client:
    client.force_login(make_person(school, "senior_leader", name="Sam Senior"))
    return client


def verbs(client: Client, **narrowing: str) -> list[str]:
    return [deed.verb for deed in client.get("/audit/", narrowing).context["deeds"]]


def test_the_newest_comes_first_with_who_and_about_what(reader: Client, leader: User, school: School) -> None:
    pupil = make_pupil(school, forename="Ada", surname="Abara")
    with transaction.atomic():
        record("imported the roll", by=leader, school=school, added=3)
    record("opened a pupil's file", by=leader, school=school, subject=pupil, changes=False)
    newest, oldest = reader.get("/audit/").context["deeds"]
    assert (newest.who, newest.verb, newest.about) == ("Lee Leader", "opened a pupil's file", "Ada Abara")
    assert (oldest.verb, oldest.detail, oldest.changes) == ("imported the roll", "added: 3", True)


def test_what_a_list_was_narrowed_by_is_said_in_words(reader: Client, leader: User, school: School) -> None:
    filters = {"year": 9, "state": "due"}
    record("took out a list of pupils", by=leader, school=school, changes=False, rows=75, filters=filters)
    record("took out a list of pupils", by=leader, school=school, changes=False, rows=90, filters={})
    assert [deed.detail for deed in reader.get("/audit/").context["deeds"]] == [
        "rows: 90",
        "rows: 75; filters: year 9, state due",
    ]


def test_it_is_narrowed_by_person_verb_kind_and_day(reader: Client, leader: User, school: School) -> None:
    record("opened a pupil's file", by=leader, school=school, changes=False)
    record("loaded the demonstration", by=None, school=school)
    assert verbs(reader, person=person_key(leader.pk)) == ["opened a pupil's file"]
    assert verbs(reader, verb="loaded the demonstration") == ["loaded the demonstration"]
    assert verbs(reader, kind="changes") == ["loaded the demonstration"]
    assert verbs(reader, since="2999-01-01") == []
    assert verbs(reader, until="2999-01-01", person="nobody", since="nonsense") == verbs(reader)


def test_another_schools_deeds_are_not_there(reader: Client) -> None:
    elsewhere = make_school("Another School")
    record("opened a pupil's file", by=make_person(elsewhere), school=elsewhere, changes=False)
    assert verbs(reader) == []


def test_a_deed_never_lends_another_schools_name(reader: Client, leader: User, school: School) -> None:
    theirs = make_pupil(make_school("Another School"), forename="Zed", surname="Zhou")
    record("opened a pupil's file", by=leader, school=school, subject=theirs, changes=False)
    assert "Zhou" not in reader.get("/audit/").content.decode()


def test_somebody_since_removed_is_still_on_record(reader: Client, leader: User, school: School) -> None:
    record("took a list out", by=leader, school=school, changes=False)
    leader.delete()
    (deed,) = reader.get("/audit/").context["deeds"]
    assert deed.who == "Somebody no longer here"


def test_it_says_whether_the_chain_is_whole(reader: Client, school: School) -> None:
    def said() -> str:
        return reader.get("/audit/").content.decode()

    record("took a list out", by=None, school=school, changes=False)
    assert "have not been followed from end to end yet" in said()
    check_every_chain()
    assert "up to number 1, and all are as they were written" in said()
    with unguarded():
        Event.objects.update(verb="did nothing")
    check_every_chain()
    assert "Number 1 was changed after it was written." in said()


def test_a_tutor_may_not_read_it(client: Client, school: School) -> None:
    client.force_login(make_person(school, "tutor"))
    assert client.get("/audit/").status_code == 403


def test_it_takes_as_many_queries_for_a_page_as_for_a_line(
    reader: Client, leader: User, school: School, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    record("opened a pupil's file", by=leader, school=school, subject=make_pupil(school), changes=False)
    reader.get("/roles/")  # the first page after signing in notes the session
    with django_assert_max_num_queries(20) as few:
        reader.get("/audit/")
    for _ in range(60):
        record("opened a pupil's file", by=leader, school=school, subject=make_pupil(school), changes=False)
    with django_assert_num_queries(len(few)):
        reader.get("/audit/")
