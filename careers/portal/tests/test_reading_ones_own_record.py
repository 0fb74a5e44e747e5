"""Pupils read their own record and parents their children's: nobody else's, in plain words, and with choices of their own."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.audit.models import Event
from careers.protection import consent
from careers.protection.models import RetentionChoice, SharingInstruction, TrackingConsent
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
SIXTEEN, FIFTEEN = date(2010, 11, 22), date(2010, 11, 23)


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school("Beacon School")
    with clock.on(TODAY), scope(school=made):
        yield made


def visit(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def own(school: School, pupil: Pupil) -> Client:
    user = make_person(school, "pupil", name="Own Name")
    make_own_record(user, pupil)
    return visit(user)


def parent(school: School, *children: Pupil) -> Client:
    user = make_person(school, "parent", name="Robin Quill")
    for child in children:
        make_own_record(user, child, "parent")
    return visit(user)


def page_of(pupil: Pupil) -> str:
    return f"/own-record/{pupil.reference}/"


def test_a_pupil_comes_in_to_their_own_record(school: School) -> None:
    pupil = make_pupil(school, 10, surname="Quill")
    client = own(school, pupil)
    assert client.get("/", follow=True).redirect_chain[-1][0] == page_of(pupil)
    assert "Alex Quill" in client.get(page_of(pupil)).content.decode()


def test_what_happened_and_what_is_booked_is_said_without_a_benchmarks_number(school: School) -> None:
    pupil = make_pupil(school, 10)
    make_encounter(pupil, make_activity(school, title="Visit to a shipyard", day=date(2026, 10, 1)))
    coming = make_activity(school, title="Talk by a nurse", day=date(2026, 12, 1), status="planned")
    make_encounter(pupil, coming, "booked")
    page = own(school, pupil).get(page_of(pupil)).context["page"]
    assert [line.title for line in page.happened] == ["Visit to a shipyard"]
    assert [line.title for line in page.to_come] == ["Talk by a nurse"]
    text = own(school, pupil).get(page_of(pupil)).content.decode()
    assert "enchmark" not in text


def test_a_title_that_names_another_pupil_is_not_shown(school: School) -> None:
    pupil = make_pupil(school, 10)
    make_pupil(school, 10, forename="Bea", surname="Thorne")
    make_encounter(pupil, make_activity(school, title="Mock interview with Bea Thorne"))
    text = own(school, pupil).get(page_of(pupil)).content.decode()
    assert "Thorne" not in text
    assert "Encounter with an employer" in text


def test_a_parent_of_two_chooses_and_of_one_goes_straight_in(school: School) -> None:
    first, second = make_pupil(school, 8, surname="First"), make_pupil(school, 10, surname="Second")
    page = parent(school, first, second).get("/own-record/").content.decode()
    assert page.index("Alex First") < page.index("Alex Second")
    assert parent(school, first).get("/own-record/")["Location"] == page_of(first)


@pytest.mark.parametrize("deed", ["", "sharing/", "following/", "copy/"])
def test_nobody_opens_another_childs_record(school: School, deed: str) -> None:
    mine, other = make_pupil(school, 10), make_pupil(school, 10)
    for client in (own(school, mine), parent(school, mine)):
        ask = client.post if deed else client.get
        assert ask(page_of(other) + deed).status_code == 404


def test_a_parent_no_longer_sees_a_child_who_has_left_and_the_pupil_does(school: School) -> None:
    pupil = make_pupil(school, 11, academic_year=2025, left_on=date(2026, 8, 31))
    client = parent(school, pupil)
    assert client.get(page_of(pupil)).status_code == 404
    assert "There is no record to show" in client.get("/own-record/").content.decode()
    assert own(school, pupil).get(page_of(pupil)).status_code == 200


def test_every_reading_is_written_down(school: School) -> None:
    pupil = make_pupil(school, 10)
    own(school, pupil).get(page_of(pupil))
    parent(school, pupil).get(page_of(pupil))
    assert Event.objects.filter(verb="opened own record", subject_id=str(pupil.pk)).count() == 2


def test_a_parent_says_no_while_the_child_is_15_and_takes_it_back(school: School) -> None:
    pupil = make_pupil(school, 11, date_of_birth=FIFTEEN)
    client = parent(school, pupil)
    client.post(page_of(pupil) + "sharing/", {"share": "no"})
    given = SharingInstruction.objects.get()
    assert (given.giver, given.giver_name, given.how) == ("parent", "Robin Quill", "portal")
    client.post(page_of(pupil) + "sharing/", {"share": "yes"})
    given.refresh_from_db()
    assert given.withdrawn_on == TODAY


@pytest.mark.parametrize(("born", "who"), [(SIXTEEN, "pupil"), (FIFTEEN, "parent")])
def test_from_the_16th_birthday_the_choice_is_the_pupils_and_no_longer_a_parents(
    school: School, born: date, who: str
) -> None:
    pupil = make_pupil(school, 11, date_of_birth=born)
    clients = {"pupil": own(school, pupil), "parent": parent(school, pupil)}
    for name, client in clients.items():
        assert client.get(page_of(pupil)).context["page"].may_instruct is (name == who)
        client.post(page_of(pupil) + "sharing/", {"share": "no"})
    assert [one.giver for one in SharingInstruction.objects.all()] == ["young_person" if who == "pupil" else "parent"]


def test_a_pupil_says_whether_they_may_be_followed_and_a_parent_does_not(school: School) -> None:
    pupil = make_pupil(school, 11)
    parent(school, pupil).post(page_of(pupil) + "following/", {"follow": "yes"})
    assert not TrackingConsent.objects.exists()
    client = own(school, pupil)
    client.post(page_of(pupil) + "following/", {"follow": "yes"})
    client.post(page_of(pupil) + "following/", {"follow": "no"})
    assert TrackingConsent.objects.get().answer == "withdrawn"
    assert consent.to_ask(school, TODAY) == []


def test_a_pupil_below_year_11_is_not_asked_where_they_go(school: School) -> None:
    pupil = make_pupil(school, 9)
    assert "Where you go next" not in own(school, pupil).get(page_of(pupil)).content.decode()


def test_a_pupils_own_copy_has_what_needs_nobody_to_read_it_first(school: School) -> None:
    pupil = make_pupil(school, 10, surname="Quill")
    make_pupil(school, 10, forename="Bea", surname="Thorne")
    make_encounter(pupil, make_activity(school, title="Talk with Bea Thorne", note="Bea was rude"))
    make_encounter(pupil, make_activity(school, title="Visit to a shipyard"))
    response = own(school, pupil).post(page_of(pupil) + "copy/")
    text = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).read("record.json").decode()  # type: ignore[attr-defined]
    assert "Quill" in text
    assert "Visit to a shipyard" in text
    assert "Thorne" not in text
    assert "rude" not in text
    assert json.loads(text)["left_out"][-1]["what"] == "Notes, and what is known of each activity"
    assert Event.objects.filter(verb="took a copy of own record", subject_id=str(pupil.pk)).exists()


def test_a_parent_asks_the_school_for_a_copy(school: School) -> None:
    pupil = make_pupil(school, 10)
    response = parent(school, pupil).post(page_of(pupil) + "copy/", follow=True)
    assert "Ask the school for a copy" in response.content.decode()


def test_a_tutor_has_no_page_of_their_own(school: School) -> None:
    assert visit(make_person(school, "tutor")).get("/own-record/").status_code == 403


def test_a_pupil_is_asked_about_the_time_the_school_really_keeps_destinations(school: School) -> None:
    pupil = make_pupil(school, 11)
    client = own(school, pupil)
    assert "keep it for 3 years" in client.get(page_of(pupil)).content.decode()
    RetentionChoice.objects.create(school=school, rule="destinations", length=5, start="leaving")
    assert "keep it for 5 years" in client.get(page_of(pupil)).content.decode()
