"""A list is pasted or scanned: who is found is shown before anything is saved, and no line is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from lxml import html

from careers.encounters.models import Encounter
from careers.encounters.pasted import lines_of, sought_in
from careers.programme.models import Activity
from careers.pupils.matching import Sought
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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Reed, Ada", Sought(surname="Reed", forename="Ada")),
        ("Ada Reed 9A", Sought(name="Ada Reed", form="9A")),
        ("3. Ada Reed (9A)", Sought(name="Ada Reed", form="9A")),
        ("Reed\tAda\t9A", Sought(surname="Reed", forename="Ada", form="9A")),
        ("Reed,Ada,9A", Sought(surname="Reed", forename="Ada", form="9A")),
        ("a999000121001 ", Sought(upn="A999000121001")),
        ("Ada Reed a.reed@example.org", Sought(email="a.reed@example.org", name="Ada Reed")),
        ("Ada Reed Oak", Sought(name="Ada Reed", form="Oak")),
        ("1\tReed, Ada\t20/11/2026", Sought(surname="Reed", forename="Ada")),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, said: Sought) -> None:
    assert sought_in(line, ["oak"]) == said


def test_a_heading_an_empty_line_and_a_name_twice_are_nothing_more() -> None:
    assert lines_of("Surname\tForename\tForm\n\nReed, Ada\n  \nReed, Ada\n• Ben Reed\n") == ["Reed, Ada", "Ben Reed"]


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school()


@pytest.fixture
def tutor(school: School) -> Client:
    user = make_person(school, "tutor")
    for forename, surname in (("Ada", "Reed"), ("Ben", "Reed"), ("Katherine", "Fletcher")):
        form = put_in_group(make_pupil(school, 9, forename=forename, surname=surname), "9A")
    give_group(user, form)
    client = Client()
    client.force_login(user)
    return client


def log(activity: Activity) -> dict[str, str]:
    with scopes_disabled():
        return dict(Encounter.objects.filter(activity=activity).values_list("pupil__forename", "status"))


class Sheet:
    """The page as somebody has it open, until it is sent."""

    def __init__(self, client: Client, activity: Activity) -> None:
        self.client, self.where = client, f"/programme/{activity.reference}/paste/"
        self.send("look", lines="")

    def send(self, press: str, **given: object) -> Sheet:
        fields = {**getattr(self, "fields", {}), **given, press: "yes"}
        self.answer = self.client.post(self.where, fields, follow=True)
        page = html.fromstring(self.answer.content.decode())
        self.words = " ".join(page.text_content().split())
        self.fields: dict[str, object] = {}
        for form in (each for each in page.forms if each.xpath(".//textarea")):
            for name, value in form.form_values():
                self.fields.setdefault(name, []).append(value)  # type: ignore[attr-defined]
        return self


def test_a_meeting_of_a_pupil_beyond_reach_has_no_register_and_takes_no_list(school: School, tutor: Client) -> None:
    meeting = make_activity(school, "guidance_meeting", title="Meeting of somebody else", one_to_one=True)
    make_encounter(make_pupil(school, 9), meeting)
    for page in ("register", "paste"):
        where = f"/programme/{meeting.reference}/{page}/"
        assert [tutor.get(where).status_code, tutor.post(where, {"lines": "Reed, Ada"}).status_code] == [404, 404]
    assert len(log(meeting)) == 1
    assert "Meeting of somebody else" not in tutor.get("/record/").content.decode()


def test_the_sure_are_marked_the_doubtful_asked_about_and_the_rest_kept(school: School, tutor: Client) -> None:
    fair = make_activity(school, title="Fair", status="planned")
    sheet = Sheet(tutor, fair).send("look", lines="Reed, Ada\nKatharine Fletcher\nSomebody Unknown")
    assert "Found: 1" in sheet.words
    assert "Nobody has exactly this name" in sheet.words
    assert "Not found: 1" in sheet.words
    assert log(fair) == {}
    sheet.send("save")
    assert log(fair) == {"Ada": "attended"}
    assert "1 pupil marked attended" in sheet.words
    assert sheet.fields["line"] == ["Katharine Fletcher"]
    assert "Somebody Unknown" in str(sheet.fields["lines"])
    with scopes_disabled():
        katherine = Pupil.objects.get(forename="Katherine")
    sheet.send("look", **{"chosen-0": katherine.reference, "lines": "Ben Reed"}).send("save")
    assert log(fair) == {"Ada": "attended", "Katherine": "attended", "Ben": "attended"}
    assert "/paste/" not in sheet.answer.redirect_chain[-1][0]


def test_what_is_typed_and_not_yet_shown_is_not_saved(school: School, tutor: Client) -> None:
    fair = make_activity(school, title="Fair", status="planned")
    sheet = Sheet(tutor, fair).send("look", lines="Reed, Ada").send("save", lines="Ben Reed")
    assert log(fair) == {"Ada": "attended"}
    assert "Found: 1" in sheet.words
    sheet.send("save")
    assert log(fair) == {"Ada": "attended", "Ben": "attended"}


def test_on_an_activity_to_come_they_are_booked(school: School, tutor: Client) -> None:
    fair = make_activity(school, title="Fair", status="planned", day=TODAY + timedelta(days=9))
    Sheet(tutor, fair).send("look", lines="Reed, Ada\nReed, Ben").send("save")
    assert log(fair) == {"Ada": "booked", "Ben": "booked"}


def test_nobody_out_of_reach_is_found_or_marked(school: School, tutor: Client) -> None:
    far = make_pupil(school, 9, forename="Cai", surname="Far")
    fair = make_activity(school, title="Fair", status="planned")
    sheet = Sheet(tutor, fair).send("look", lines=far.upn, pupil=[far.reference])
    assert "No pupil here has this UPN" in sheet.words
    sheet.send("save", pupil=[far.reference])
    assert log(fair) == {}


def test_a_mark_given_meanwhile_stays(school: School, tutor: Client) -> None:
    fair = make_activity(school, title="Fair")
    sheet = Sheet(tutor, fair).send("look", lines="Reed, Ada")
    with scopes_disabled():
        ada = Pupil.objects.get(forename="Ada")
    make_encounter(ada, fair, "absent")
    sheet.send("save")
    assert log(fair) == {"Ada": "absent"}
    assert "left as they marked: Ada Reed" in sheet.words


def test_a_cancelled_activity_says_so(school: School, tutor: Client) -> None:
    fair = make_activity(school, title="Fair", status="cancelled")
    answer = tutor.post(f"/programme/{fair.reference}/paste/", {"lines": "Reed, Ada"})
    assert answer.status_code == 409
    assert "This activity is cancelled" in answer.content.decode()
