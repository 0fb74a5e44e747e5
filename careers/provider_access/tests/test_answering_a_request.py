"""A request is answered on a ground the statement names, and becomes an activity with what was said of it and no more."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.provider_access.limits import limits_in
from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.tests.conftest import CLASH, FITS
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_school, stamp_at

HEARD = {"replied_on_day": "22", "replied_on_month": "11", "replied_on_year": "2026"}


@pytest.fixture
def asked(published: School) -> ProviderRequest:
    return ProviderRequest.objects.create(
        school=published, received_on=TODAY, answer_by=date(2026, 12, 4), organisation="Tarnside College",
        contact_name="Iwan Askew", email="schools@tarnside.example.org", year_groups=[9], settings=["assembly"],
        contents=["about_provider", "about_careers", "about_learning_there"], basis=["t_level"],
    )  # fmt: skip


def at(asked: ProviderRequest, page: str = "") -> str:
    return f"/provider-access/requests/{asked.reference}/{page}"


def answer(client: Client, asked: ProviderRequest, **given: Any) -> Any:
    stamp = given.pop("stamp", None) or stamp_at(client, at(asked, "decide/"))
    return client.post(at(asked, "decide/"), {**HEARD, "stamp": stamp, **given})


def accept(client: Client, asked: ProviderRequest, **given: Any) -> Any:
    usual = {"outcome": "accepted", "ground": "for-0", "year_groups": ["9"], "give": "told"}
    return answer(client, asked, **{**usual, **given})


def test_the_reply_is_shown_before_it_goes_and_nothing_is_recorded_until_then(
    asked: ProviderRequest, client: Client
) -> None:
    page = accept(client, asked, give="").content.decode()
    assert "Dear Iwan Askew" in page
    assert FITS in page
    assert "what learning or training" in page
    assert not Decision.objects.exists()
    assert not mail.outbox


def test_an_answer_is_recorded_with_its_ground_and_sent(
    asked: ProviderRequest, client: Client, leader: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        accept(client, asked, give="send")
    given = Decision.objects.get()
    assert (given.ground, given.in_statement, given.decided_by, given.emailed) == (FITS, True, leader, True)
    [message] = mail.outbox
    assert message.to == [asked.email]
    assert FITS in message.body


def test_a_ground_for_refusing_cannot_be_a_ground_for_giving(asked: ProviderRequest, client: Client) -> None:
    assert answer(client, asked, outcome="refused", ground="for-0", give="told").status_code == 422
    assert accept(client, asked, ground="against-0").status_code == 422
    assert answer(client, asked, outcome="refused", ground="against-0", give="told").status_code == 302
    assert Decision.objects.get().ground == CLASH


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"limits": ["some_pupils"]}, "may not be kept to chosen pupils"),
        ({"words": "You are welcome at our parents' evening."}, "not in the standard school day"),
        ({"words": "Please come after school on Friday."}, "reasonable time in the standard school day"),
        ({"in_school_day": "no"}, "reasonable time in the standard school day"),
        ({"whole_cohort": "no"}, "may not be kept to chosen pupils"),
    ],
)
def test_a_limit_that_the_law_does_not_allow_is_warned_of_with_its_source(
    asked: ProviderRequest, client: Client, words: dict[str, Any], told: str
) -> None:
    page = accept(client, asked, outcome="changed", give="", **words).content.decode()
    assert told in page
    assert "legislation.gov.uk" in page or "stoneking.co.uk" in page


def test_an_answer_that_limits_nothing_warns_of_nothing(asked: ProviderRequest, client: Client) -> None:
    assert (
        "govuk-warning-text"
        not in accept(client, asked, give="", words="The whole of Year 9 will be there.").content.decode()
    )
    assert limits_in("Every pupil of the year group, in the morning") == []


def test_a_later_answer_keeps_the_earlier_one_and_the_same_answer_twice_is_one(
    asked: ProviderRequest, client: Client
) -> None:
    stamp = stamp_at(client, at(asked, "decide/"))
    for _ in range(2):
        assert answer(client, asked, outcome="refused", ground="against-0", give="told", stamp=stamp).status_code == 302
    assert Decision.objects.count() == 1
    accept(client, asked)
    page = client.get(at(asked)).content.decode()
    assert "The answer: accepted" in page
    assert "An earlier answer: refused" in page


def test_two_people_who_answer_at_once_do_not_both_answer(
    asked: ProviderRequest, client: Client, school: School
) -> None:
    other = Client()
    other.force_login(make_person(school))
    stamp = stamp_at(client, at(asked, "decide/"))
    accept(other, asked)
    late = answer(client, asked, outcome="refused", ground="against-0", give="told", stamp=stamp)
    assert late.status_code == 409
    assert "Somebody has answered" in late.content.decode()
    assert Decision.objects.get().outcome == "accepted"


def test_an_accepted_request_becomes_one_activity_with_what_was_said_and_the_rest_unknown(
    asked: ProviderRequest, client: Client, school: School
) -> None:
    there = Partner.objects.create(school=school, kind="provider", name="The Tarnside College Ltd.")
    accept(client, asked, agreed_on_day="3", agreed_on_month="2", agreed_on_year="2027", in_school_day="yes")
    for _ in range(2):
        client.post(at(asked, "activity/"))
    made = Activity.objects.get()
    assert list(made.partners.all()) == [there]
    assert Partner.objects.count() == 1
    assert (made.type, made.starts_on, made.year_groups, made.in_school_day) == (
        "provider_encounter", date(2027, 2, 3), [9], True,
    )  # fmt: skip
    assert (made.about_provider, made.questions_answered, made.whole_cohort) == (None, None, None), (
        "a promise is no fact"
    )
    there.refresh_from_db()
    assert there.pal_eligible is None, "what a provider says of itself was not checked"
    assert made.title in client.get(at(asked)).content.decode()
    assert at(asked) in client.get(f"/provider-access/occasions/{made.reference}/").content.decode()


def test_what_was_checked_of_a_providers_approval_is_recorded_with_the_new_partner(
    asked: ProviderRequest, client: Client
) -> None:
    accept(client, asked, approved="yes")
    client.post(at(asked, "activity/"))
    made = Partner.objects.get()
    assert made.pal_eligible is True
    assert made.bases == ["t_level"]
    assert Activity.objects.get().status == "proposed"


def test_a_refused_request_does_not_become_an_activity(asked: ProviderRequest, client: Client) -> None:
    answer(client, asked, outcome="refused", ground="against-0", give="told")
    client.post(at(asked, "activity/"))
    assert not Activity.objects.exists()


def test_open_requests_come_first_and_an_overdue_one_is_marked_in_words(
    asked: ProviderRequest, client: Client, school: School
) -> None:
    accept(client, asked)
    for name, by in (("Later College", date(2026, 12, 9)), ("Waiting College", date(2026, 11, 20))):
        ProviderRequest.objects.create(school=school, received_on=date(2026, 11, 6), answer_by=by, organisation=name)
    page = client.get("/provider-access/requests/").content.decode()
    assert page.index("Waiting College") < page.index("Later College") < page.index("Tarnside College")
    assert page.count("▲ Overdue") == 1


def test_the_log_is_taken_out_with_every_answer_and_runs_nothing_in_a_spreadsheet(
    asked: ProviderRequest, client: Client
) -> None:
    ProviderRequest.objects.filter(pk=asked.pk).update(offer='=HYPERLINK("http://evil.example")')
    answer(client, asked, outcome="refused", ground="against-0", give="told")
    accept(client, asked)
    body = client.get("/provider-access/requests/log.csv").content.decode("utf-8-sig")
    heads, *rows = csv.reader(StringIO(body))
    assert [row[heads.index("Answer")] for row in rows] == ["Accepted", "Refused"]
    assert all(len(row) == len(heads) for row in rows)
    assert rows[0][heads.index("Offer in words")].startswith("'=")
    assert client.get("/provider-access/requests/log.xlsx").content[:2] == b"PK"


def test_another_schools_request_is_as_if_there_were_none(asked: ProviderRequest) -> None:
    elsewhere = make_school("Other School")
    visitor = Client()
    visitor.force_login(make_person(elsewhere))
    assert {visitor.get(at(asked, page)).status_code for page in ("", "decide/")} == {404}
    assert visitor.post(at(asked, "activity/")).status_code == 404
    with scope(school=elsewhere):
        assert visitor.get("/provider-access/requests/").content.decode().count("Tarnside") == 0
