"""What is recorded from one page: registers that wait, a conversation, a lesson linked to a career."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from lxml import html

from careers.accounts.models import User
from careers.audit.models import Event
from careers.encounters.models import Conversation, EarlierMark, Encounter
from careers.programme.models import Activity, ActivityGroup
from careers.pupils.models import Group, Pupil
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
    stamp_at,
)

pytestmark = pytest.mark.django_db
NOTE, LESSON = "/record/conversation/", "/record/lesson/"
DAY = {"day_day": "20", "day_month": "11", "day_year": "2026"}


@dataclass
class Form9A:
    school: School
    ada: Pupil
    ben: Pupil
    form: Group
    terry: User
    tutor: Client

    def log(self, title: str) -> dict[str, str]:
        with scopes_disabled():
            rows = Encounter.objects.filter(activity__title=title)
            return dict(rows.values_list("pupil__forename", "status"))


@pytest.fixture
def form9a() -> Iterator[Form9A]:
    with clock.on(TODAY):
        school = make_school()
        ada, ben = (make_pupil(school, 9, forename=name, surname="Reed", form="9A") for name in ("Ada", "Ben"))
        form = _group(ada)
        terry = make_person(school, "tutor", name="Terry Tutor")
        give_group(terry, form)
        client = Client()
        client.force_login(terry)
        yield Form9A(school, ada, ben, form, terry, client)


def _group(pupil: Pupil, name: str = "9A") -> Group:
    with scopes_disabled():
        return Group.objects.get(school=pupil.school, name=name)


def words(answer: HttpResponse) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def test_a_register_taken_in_part_says_how_much_of_it(form9a: Form9A) -> None:
    assembly = make_activity(form9a.school, title="Assembly", year_groups=[9], whole_cohort=True)
    make_encounter(form9a.ada, assembly, "absent")
    for page in ("/", "/record/"):
        assert "Assembly, part taken: 1 of 2" in words(form9a.tutor.get(page)).replace(
            "Assembly part", "Assembly, part"
        )
    said = words(form9a.tutor.get(f"/programme/{assembly.reference}/register/"))
    assert "Part taken: 1 of 2, by an import" in said
    assert "The other 1 is not marked yet" in said
    assert "Not marked yet" in said
    make_encounter(form9a.ben, assembly, "attended")
    assert "part taken" not in words(form9a.tutor.get("/"))


def test_a_visit_of_some_is_not_awaited_of_the_rest_of_the_form(form9a: Form9A) -> None:
    visit = make_activity(form9a.school, title="Visit", year_groups=[9])
    make_encounter(form9a.ada, visit, "attended")
    assert "Visit, taken" in words(form9a.tutor.get("/"))
    said = words(form9a.tutor.get(f"/programme/{visit.reference}/register/"))
    assert "Reed, Ada" in said
    assert "Reed, Ben" not in said


@pytest.mark.parametrize("whole", [True, False, None])
def test_a_head_of_year_is_told_of_the_form_that_it_was_for_and_not_of_the_year_group(form9a: Form9A, whole) -> None:
    give_group(form9a.terry, _group(make_pupil(form9a.school, 9, form="9B"), "9B"))
    day = make_activity(form9a.school, title="Day of 9A", year_groups=[9], whole_cohort=whole)
    with scopes_disabled():
        ActivityGroup.objects.create(school=form9a.school, activity=day, group=form9a.form)
    make_encounter(form9a.ada, day, "attended")
    assert "part taken: 1 of 2" in words(form9a.tutor.get("/record/"))
    make_encounter(form9a.ben, day, "attended")
    assert "part taken" not in words(form9a.tutor.get("/record/"))


def test_how_many_are_to_mark_is_not_said_where_it_is_for_some_of_a_year_group(form9a: Form9A) -> None:
    make_activity(form9a.school, title="Club", year_groups=[9], whole_cohort=False)
    said = words(form9a.tutor.get("/record/"))
    assert "Club" in said
    assert "to mark" not in said


def test_a_mark_changed_after_the_day_says_that_it_was_changed_later(form9a: Form9A) -> None:
    fair = make_activity(form9a.school, title="Fair", day=TODAY - timedelta(days=3))
    held = make_encounter(form9a.ada, fair, "absent")
    where = f"/programme/{fair.reference}/register/"
    with scopes_disabled():
        EarlierMark.objects.create(
            school=form9a.school, encounter=held, status="attended", recorded_at=held.recorded_at
        )
    assert "changed later" in words(form9a.tutor.get(where))


def test_the_record_page_holds_what_waits_for_a_tutor_and_nothing_else(form9a: Form9A) -> None:
    make_activity(form9a.school, title="Todays talk", year_groups=[9])
    late = make_activity(form9a.school, title="Last weeks visit", day=TODAY - timedelta(days=7))
    make_encounter(form9a.ada, late, "booked")
    make_activity(form9a.school, title="Year 12 fair", year_groups=[12])
    others = make_activity(form9a.school, title="Trip of others")
    make_encounter(make_pupil(form9a.school, 9), others, "booked")
    said = words(form9a.tutor.get("/record/"))
    assert "Todays talk 2 to mark" in said
    assert "Last weeks visit Sun 15 Nov, 1 to mark" in said
    assert "Year 12 fair" not in said
    assert "Trip of others" not in said


def test_an_activity_that_names_a_group_opens_on_it(form9a: Form9A) -> None:
    give_group(form9a.terry, put_in_group(form9a.ada, "9 Chess", kind="other"))
    chess = make_activity(form9a.school, title="Chess", year_groups=[9])
    page = words(form9a.tutor.get("/record/"))
    assert "9A" in page
    assert "9 Chess" in page
    with scopes_disabled():
        ActivityGroup.objects.create(school=form9a.school, activity=chess, group=form9a.form)
    said = form9a.tutor.get(f"/programme/{chess.reference}/register/").content.decode()
    assert said.count("tp-register__line") == 2


def test_the_record_page_asks_as_much_of_many_registers_as_of_few(form9a: Form9A) -> None:
    def queries() -> int:
        form9a.tutor.get("/record/")
        with CaptureQueriesContext(connection) as asked:
            form9a.tutor.get("/record/")
        return len(asked)

    make_activity(form9a.school, year_groups=[9])
    few = queries()
    for number in range(6):
        make_activity(form9a.school, title=f"Talk {number}", year_groups=[9])
        make_pupil(form9a.school, 9, form=f"9{number}")
    assert queries() == few


def test_a_register_sent_by_the_page_is_told_where_to_go_next(form9a: Form9A) -> None:
    talk = make_activity(form9a.school, title="Talk", year_groups=[9])
    fields = {f"mark-{pupil.reference}": "attended" for pupil in (form9a.ada, form9a.ben)}
    where = f"/programme/{talk.reference}/register/"
    answer = form9a.tutor.post(where, fields, headers={"accept": "application/json"})
    assert answer.json() == {"next": f"/programme/{talk.reference}/"}
    assert form9a.log("Talk") == {"Ada": "attended", "Ben": "attended"}


def test_a_tutor_notes_a_conversation_once(form9a: Form9A) -> None:
    sent = {
        "pupil": "Reed, Ada", **DAY, "text": "Wants to be a surveyor.", "told": ["aspiration"],
        "stamp": stamp_at(form9a.tutor, NOTE),
    }  # fmt: skip
    for _ in range(2):  # the button is pressed twice
        assert form9a.tutor.post(NOTE, sent).status_code == 302
    with scopes_disabled():
        said = Conversation.objects.select_related("encounter__activity").get()
    activity = said.encounter.activity
    assert (said.encounter.pupil_id, said.encounter.status) == (form9a.ada.pk, "attended")
    assert (activity.title, activity.type, activity.one_to_one) == ("Conversation with Terry Tutor", "review", True)
    assert (activity.records_aspiration, activity.records_intention) == (True, False)
    assert (activity.adviser_level, activity.employment_focus) == (None, False)
    event = Event.objects.get(verb="noted a conversation")
    assert "surveyor" not in str(event.detail)
    # Gone back to, and sent for another pupil: that is another conversation.
    form9a.tutor.post(NOTE, {**sent, "pupil": "Ben Reed"})
    with scopes_disabled():
        assert Conversation.objects.count() == 2


def test_a_conversation_is_read_on_the_pupils_page_by_staff_who_record(form9a: Form9A) -> None:
    form9a.tutor.post(NOTE, {"pupil": form9a.ada.upn, **DAY, "text": "Wants to be a surveyor."})
    assert "Wants to be a surveyor" in words(form9a.tutor.get(f"/pupils/{form9a.ada.reference}/"))
    other = Client()
    other.force_login(make_person(form9a.school, "tutor"))
    assert other.get(f"/pupils/{form9a.ada.reference}/").status_code == 404
    lead = Client()
    lead.force_login(make_person(form9a.school, "trust_lead"))
    School.objects.filter(pk=form9a.school.pk).update(names_to_trust=True)
    answer = lead.get(f"/pupils/{form9a.ada.reference}/")
    assert answer.status_code == 200
    assert "surveyor" not in words(answer)


def test_a_name_two_pupils_share_is_asked_about(form9a: Form9A) -> None:
    twin = make_pupil(form9a.school, 9, forename="Ada", surname="Reed")
    group = put_in_group(twin, "9 Art", kind="class")
    give_group(form9a.terry, group)
    sent = {"pupil": "Ada Reed", **DAY, "text": "Talked."}
    answer = form9a.tutor.post(NOTE, sent)
    assert answer.status_code == 422
    assert "2 pupils have this name" in words(answer)
    assert form9a.tutor.post(NOTE, {**sent, "which": twin.reference}).status_code == 302
    with scopes_disabled():
        assert Conversation.objects.get().encounter.pupil_id == twin.pk


def test_nobody_is_noted_whom_the_tutor_does_not_see_nor_on_a_day_to_come(form9a: Form9A) -> None:
    stranger = make_pupil(form9a.school, 9, forename="Cai", surname="Far")
    answer = form9a.tutor.post(NOTE, {"pupil": stranger.upn, **DAY, "text": "Talked.", "which": stranger.reference})
    assert "of the pupils you see" in words(answer)
    late = {"day_day": "23", "day_month": "11", "day_year": "2026"}
    answer = form9a.tutor.post(NOTE, {"pupil": "Ada Reed", **late, "text": "Talked."})
    assert "The day must be today or earlier" in words(answer)
    with scopes_disabled():
        assert not Conversation.objects.exists()


def test_a_teacher_links_a_lesson_with_one_press(form9a: Form9A) -> None:
    group = put_in_group(form9a.ada, "9 Chemistry", kind="class", subject="Chemistry")
    put_in_group(form9a.ben, "9 Chemistry", kind="class")
    give_group(form9a.terry, group)
    make_pupil(form9a.school, 9, forename="Gone", left_on=TODAY - timedelta(days=1))
    sent = {"group": group.reference, "career": "pharmacist", "stamp": stamp_at(form9a.tutor, LESSON)}
    for _ in range(2):
        answer = form9a.tutor.post(LESSON, sent, follow=True)
    assert form9a.log("Chemistry: pharmacist") == {"Ada": "attended", "Ben": "attended"}
    with scopes_disabled():
        activity = Activity.objects.get(title="Chemistry: pharmacist")
    assert (activity.type, activity.subject, activity.career_relevance) == ("curriculum_link", "Chemistry", True)
    assert (activity.status, activity.year_groups, activity.owner_id) == ("delivered", [9], form9a.terry.pk)
    assert "If anybody was absent, mark them here" in words(answer)
    assert Event.objects.filter(verb="linked a lesson to a career").count() == 1
    # The form's own subject is wanted where the group has none.
    assert form9a.tutor.post(LESSON, {"group": form9a.form.reference, "career": "baker"}).status_code == 422
    form9a.tutor.post(LESSON, {"group": form9a.form.reference, "career": "baker", "subject": "chemistry"})
    assert form9a.log("Chemistry: baker") == {"Ada": "attended", "Ben": "attended"}
