"""A provider asks a school for access by its public form, or by telephone; nobody has to sign in."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from careers.audit.models import Event
from careers.provider_access.models import ProviderRequest
from careers.provider_access.promises import working_days_after
from careers.schools.models import School
from tests.makers import make_school, stamp_at

WHOLE = {
    "organisation": "Harrow Hill Motor Skills",
    "contact_name": "Dele Farrant",
    "email": "access@harrowhill.example.org",
    "year_groups": ["9"],
    "settings": ["assembly"],
    "contents": ["about_provider", "questions_answered"],
}


def form_of(school: School) -> str:
    return f"/provider-access/{school.reference}/"


def test_the_form_is_there_only_where_the_school_has_published_how_to_ask(school: School, stranger: Client) -> None:
    assert stranger.get(form_of(school)).status_code == 404
    assert stranger.get(f"{form_of(school)}statement/").status_code == 404


def test_a_provider_asks_gets_a_reference_and_the_day_the_school_promised(
    published: School, stranger: Client, django_capture_on_commit_callbacks
) -> None:
    page = stranger.get(form_of(published)).content.decode()
    assert "You will hear within 10 working days" in page
    assert "What happens with what you write" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = stranger.post(
            form_of(published), WHOLE | {"stamp": stamp_at(stranger, form_of(published))}, follow=True
        )
    made = ProviderRequest.objects.get()
    assert (made.came, made.answer_by, made.contents) == (
        "form",
        date(2026, 12, 4),
        ["about_provider", "questions_answered"],
    )
    receipt = answer.content.decode()
    assert made.reference in receipt
    assert "4 December 2026" in receipt
    assert "Farrant" not in receipt
    assert "Harrow" not in receipt
    [message] = mail.outbox
    assert message.to == ["access@harrowhill.example.org"]
    assert made.reference in message.body
    assert "Dele" not in message.body
    assert "Harrow" not in message.subject + message.body
    made.refresh_from_db()
    assert made.confirmed is True
    event = Event.objects.get(verb="received a provider's request")
    assert event.actor_id is None
    assert "Harrow" not in str(event.detail)


def test_the_button_pressed_twice_asks_once(published: School, stranger: Client) -> None:
    stamp = stamp_at(stranger, form_of(published))
    first, second = (stranger.post(form_of(published), WHOLE | {"stamp": stamp}) for _ in range(2))
    assert ProviderRequest.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_program_that_fills_in_every_box_is_refused_and_told_why(published: School, stranger: Client) -> None:
    answer = stranger.post(form_of(published), WHOLE | {"website": "http://spam.example"})
    assert answer.status_code == 422
    assert "This box must be empty" in answer.content.decode()
    assert not ProviderRequest.objects.exists()


def test_very_many_requests_from_one_place_are_stopped(
    published: School, stranger: Client, settings: pytest.FixtureRequest
) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_for_access": "2/h/ip"}  # type: ignore[attr-defined]
    statuses = [stranger.post(form_of(published), {"organisation": ""}).status_code for _ in range(3)]
    cache.clear()
    assert statuses == [422, 422, 429]


def test_somebody_elses_address_is_written_to_twice_a_day_at_most(
    published: School, stranger: Client, django_capture_on_commit_callbacks
) -> None:
    cache.clear()
    for typed in ("neighbour@example.org", "NEIGHBOUR@example.org", "neighbour+3@example.org", "neighbour@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            assert stranger.post(form_of(published), WHOLE | {"email": typed}).status_code == 302
    cache.clear()
    assert ProviderRequest.objects.count() == 4, "each is on record all the same"
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("name", ["See https://win.example/now", "Look at www.win.example", "win.com", "a@b.example"])
def test_a_name_that_would_lead_the_reader_of_a_reply_elsewhere_is_refused(
    published: School, stranger: Client, name: str
) -> None:
    assert stranger.post(form_of(published), WHOLE | {"contact_name": name}).status_code == 422


def test_a_receipt_opens_at_its_own_school_only(published: School, stranger: Client) -> None:
    stranger.post(form_of(published), WHOLE)
    made = ProviderRequest.objects.get()
    other = make_school("Other School")
    assert stranger.get(f"/provider-access/{other.reference}/received/{made.reference}/").status_code == 404


def test_a_telephone_call_is_recorded_by_hand_and_what_was_not_said_is_not_made_up(
    published: School, client: Client
) -> None:
    sent = {"organisation": "Wexcombe <b>College</b>", "came": "phone"}
    day = {"received_on_day": "10", "received_on_month": "11", "received_on_year": "2026"}
    stamp = stamp_at(client, "/provider-access/requests/add/")
    page = client.post("/provider-access/requests/add/", sent | day | {"stamp": stamp}, follow=True).content.decode()
    made = ProviderRequest.objects.get()
    assert (made.year_groups, made.contents, made.answer_by) == ([], [], date(2026, 11, 24))
    assert "not said" in page
    assert "Wexcombe &lt;b&gt;College&lt;/b&gt;" in page
    assert "<b>College" not in page


def test_working_days_pass_over_saturdays_and_sundays() -> None:
    assert working_days_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_days_after(date(2026, 11, 22), 10) == date(2026, 12, 4)
