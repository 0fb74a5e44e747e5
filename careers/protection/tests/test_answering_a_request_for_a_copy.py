"""A copy is whole, is about one pupil only, and what is left out of it is left out for a reason."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled
from pypdf import PdfReader

from careers.accounts.models import User
from careers.audit.models import Event
from careers.audit.record import record
from careers.people.models import Invitation
from careers.protection import requests
from careers.protection.holdings import Holding, about_pupils
from careers.protection.models import AccessRequest
from careers.protection.record_of_requests import months_after
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
OF_OTHERS = {
    "sharing-instruction": {"giver_name"},
    "access-request": {"asker_name"},
    "shared-record": {"pupil_reference"},
    "invitation": {"name", "email", "digest"},
}
"""What is personal and not handed over: the names of other people, and letters that stand for the pupil."""


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school("Beacon School")


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, "careers_leader", name="Ursula Unnamed")


def visit(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def copy_of(pupil: Pupil, by: User, **answers: str) -> tuple[dict[str, Any], str, str]:
    """The JSON, its text, and the text of the PDF without spaces, as they come in the zip."""
    response = visit(by).post(f"/protection/pupils/{pupil.reference}/copy/", answers)
    assert response.status_code == 200
    box = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    said = box.read("record.json").decode()
    pages = PdfReader(io.BytesIO(box.read("record.pdf"))).pages
    return json.loads(said), said, "".join("".join(page.extract_text() for page in pages).split())


class Marked:
    """Fills records of every kind with values that nobody could mistake: `Mark7x` for the seventh."""

    def __init__(self, school: School, person: User) -> None:
        self.school, self.person, self.marks, self.made = school, person, [], 0

    def everything_about(self, pupil: Pupil) -> None:
        for held in about_pupils():
            if held.handed_over and held.model != "pupils.pupil":
                self.fill(held, pupil)
        self.mark(pupil, [name for name in _texts(type(pupil)) if name != "reference"])

    def fill(self, held: Holding, pupil: Pupil) -> None:
        model = apps.get_model(held.model)
        row = model(school=self.school)
        for field in model._meta.concrete_fields:
            if field.is_relation and field.name not in ("school", "pupil"):
                setattr(row, field.name, self.related(field, held, pupil))
            elif field.name == "pupil":
                row.pupil = pupil
            elif field.name != "school" and not field.has_default() and not field.null and not field.primary_key:
                setattr(row, field.name, self.value(field))
        self.mark(row, [name for name in held.handed_over if name in _texts(model)])
        if held.of_pupil in {many.name for many in model._meta.many_to_many}:
            getattr(row, held.of_pupil).add(pupil)

    def related(self, field: models.Field[Any, Any], held: Holding, pupil: Pupil) -> Any:
        kind = field.related_model._meta.label_lower  # type: ignore[union-attr]
        if kind == "accounts.user":
            return self.person
        if kind == "programme.activity":
            wanted = held.rows.get("filter", {}).get("activity__type", "employer_encounter")
            return make_activity(self.school, wanted, title=self.next())
        made = apps.get_model(kind)(school=self.school)
        if hasattr(type(made), "pupil"):
            made.pupil = pupil
            for own in type(made)._meta.concrete_fields:
                if own.name == "activity":
                    made.activity = make_activity(self.school)
                elif own.choices and not own.has_default() and not own.blank:
                    setattr(made, own.name, self.value(own))
            self.mark(made, [f.name for f in type(made)._meta.concrete_fields if isinstance(f, models.TextField)])
            return made
        self.fill_in(made)
        self.mark(made, [name.partition("__")[2] for name in held.handed_over if name.startswith(f"{field.name}__")])
        return made

    def fill_in(self, made: Any) -> None:
        """What a record cannot be without."""
        for own in made._meta.concrete_fields:
            if own.name == "activity":
                made.activity = make_activity(self.school)
            elif own.name == "audience":
                made.audience = "pupils"
            elif not own.has_default() and not own.null and not own.is_relation and not own.primary_key:
                setattr(made, own.name, self.value(own))

    def value(self, field: models.Field[Any, Any]) -> Any:
        if isinstance(field, models.DateTimeField):
            return timezone.now()
        if isinstance(field, models.DateField):
            return TODAY
        if isinstance(field, models.EmailField):
            return f"{self.person.pk}@example.org"
        if field.choices:
            return field.flatchoices[0][0]
        return 1990 if isinstance(field, models.IntegerField) else ""

    def mark(self, row: models.Model, names: list[str]) -> None:
        texts = _texts(type(row))
        for name in names:
            if name in texts:
                setattr(row, name, {"said": self.next()} if texts[name] else self.next())
        row.save()

    def next(self) -> str:
        self.marks.append(f"Mk{len(self.marks) + 10}x")
        return self.marks[-1]


def _texts(model: type[models.Model]) -> dict[str, bool]:
    """Fields that can hold a mark, and whether as JSON."""
    fields = [f for f in model._meta.concrete_fields if not f.choices and not f.is_relation]
    plain = {f.name: False for f in fields if isinstance(f, (models.CharField, models.TextField)) and f.name != "sex"}
    return plain | {f.name: True for f in fields if isinstance(f, models.JSONField)}


def test_every_kind_of_record_is_in_the_copy_and_nobody_elses_is(school: School, leader: User) -> None:
    pupil, other = make_pupil(school, 10), make_pupil(school, 10)
    own, others = Marked(school, make_person(school, "pupil")), Marked(school, make_person(school, "tutor"))
    with scopes_disabled():
        own.everything_about(pupil)
        others.marks = [f"Other{n}x" for n in range(3)]
        others.next = lambda: others.marks.append(f"Other{len(others.marks)}x") or others.marks[-1]  # type: ignore[method-assign, func-returns-value]
        others.everything_about(other)
    said, text, pdf = copy_of(pupil, leader)
    assert len(own.marks) > 20
    assert [mark for mark in own.marks if mark not in text] == []
    assert [mark for mark in own.marks if mark not in pdf] == []
    assert [mark for mark in others.marks if mark in text or mark in pdf] == []
    kinds = {section["kind"] for section in said["sections"] if section["records"]}
    assert {held.key for held in about_pupils() if held.handed_over} - kinds == set()


@pytest.mark.parametrize("held", [held for held in about_pupils() if held.handed_over], ids=lambda held: held.key)
def test_what_is_personal_is_handed_over(held: Holding) -> None:
    model = apps.get_model(held.model)
    people = {
        f.name for f in model._meta.concrete_fields if f.is_relation and "user" in f.related_model._meta.model_name
    }
    given = {lookup.partition("__")[0] for lookup in held.handed_over}
    assert set(held.personal) - given - people - {"pupil"} - OF_OTHERS.get(held.key, set()) == set()


def test_the_copy_says_by_role_who_looked_and_never_by_name(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10)
    with scopes_disabled():
        record("opened a pupil's file", by=leader, school=school, subject=pupil, changes=False)
    said, text, pdf = copy_of(pupil, leader)
    looks = next(section["records"] for section in said["sections"] if section["kind"] == "audit")
    assert [(look["verb"], look["role"]) for look in looks] == [
        ("opened a pupil's file", "Careers leader"),
        ("handed out a pupil's whole record", "Careers leader"),
    ]
    assert "Ursula" not in text
    assert "Ursula" not in pdf


def test_what_is_known_of_an_activity_is_in_the_copy(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10)
    make_encounter(pupil, make_activity(school, title="Visit to a shipyard", purpose="To see welding", hours=3))
    _, text, pdf = copy_of(pupil, leader)
    assert "To see welding" in text
    assert "Toseewelding" in pdf


def test_a_text_that_names_another_pupil_is_shown_and_left_out_with_its_reason(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10, forename="Ada", surname="Quill")
    make_pupil(school, 10, forename="Bea", surname="Thorne")
    make_encounter(pupil, make_activity(school, title="Talk", note="Shared a table with Bea Thorne"))
    page = visit(leader).get(f"/protection/pupils/{pupil.reference}/copy/")
    ((text, _, _),) = page.context["named"]
    assert text.names == ("Bea Thorne",)
    answers = {f"leave-out-{text.key}": "on", f"why-{text.key}": "It is about another pupil"}
    said, raw, pdf = copy_of(pupil, leader, **answers)
    assert "Thorne" not in raw
    assert "Thorne" not in pdf
    assert said["left_out"] == [{"what": "About the activities: note", "why": "It is about another pupil"}]
    assert "Itisaboutanotherpupil" in pdf


def test_nothing_is_left_out_without_a_reason(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10)
    make_pupil(school, 10, forename="Bea", surname="Thorne")
    make_encounter(pupil, make_activity(school, title="Talk with Bea Thorne"))
    client, where = visit(leader), f"/protection/pupils/{pupil.reference}/copy/"
    (text, _, _), *_ = client.get(where).context["named"]
    refused = client.post(where, {f"leave-out-{text.key}": "on"})
    assert refused.status_code == 422
    assert "Say why this text is left out" in refused.content.decode()


def test_a_name_in_any_alphabet_is_in_the_pdf_or_shown_by_its_numbers(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10, forename="Łukasz Юлія", surname="李")
    _, text, pdf = copy_of(pupil, leader)
    assert "李" in text
    assert "ŁukaszЮлія" in pdf
    assert "[U+674E]" in pdf
    assert "shownbytheirnumber" in pdf


def test_the_copy_is_audited_and_its_name_says_nothing_of_the_pupil(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10, surname="Quill")
    response = visit(leader).post(f"/protection/pupils/{pupil.reference}/copy/")
    assert response["Content-Disposition"] == 'attachment; filename="record-2026-11-22.zip"'
    assert Event.objects.filter(verb="handed out a pupil's whole record", subject_id=str(pupil.pk)).count() == 1


def test_a_request_is_due_in_a_calendar_month_and_answered_by_the_copy(school: School, leader: User) -> None:
    pupil, client = make_pupil(school, 10), visit(leader)
    answers = {"received_on_day": "31", "received_on_month": "10", "received_on_year": "2026"}
    answers |= {"asker": "pupil", "identity_checked": "Known to the office"}
    client.post(f"/protection/pupils/{pupil.reference}/request/", answers)
    with scopes_disabled():
        asked = AccessRequest.objects.get()
        assert asked.due_on == date(2026, 11, 30)
        assert pupil.holds.get().until == asked.due_on  # type: ignore[attr-defined]
    assert "30 November 2026" in client.get("/protection/requests/").content.decode()
    copy_of(pupil, leader)
    with scopes_disabled():
        asked.refresh_from_db()
    assert asked.answered_on == TODAY


def test_more_time_is_taken_within_the_first_month_only(school: School, leader: User) -> None:
    with scopes_disabled():
        pupil = make_pupil(school, 10)
        facts = {"asker": "pupil", "received_on": date(2026, 10, 1)}
        late = requests.receive(pupil=pupil, facts=facts, by=leader)
        with pytest.raises(requests.RequestRefused, match="first month"):
            requests.extend(request=late, why="Many requests", by=leader)
        fresh = requests.receive(pupil=pupil, facts={**facts, "received_on": date(2026, 11, 20)}, by=leader)
        requests.extend(request=fresh, why="Many requests", by=leader)
    assert fresh.due_on == date(2027, 2, 20)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_months_last(day: date, due: date) -> None:
    assert months_after(day, 1) == due


def test_a_tutor_makes_no_copy(school: School) -> None:
    pupil = make_pupil(school, 10)
    assert visit(make_person(school, "tutor")).get(f"/protection/pupils/{pupil.reference}/copy/").status_code == 403


def test_a_pupils_own_account_is_in_the_copy_and_a_parents_is_not(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10)
    make_own_record(make_person(school, "pupil", email="own@example.org"), pupil)
    make_own_record(make_person(school, "parent", email="mother@example.org", name="Mother Quill"), pupil, "parent")
    _, text, pdf = copy_of(pupil, leader)
    assert "own@example.org" in text
    assert "own@example.org" in pdf
    assert "Mother" not in text + pdf


def test_a_parents_invitation_is_in_the_copy_without_the_parents_name(school: School, leader: User) -> None:
    pupil = make_pupil(school, 10)
    with scopes_disabled():
        sent = Invitation.objects.create(
            school=school, email="mother@example.org", name="Mother Quill", role="parent", expires_at=timezone.now()
        )
        sent.pupils.add(pupil)
    said, text, pdf = copy_of(pupil, leader)
    assert [each["role"] for part in said["sections"] if part["kind"] == "invitation" for each in part["records"]]
    assert "Quill" not in text + pdf
    assert "mother@" not in text + pdf


def test_a_copy_takes_as_many_queries_for_a_long_log_as_for_a_short_one(school: School, leader: User) -> None:
    short, long = make_pupil(school, 10), make_pupil(school, 10)
    for pupil, times in ((short, 1), (long, 30)):
        for _ in range(times):
            make_encounter(pupil, make_activity(school))
        copy_of(pupil, leader)  # so that there is an earlier copy in each audit
    counts = []
    for pupil in (short, long):
        with CaptureQueriesContext(connection) as asked:
            copy_of(pupil, leader)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 95


@pytest.mark.skipif(not apps.is_installed("careers.guidance"), reason="this copy keeps no notes of guidance")
def test_who_reads_no_notes_makes_no_copy_of_a_record_that_holds_some(school: School, leader: User) -> None:
    pupil, where = make_pupil(school, 10), "/protection/pupils/{}/copy/"
    head = visit(make_person(school, "senior_leader"))
    assert head.get(where.format(pupil.reference)).status_code == 200
    with scopes_disabled():
        apps.get_model("guidance.note")._default_manager.create(
            school=school, pupil=pupil, kind="guidance", text="Asked about colleges"
        )
    assert head.get(where.format(pupil.reference)).status_code == 403
    assert head.post(where.format(pupil.reference)).status_code == 403
    assert "Asked about colleges" in copy_of(pupil, leader)[1]
