"""Recording what the school itself did, putting it right, and taking it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.audit.record import version_of
from careers.leadership.kinds import FEATURES, KINDS, PARTIES
from careers.leadership.models import Milestone
from careers.schools.models import School
from criteria import tables
from tests.makers import TODAY, make_activity, make_school, stamp_at

DAY = {"date_day": "10", "date_month": "11", "date_year": "2026"}


def only() -> Milestone:
    with scopes_disabled():
        return Milestone.objects.get()


def record(client: Client, kind: str, **answers: Any) -> Any:
    return client.post(f"/school-record/add/{kind}/", {**DAY, "status": "done", **answers})


def save(client: Client, address: str, answers: dict[str, Any]) -> Any:
    return client.post(address, {"stamp": stamp_at(client, address), **answers})


def test_a_survey_is_recorded_with_who_answered(leader: Client, school: School) -> None:
    before = version_of(school)
    page = record(leader, "feedback_gathered", parties=["pupils", "parents"], informed_changes="yes")
    assert page.status_code == 302
    made = only()
    assert (made.school, made.kind, made.date) == (school, "feedback_gathered", date(2026, 11, 10))
    assert (made.parties, made.informed_changes, made.on_website) == (["pupils", "parents"], True, None)
    assert version_of(school) == before + 1


def test_nothing_ticked_is_not_known_and_none_of_these_is_nobody(leader: Client) -> None:
    record(leader, "feedback_gathered")
    assert only().parties is None
    with scopes_disabled():
        Milestone.objects.all().delete()
    record(leader, "feedback_gathered", parties=["none"])
    assert only().parties == []


def test_nobody_cannot_be_ticked_together_with_somebody(leader: Client) -> None:
    page = record(leader, "feedback_gathered", parties=["none", "pupils"])
    assert page.status_code == 422
    assert "choose some of the others" in page.content.decode()


def test_what_is_still_to_come_is_planned_and_has_not_happened(leader: Client) -> None:
    to_come = {"date_day": "1", "date_month": "12", "date_year": "2026"}
    page = record(leader, "alumni_involved", **to_come)
    assert page.status_code == 422
    assert "still to come" in page.content.decode()
    record(leader, "alumni_involved", **to_come, status="planned")
    assert only().status == "planned"


def test_a_careers_leader_who_leaves_is_given_a_last_day(leader: Client) -> None:
    record(leader, "careers_leader_named")
    reference = only().reference
    last = {"until_day": "1", "until_month": "11", "until_year": "2026"}
    page = save(leader, f"/school-record/{reference}/", {**DAY, "status": "done", **last})
    assert page.status_code == 422, "the last day comes before the first"
    last["until_day"] = "20"
    save(leader, f"/school-record/{reference}/", {**DAY, "status": "done", **last})
    assert only().until == date(2026, 11, 20)


def test_a_link_has_the_form_filled_in_with_what_is_missing(leader: Client) -> None:
    page = leader.get("/school-record/add/feedback_gathered/?party=employers").content.decode()
    box = page[page.index('value="employers"') :]
    assert "checked" in box[: box.index(">")]


def test_a_link_with_nonsense_fills_nothing_in(leader: Client) -> None:
    page = leader.get("/school-record/add/feedback_gathered/?party=martians&activity=nothing")
    assert page.status_code == 200
    assert leader.get("/school-record/add/martians/").status_code == 404


def test_more_may_be_said_of_an_activity_of_the_programme(leader: Client, school: School) -> None:
    session = make_activity(school, "staff_development", date(2026, 9, 8), title="Careers in your subject")
    address = f"/school-record/add/staff_development/?activity={session.reference}"
    assert "Careers in your subject" in leader.get(address).content.decode()
    save(leader, address, {**DAY, "status": "done", "parties": ["teachers"]})
    assert only().activity == session


def test_another_schools_activity_is_not_named(leader: Client) -> None:
    other = make_activity(make_school(), "staff_development", title="Somebody else's session")
    address = f"/school-record/add/staff_development/?activity={other.reference}"
    assert "Somebody else" not in leader.get(address).content.decode()


def test_correcting_says_in_the_audit_what_changed_but_not_what_a_note_says(leader: Client) -> None:
    record(leader, "feedback_gathered", parties=["pupils"])
    address = f"/school-record/{only().reference}/"
    save(leader, address, {**DAY, "status": "done", "parties": ["pupils", "employers"], "note": "Jo Hart was cross"})
    event = Event.objects.filter(verb="corrected the school's record").get()
    assert event.detail["changed"]["parties"] == [["pupils"], ["pupils", "employers"]]
    assert event.detail["changed"]["note"] == "changed"


def test_saving_without_a_change_is_no_deed(leader: Client) -> None:
    record(leader, "feedback_gathered", parties=["pupils"])
    save(leader, f"/school-record/{only().reference}/", {**DAY, "status": "done", "parties": ["pupils"]})
    assert not Event.objects.filter(verb="corrected the school's record").exists()


def test_removing_has_to_be_meant(leader: Client) -> None:
    record(leader, "feedback_gathered")
    address = f"/school-record/{only().reference}/remove/"
    leader.post(address)
    assert only()
    leader.post(address, {"remove": "yes", "stamp": stamp_at(leader, address.removesuffix("remove/"))})
    with scopes_disabled():
        assert not Milestone.objects.exists()
    assert Event.objects.filter(verb="removed from the school's record").exists()


def test_naming_the_next_review_records_the_last_one_too(leader: Client, school: School) -> None:
    following = {"next_review_on_day": "1", "next_review_on_month": "9", "next_review_on_year": "2027"}
    last = {"reviewed_on_day": "20", "reviewed_on_month": "11", "reviewed_on_year": "2026"}
    save(leader, "/school-record/review/", {**following, **last})
    school.refresh_from_db()
    assert school.next_review_on == date(2027, 9, 1)
    assert (only().kind, only().date) == ("information_reviewed", date(2026, 11, 20))


def test_the_next_review_comes_after_the_last(leader: Client, school: School) -> None:
    following = {"next_review_on_day": "1", "next_review_on_month": "9", "next_review_on_year": "2026"}
    last = {"reviewed_on_day": "20", "reviewed_on_month": "11", "reviewed_on_year": "2026"}
    assert save(leader, "/school-record/review/", {**following, **last}).status_code == 422
    school.refresh_from_db()
    assert school.next_review_on is None


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("careers_leader", 200),
        ("careers_administrator", 200),
        ("senior_leader", 200),
        ("tutor", 403),
        ("careers_adviser", 403),
        ("link_governor", 403),
    ],
)
def test_the_record_is_kept_by_those_who_answer_for_it(
    signed_in: Callable[[str], Client], role: str, status: int
) -> None:
    assert signed_in(role).get("/school-record/add/feedback_gathered/").status_code == status


def test_every_kind_party_and_feature_has_words_and_nothing_else_has() -> None:
    assert set(KINDS) == set(tables.MILESTONE_TYPES)
    assert set(PARTIES) == set(tables.PARTIES)
    assert set(FEATURES) == set(tables.FEATURES)
    for kind in KINDS.values():
        assert set(kind.parties) <= set(PARTIES)
        assert set(kind.features) <= set(FEATURES)
        assert bool(kind.whom) == bool(kind.parties)
        assert bool(kind.what) == bool(kind.features)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"information_reviewed"}))
def test_every_kind_can_be_recorded_with_a_day_alone(leader: Client, kind: str) -> None:
    assert record(leader, kind).status_code == 302
    assert (only().kind, str(only())) == (kind, KINDS[kind].name)
    assert only().date <= TODAY
