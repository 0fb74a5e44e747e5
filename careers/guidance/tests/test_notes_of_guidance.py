"""Notes of guidance: who writes and reads them, what a correction keeps, and what is never written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django_scopes import scope, scopes_disabled

from careers.accounts.models import User
from careers.audit.models import Event
from careers.guidance.actions import NoteRefused, write
from careers.guidance.models import EarlierNote, Note
from careers.pupils.models import Characteristic, Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import (
    TODAY,
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)

pytestmark = pytest.mark.django_db
SAID = "Wants to be a nurse; will visit the college."


@dataclass
class Here:
    school: School
    pupil: Pupil
    people: dict[str, User]

    def browser(self, role: str) -> Client:
        client = Client()
        client.force_login(self.people[role])
        return client

    def file(self, role: str) -> str:
        return self.browser(role).get(f"/pupils/{self.pupil.reference}/").content.decode()

    def write(self, role: str, **answers: str) -> int:
        address = f"/pupils/{self.pupil.reference}/notes/write/"
        return self.browser(role).post(address, {"kind": "guidance", "text": SAID, **answers}).status_code


@pytest.fixture
def here() -> Iterator[Here]:
    with clock.on(TODAY):
        school = make_school()
        pupil = make_pupil(school, 11)
        caseload = put_in_group(pupil, "Caseload", kind="caseload")
        with scopes_disabled():
            Characteristic.objects.create(school=school, pupil=pupil, kind="sen_provision", value="K")
        people = {role: make_person(school, role) for role in ("careers_leader", "careers_adviser", "senco", "tutor")}
        people |= {role: make_person(school, role) for role in ("senior_leader", "careers_administrator")}
        for role in ("careers_adviser", "tutor"):
            give_group(people[role], caseload)
        yield Here(school, pupil, people)


def only_note() -> Note:
    with scopes_disabled():
        return Note.objects.get()


def test_an_adviser_writes_a_note_that_those_who_read_guidance_find_on_the_pupils_file(here: Here) -> None:
    assert here.write("careers_adviser") == 302
    assert all(SAID in here.file(role) for role in ("careers_adviser", "careers_leader", "senco"))


def test_others_who_see_the_pupil_see_that_they_came_and_not_what_was_said(here: Here) -> None:
    meeting = make_activity(here.school, "guidance_meeting", title="Guidance interview", one_to_one=True)
    make_encounter(here.pupil, meeting)
    assert here.write("careers_adviser", meeting=meeting.reference) == 302
    assert only_note().encounter is not None
    for role in ("tutor", "senior_leader", "careers_administrator"):
        shown = here.file(role)
        assert "Guidance interview" in shown
        assert "Attended" in shown
        assert SAID not in shown
        assert 'id="guidance"' not in shown


def test_an_adviser_cannot_write_about_a_pupil_of_another_caseload(here: Here) -> None:
    here.pupil = make_pupil(here.school, 11)
    assert here.write("careers_adviser") == 404


def test_a_correction_keeps_what_was_said_before_who_said_it_and_when(here: Here) -> None:
    here.write("careers_adviser")
    note = only_note()
    answer = here.browser("careers_leader").post(f"/notes/{note.reference}/", {"text": "Wants to be a vet."})
    assert answer.status_code == 302
    with scopes_disabled():
        was = EarlierNote.objects.get()
    now = only_note()
    assert (was.text, was.written_by, was.written_at) == (SAID, here.people["careers_adviser"], note.written_at)
    assert (now.text, now.written_by, now.corrected_by) == (
        "Wants to be a vet.", here.people["careers_adviser"], here.people["careers_leader"],
    )  # fmt: skip
    assert "Wants to be a vet." in here.file("senco")
    assert SAID in here.file("senco")


def test_saving_a_note_as_it_was_changes_nothing(here: Here) -> None:
    here.write("careers_adviser")
    here.browser("careers_adviser").post(f"/notes/{only_note().reference}/", {"text": SAID})
    with scopes_disabled():
        assert not EarlierNote.objects.exists()


def test_of_a_concern_only_that_it_was_passed_on_is_kept_and_few_see_even_that(here: Here) -> None:
    assert here.write("careers_adviser", kind="concern", passed_to="lead") == 422
    assert here.write("careers_adviser", kind="concern", passed_to="lead", text="") == 302
    assert only_note().text == ""
    assert all("Concern passed on" in here.file(role) for role in ("careers_adviser", "careers_leader"))
    assert "Concern passed on" not in here.file("senco")
    assert here.browser("senco").get(f"/notes/{only_note().reference}/").status_code == 404


def test_the_database_itself_refuses_words_about_a_concern(here: Here) -> None:
    with scope(school=here.school), pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(school=here.school, pupil=here.pupil, kind="concern", passed_to="lead", text="What it was")


def test_a_note_of_another_pupils_meeting_is_refused(here: Here) -> None:
    meeting = make_encounter(make_pupil(here.school, 11), make_activity(here.school, "guidance_meeting"))
    with scope(school=here.school), pytest.raises(NoteRefused):
        write(pupil=here.pupil, kind="guidance", text=SAID, encounter=meeting, by=here.people["careers_leader"])


def test_the_audit_says_that_a_note_was_written_and_read_and_not_what_it_says_nor_of_which_kind(here: Here) -> None:
    here.write("careers_adviser", kind="concern", passed_to="lead", text="")
    here.browser("careers_adviser").get(f"/notes/{only_note().reference}/")
    here.file("careers_leader")
    done = Event.objects.filter(subject_kind="pupils.pupil").order_by("pk").values_list("verb", "detail")
    verbs = ["wrote a note of guidance", "opened a note of guidance", "opened a pupil's file"]
    assert list(done) == [(verb, {}) for verb in verbs]
