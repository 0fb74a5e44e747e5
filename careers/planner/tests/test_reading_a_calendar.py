"""A calendar that other programs read: what is in it, who may read it and for how long."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from icalendar import Calendar, Event

from careers.accounts.models import Membership, User
from careers.people.links import digest_of
from careers.planner import calendar_pages
from careers.programme.models import CalendarFeed, Session
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
PAGE = "/planner/calendars/"
SOON = TODAY + timedelta(days=9)


@pytest.fixture
def school() -> Iterator[School]:
    with clock.on(TODAY):
        yield make_school()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address_for(user: User, whose: str = "own") -> str:
    page = as_(user).post(PAGE, {"deed": "make", "whose": whose}).content.decode()
    found = re.search(r'value="http://testserver(/calendar/[^"]+)"', page)
    assert found, page
    return found[1]


def read(address: str) -> list[Event]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).events)


def test_each_kind_of_day_is_shown_as_what_is_known_of_it(school: School) -> None:
    workshop = make_activity(school, title="Workshop", day=SOON, status="planned", year_groups=[9])
    make_activity(school, title="Visit", day=SOON, ends_on=SOON + timedelta(days=1), status="cancelled")
    make_activity(school, title="Fair", day=None, week_of=date(2027, 3, 1), status="proposed")
    make_activity(school, title="Some time", day=None, status="planned")
    with scope(school=school):
        Session.objects.create(
            school=school,
            activity=workshop,
            day=date(2027, 6, 8),
            starts_at=time(9, 30),
            ends_at=time(11),
            location="Hall",
        )
        Session.objects.create(school=school, activity=workshop, day=SOON)
    address = address_for(make_person(school), "school")
    file = Client().get(address).content
    assert {b"BEGIN:VTIMEZONE", b"TZID:Europe/London"} <= set(file.splitlines())
    events = {(str(event["summary"]), event.start): event for event in read(address)}
    nine = datetime(2027, 6, 8, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    timed = events["Workshop", nine]
    assert (timed.end, str(timed["location"]), str(timed["status"])) == (
        nine + timedelta(hours=1.5),
        "Hall",
        "CONFIRMED",
    )
    assert "Year 9" in timed["description"]
    assert events["Workshop", SOON].end == SOON + timedelta(days=1), "a session with no time is the whole day"
    cancelled = events["Visit", SOON]
    assert (cancelled.end, str(cancelled["status"])) == (SOON + timedelta(days=2), "CANCELLED")
    week = events["Fair (this week, day not decided)", date(2027, 3, 1)]
    assert (week.end, str(week["status"])) == (date(2027, 3, 6), "TENTATIVE")
    assert len(events) == 4, "what has neither day nor week is left out"


def test_nothing_about_a_pupil_is_in_a_calendar(school: School) -> None:
    pupil = make_pupil(school, 9, surname="Quillfeather")
    make_encounter(pupil, make_activity(school, "guidance_meeting", title="Meeting", one_to_one=True))
    make_encounter(pupil, make_activity(school, "review", title="Review of a plan"))
    make_encounter(pupil, make_activity(school, "workplace_experience", title="Job at a bakery", part_time_job=True))
    make_encounter(pupil, make_activity(school, title="Talk", note="Quillfeather is to come", purpose="Quillfeather"))
    address = address_for(make_person(school), "school")
    assert [str(event["summary"]) for event in read(address)] == ["Talk"]
    assert b"Quillfeather" not in Client().get(address).content


def test_a_title_from_a_file_is_one_line_and_makes_no_entry_of_its_own(school: School) -> None:
    make_activity(school, title="Fair\rEND:VEVENT\x85BEGIN:VEVENT\u2028URL:https://elsewhere.example", day=SOON)
    school.name = "Beacon\r\nSchool"
    school.save()
    (event,) = read(address := address_for(make_person(school), "school"))
    assert str(event["summary"]) == "Fair END:VEVENT BEGIN:VEVENT URL:https://elsewhere.example"
    lines = re.split("[\r\n\x85\u2028]+", Client().get(address).content.decode())
    assert not any(line.startswith("URL:https://elsewhere") for line in lines)


def test_a_tutor_reads_what_is_for_their_form_and_its_year_group_and_what_they_own(school: School) -> None:
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(make_pupil(school, 9), "9A"))
    make_activity(school, title="For Year 9", year_groups=[9])
    make_activity(school, title="For Year 10", year_groups=[10])
    make_activity(school, title="Theirs", year_groups=[12], owner=tutor)
    assert sorted(str(event["summary"]) for event in read(address_for(tutor))) == ["For Year 9", "Theirs"]


def test_a_persons_calendar_ends_when_they_belong_to_the_school_no_longer(school: School) -> None:
    tutor = make_person(school, "tutor")
    address = address_for(tutor)
    assert Client().get(address).status_code == 200
    with scopes_disabled():
        Membership.objects.filter(user=tutor).delete()
    assert Client().get(address).status_code == 404


def test_a_new_address_ends_the_old_one_and_only_a_digest_is_kept(school: School) -> None:
    tutor = make_person(school, "tutor")
    old = address_for(tutor)
    new = address_for(tutor)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    secret = new.removeprefix("/calendar/").removesuffix(".ics")[12:]
    with scope(school=school):
        feed = CalendarFeed.objects.get()
    assert feed.digest == digest_of(secret)
    assert feed.read_at
    assert secret not in as_(tutor).get(PAGE).content.decode(), "shown once"
    as_(tutor).post(PAGE, {"deed": "end", "whose": "own"})
    assert Client().get(new).status_code == 404


def test_only_who_plans_makes_the_schools_calendar(school: School) -> None:
    assert as_(make_person(school, "tutor")).post(PAGE, {"deed": "make", "whose": "school"}).status_code == 403


def test_the_address_is_in_no_log_even_when_the_page_breaks(
    school: School, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_for(make_person(school), "school")
    secret = address[len("/calendar/") + 12 : -4]
    monkeypatch.setattr(calendar_pages, "activities_in", lambda feed: 1 / 0)
    with caplog.at_level(logging.DEBUG, "django.request"):
        assert Client(raise_request_exception=False).get(address).status_code == 500
    formatter = logging.getLogger("django").handlers[0].formatter
    assert formatter is not None
    written = [formatter.format(record) for record in caplog.records]
    assert any("/calendar/" in line for line in written)
    assert not any(secret in line for line in written)


def test_asking_too_often_is_refused(school: School) -> None:
    statuses = {Client().get("/calendar/nobodys.ics", REMOTE_ADDR="192.0.2.9").status_code for _ in range(121)}
    assert statuses == {404, 429}
