"""A tutor takes the register of an activity: everyone present, but for who was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled
from lxml import html

from careers.accounts.models import User
from careers.audit.models import Event
from careers.encounters.models import EarlierMark, Encounter
from careers.encounters.registers import concerned
from careers.programme.models import Activity
from careers.pupils.models import Pupil
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


@dataclass
class Sheet:
    """The register as somebody has it open: what each pupil's radios say, until it is sent."""

    client: Client
    where: str
    fields: dict[str, str] = field(default_factory=dict)
    answer: HttpResponse | None = None

    def open(self) -> Sheet:
        return self._read(self.client.get(self.where))

    def _read(self, answer: HttpResponse) -> Sheet:
        self.answer = answer
        forms = [form for form in html.fromstring(answer.content.decode()).forms if form.method == "POST"]
        self.fields = {k: v for form in forms for k, v in form.form_values() if k.startswith(("mark-", "seen-"))}
        return self

    def mark(self, pupil: Pupil, status: str) -> Sheet:
        assert f"mark-{pupil.reference}" in self.fields
        self.fields[f"mark-{pupil.reference}"] = status
        return self

    def save(self) -> Sheet:
        answer = self.client.post(self.where, self.fields, follow=True)
        return self._read(answer)

    @property
    def words(self) -> str:
        assert self.answer is not None
        return " ".join(html.fromstring(self.answer.content.decode()).text_content().split())

    def starts(self, pupil: Pupil) -> str | None:
        return self.fields.get(f"mark-{pupil.reference}")


@dataclass
class Morning:
    school: School
    activity: Activity
    ada: Pupil
    ben: Pupil
    cai: Pupil
    terry: User

    def sheet(self, user: User, activity: Activity | None = None) -> Sheet:
        client = Client()
        client.force_login(user)
        return Sheet(client, reverse("encounters:register", args=[(activity or self.activity).reference]))

    def tutor(self, name: str, *pupils: Pupil) -> User:
        user = make_person(self.school, "tutor", name=name)
        for pupil in pupils:
            give_group(user, put_in_group(pupil, f"Group of {name}", kind="other"))
            break
        for pupil in pupils[1:]:
            put_in_group(pupil, f"Group of {name}", kind="other")
        return user

    def log(self, activity: Activity | None = None) -> dict[str, str]:
        with scopes_disabled():
            rows = Encounter.objects.filter(activity=activity or self.activity)
            return dict(rows.values_list("pupil__forename", "status"))

    def status(self, activity: Activity) -> str:
        with scopes_disabled():
            return Activity.objects.get(pk=activity.pk).status


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def morning() -> Morning:
    """Ada and Ben are booked and Terry's; Cai is booked and is not."""
    school = make_school()
    activity = make_activity(school, title="Harbour Foods visit", status="planned")
    ada, ben, cai = (make_pupil(school, 9, forename=name, surname="Reed", form="9A") for name in ("Ada", "Ben", "Cai"))
    for pupil in (ada, ben, cai):
        make_encounter(pupil, activity, "booked")
    made = Morning(school, activity, ada, ben, cai, None)  # type: ignore[arg-type]
    made.terry = made.tutor("Terry Tutor", ada, ben)
    return made


def test_everyone_starts_present_and_one_save_takes_it(morning: Morning) -> None:
    sheet = morning.sheet(morning.terry).open()
    assert (sheet.starts(morning.ada), sheet.starts(morning.ben)) == ("attended", "attended")
    sheet.mark(morning.ben, "absent").save()
    assert "1 attended, 1 absent" in sheet.words
    assert morning.log() == {"Ada": "attended", "Ben": "absent", "Cai": "booked"}
    event = Event.objects.get(verb="took a register")
    assert event.actor_id == morning.terry.pk
    assert event.since == TODAY
    assert event.detail["attended"] == event.detail["absent"] == 1
    assert concerned(event) == sorted([morning.ada.pk, morning.ben.pk])


def test_a_tutor_neither_sees_nor_marks_anybody_elses_pupil(morning: Morning) -> None:
    sheet = morning.sheet(morning.terry).open()
    assert sheet.starts(morning.cai) is None
    assert "Reed, Cai" not in sheet.words
    sheet.fields[f"mark-{morning.cai.reference}"] = "absent"
    sheet.save()
    assert morning.log()["Cai"] == "booked"


def test_a_planned_activity_that_somebody_attended_was_held(morning: Morning) -> None:
    morning.sheet(morning.terry).open().save()
    assert morning.status(morning.activity) == "delivered"


def test_one_that_nobody_attended_stays_planned(morning: Morning) -> None:
    sheet = morning.sheet(morning.terry).open()
    sheet.mark(morning.ada, "absent").mark(morning.ben, "excused").save()
    assert morning.status(morning.activity) == "planned"


def test_saving_again_changes_nothing_and_is_not_in_the_audit_twice(morning: Morning) -> None:
    sheet = morning.sheet(morning.terry).open()
    sent = dict(sheet.mark(morning.ben, "absent").fields)
    sheet.save()
    sheet.fields = sent  # a second press of the button, before the first was answered
    sheet.save()
    assert "The register is saved" in sheet.words
    assert Event.objects.filter(verb="took a register").count() == 1


def test_a_late_change_keeps_what_was_marked_before_with_who_and_when(morning: Morning) -> None:
    morning.sheet(morning.terry).open().mark(morning.ben, "absent").save()
    leader = make_person(morning.school, "careers_leader", name="Lee Leader")
    later = morning.sheet(leader).open()
    assert later.starts(morning.ben) == "absent"
    assert "Absent, by Terry Tutor" in later.words
    later.mark(morning.ben, "attended").save()
    assert morning.log()["Ben"] == "attended"
    with scopes_disabled():
        earlier = EarlierMark.objects.get()
    assert (earlier.status, earlier.recorded_by_id) == ("absent", morning.terry.pk)
    later.open()
    assert "Attended, by Lee Leader" in later.words
    assert "Before that: Absent, by Terry Tutor" in later.words


def test_two_people_who_mark_different_pupils_both_have_their_way(morning: Morning) -> None:
    pat = morning.tutor("Pat Partner", morning.cai)
    hers, his = morning.sheet(pat).open(), morning.sheet(morning.terry).open()
    hers.mark(morning.cai, "absent").save()
    his.mark(morning.ben, "excused").save()
    assert morning.log() == {"Ada": "attended", "Ben": "excused", "Cai": "absent"}


def test_a_pupil_whom_somebody_else_saved_as_present_is_asked_about(morning: Morning) -> None:
    pat = morning.tutor("Pat Partner", morning.ada, morning.ben)
    hers, his = morning.sheet(pat).open(), morning.sheet(morning.terry).open()
    hers.mark(morning.ada, "absent").save()
    his.mark(morning.ben, "excused").save()
    # Pat left Ben as he was, present: that is a mark of hers, and Terry is asked.
    assert his.answer is not None
    assert his.answer.status_code == 409
    assert list(his.fields) == [f"seen-{morning.ben.reference}", f"mark-{morning.ben.reference}"]
    # Ada, whom he did not touch, stays as Pat marked her.
    assert morning.log() == {"Ada": "absent", "Ben": "attended", "Cai": "booked"}
    his.mark(morning.ben, "excused").save()
    assert morning.log()["Ben"] == "excused"


def test_two_people_who_mark_the_same_pupil_differently_are_told(morning: Morning) -> None:
    pat = morning.tutor("Pat Partner", morning.ada)
    hers, his = morning.sheet(pat).open(), morning.sheet(morning.terry).open()
    hers.mark(morning.ada, "absent").save()
    his.mark(morning.ada, "excused").save()
    assert morning.log() == {"Ada": "absent", "Ben": "attended", "Cai": "booked"}
    assert "Somebody else marked this pupil while you had the register open" in his.words
    assert "You: Excused, not saved. On record: Absent, by Pat Partner" in his.words
    assert "Your other 1 mark is saved" in his.words
    assert his.starts(morning.ada) == "absent"
    his.save()
    assert morning.log()["Ada"] == "absent"


def test_a_mark_somebody_else_gave_meanwhile_stays_where_nobody_touched_the_pupil(morning: Morning) -> None:
    pat = morning.tutor("Pat Partner", morning.ada)
    hers, his = morning.sheet(pat).open(), morning.sheet(morning.terry).open()
    hers.mark(morning.ada, "absent").save()
    his.save()
    assert morning.log()["Ada"] == "absent"
    assert "Ada Reed stays as marked meanwhile: absent, by Pat Partner" in his.words


def test_where_nobody_is_booked_the_tutors_own_group_is_there(morning: Morning) -> None:
    assembly = make_activity(morning.school, title="Assembly", status="planned", year_groups=[9])
    sheet = morning.sheet(morning.terry, assembly).open()
    assert (sheet.starts(morning.ada), sheet.starts(morning.ben)) == ("attended", "attended")
    sheet.mark(morning.ada, "absent").save()
    assert morning.log(assembly) == {"Ada": "absent", "Ben": "attended"}
    # The next tutor's group starts present too.
    other = morning.sheet(morning.tutor("Pat Partner", morning.cai), assembly).open()
    assert other.starts(morning.cai) == "attended"


def test_somebody_without_a_place_is_not_taken_to_have_come_where_others_are_booked(morning: Morning) -> None:
    dee = make_pupil(morning.school, 9, forename="Dee")
    user = morning.tutor("Dee's tutor", dee)
    sheet = morning.sheet(user).open()
    assert sheet.starts(dee) == "none"
    sheet.save()
    assert "Dee" not in morning.log()
    sheet.open().mark(dee, "attended").save()
    assert morning.log()["Dee"] == "attended"


def test_a_careers_leader_chooses_any_group(morning: Morning) -> None:
    assembly = make_activity(morning.school, title="Assembly", status="planned")
    group = put_in_group(morning.cai, "9X", kind="class")
    sheet = morning.sheet(make_person(morning.school), assembly)
    assert "Choose the group that took part" in sheet.open().words
    sheet.where += f"?group={group.reference}"
    sheet.open()
    assert sheet.starts(morning.cai) == "attended"
    assert sheet.starts(morning.ada) is None
    sheet.save()
    assert morning.log(assembly) == {"Cai": "attended"}


def test_a_place_that_was_declined_is_not_on_the_register(morning: Morning) -> None:
    with scopes_disabled():
        Encounter.objects.filter(pupil=morning.ben).update(status="declined")
    sheet = morning.sheet(morning.terry).open()
    assert sheet.starts(morning.ben) is None
    assert sheet.starts(morning.ada) == "attended"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"day": TODAY + timedelta(days=1), "status": "planned"}, "Its register can be taken from that day on"),
        ({"day": None, "status": "planned"}, "This activity has no day yet"),
        ({"status": "cancelled"}, "This activity is cancelled, so it has no register"),
        ({"status": "proposed"}, "This activity is proposed, so it has no register"),
    ],
)
def test_a_register_that_cannot_be_taken_says_why(morning: Morning, facts: dict, reason: str) -> None:
    activity = make_activity(morning.school, **facts)
    make_encounter(morning.ada, activity, "booked")
    sheet = morning.sheet(morning.terry, activity).open()
    assert reason in sheet.words
    sheet.fields = {f"mark-{morning.ada.reference}": "attended"}
    sheet.save()
    assert reason in sheet.words
    assert morning.log(activity) == {"Ada": "booked"}


def test_a_register_of_ninety_is_read_in_as_many_queries_as_one_of_three(morning: Morning) -> None:
    sheet = morning.sheet(make_person(morning.school))
    sheet.open()
    with CaptureQueriesContext(connection) as of_three:
        sheet.open()
    for number in range(87):
        make_encounter(make_pupil(morning.school, 9, forename=f"P{number}"), morning.activity, "booked")
    sheet.open()
    with CaptureQueriesContext(connection) as of_ninety:
        sheet.open()
    assert len(sheet.fields) == 180
    assert len(of_ninety) == len(of_three)


def test_it_is_reached_from_today_and_from_the_activity(morning: Morning) -> None:
    client = Client()
    client.force_login(morning.terry)
    where = reverse("encounters:register", args=[morning.activity.reference])
    for page in (reverse("evaluation:today"), reverse("programme:activity", args=[morning.activity.reference])):
        assert where in client.get(page).content.decode()
    client.force_login(make_person(morning.school, "link_governor"))
    for page in (reverse("evaluation:today"), reverse("programme:activity", args=[morning.activity.reference])):
        assert where not in client.get(page).content.decode()
