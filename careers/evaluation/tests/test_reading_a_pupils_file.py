"""A pupil's page: where they stand, why, what next, the journey, and that somebody looked."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.audit.models import Event
from careers.partners.models import Partner
from careers.programme.models import ActivityPartner
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import (
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)

pytestmark = pytest.mark.django_db

MEANINGFUL = {
    **dict.fromkeys(("purpose_shared_with_partner", "purpose_shared_with_pupils", "learning_outcomes_set"), True),
    **dict.fromkeys(("reflection_after", "about_work", "met_range_of_people"), True),
    "two_way": "extensive",
}


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(school, 9, forename="Ada", surname="Abara", form="9A")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def leader(school: School) -> Client:
    return signed_in(make_person(school, name="Lee Leader"))


def address(pupil: Pupil) -> str:
    return f"/pupils/{pupil.reference}/"


def answer_on(page, criterion: str):
    return next(answer for answer in page.context["file"].answers if answer.criterion.id == criterion)


def test_it_says_who_the_pupil_is_and_where_they_stand(leader: Client, pupil: Pupil) -> None:
    words = leader.get(address(pupil)).content.decode()
    for expected in ("Ada Abara", "Year 9, 9A", pupil.upn, "Benchmark 5", "Provider access"):
        assert expected in words


def test_it_shows_the_same_standing_as_the_list(leader: Client, pupil: Pupil, school: School) -> None:
    make_encounter(pupil, make_activity(school, **MEANINGFUL))
    page = leader.get(address(pupil))
    found = leader.get("/pupils/")
    states = [str(section.state.value) for section in page.context["file"].sections]
    assert len(states) == 8
    for state, mark in zip(states, found.context["rows"][0][2], strict=True):
        assert {"met": "--met", "due": "--due", "cannot_tell": "--unknown", "missed": "--missed"}[state] in mark


def test_what_counted_is_named(leader: Client, pupil: Pupil, school: School) -> None:
    make_encounter(pupil, make_activity(school, title="Harbour Foods visit", **MEANINGFUL))
    answer = answer_on(leader.get(address(pupil)), "gb5.2025.school.1")
    assert answer.state == "met"
    assert [(words, [n.encounter["title"] for n in noted]) for words, noted in answer.evidence] == [
        ("Counted", ["Harbour Foods visit"])
    ]


def test_what_nearly_counted_says_what_it_lacks_and_what_next(leader: Client, pupil: Pupil, school: School) -> None:
    make_encounter(pupil, make_activity(school, title="Assembly", **(MEANINGFUL | {"two_way": "none"})))
    page = leader.get(address(pupil))
    answer = answer_on(page, "gb5.2025.school.1")
    assert answer.state == "due"
    ((words, noted),) = answer.evidence
    assert words == "Nearly counted"
    assert noted[0].words == ("there was no two-way interaction",)
    assert answer in page.context["file"].to_do


def test_what_is_not_recorded_is_said_as_the_next_thing_to_do(leader: Client, pupil: Pupil, school: School) -> None:
    make_encounter(pupil, make_activity(school, title="Fair", **(MEANINGFUL | {"two_way": ""})))
    answer = answer_on(leader.get(address(pupil)), "gb5.2025.school.1")
    assert answer.state == "cannot_tell"
    assert answer.next == "Fair: how much two-way interaction there was is not recorded."


def test_what_was_missed_is_apart_from_what_is_wanted_next(leader: Client, school: School) -> None:
    page = leader.get(address(make_pupil(school, 11)))
    file = page.context["file"]
    assert "PA 1" in [answer.criterion.number for answer in file.missed]
    assert "PA 2" in [answer.criterion.number for answer in file.to_do]
    assert not {answer.state for answer in file.to_do} & {"missed"}
    assert "0 of 2 encounters with different providers by 28 February 2025." in page.content.decode()


def test_more_than_is_needed_is_not_said_as_a_share(leader: Client, pupil: Pupil, school: School) -> None:
    for _ in range(2):
        make_encounter(pupil, make_activity(school, **MEANINGFUL))
    assert answer_on(leader.get(address(pupil)), "gb5.2025.school.1").so_far.startswith("2 ")
    assert "2 of 1" not in leader.get(address(pupil)).content.decode()


def test_the_journey_is_by_academic_year_with_partners_and_what_is_planned(
    leader: Client, pupil: Pupil, school: School
) -> None:
    past = make_activity(school, day=date(2025, 3, 4), title="Tannery visit")
    make_encounter(pupil, past)
    make_encounter(pupil, make_activity(school, day=date(2027, 3, 4), title="Next fair", status="planned"), "booked")
    with scopes_disabled():
        partner = Partner.objects.create(school=school, name="Ash Tannery", kind="employer")
        ActivityPartner.objects.create(school=school, activity=past, partner=partner)
    page = leader.get(address(pupil))
    years = page.context["years"]
    assert [(str(y.year), y.year_group, [s.title for s in y.steps]) for y in years] == [
        ("2026/27", 9, ["Next fair"]),
        ("2024/25", 7, ["Tannery visit"]),
    ]
    assert years[0].steps[0].planned
    assert "Ash Tannery" in page.content.decode()
    assert page.context["timeline"].years == ["Y7", "Y8", "Y9"]


def test_it_can_be_asked_as_at_an_earlier_day_and_under_an_earlier_edition(leader: Client, pupil: Pupil) -> None:
    page = leader.get(address(pupil), {"as_at": "2025-06-01", "edition": "gatsby-2014"})
    assert "Year 7" in page.content.decode()
    assert page.context["frameworks"][0].id == "gatsby-2014"


def test_on_a_day_before_the_pupil_joined_there_is_nothing_to_say(leader: Client, pupil: Pupil) -> None:
    page = leader.get(address(pupil), {"as_at": "2020-01-01"})
    assert "was not on roll on 1 January 2020" in page.content.decode()


def test_opening_it_is_written_in_the_audit_and_changes_nothing(leader: Client, pupil: Pupil, school: School) -> None:
    leader.get(address(pupil))
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.changes) == ("opened a pupil's file", str(pupil.pk), False)
    assert event.school_id == school.pk


def test_those_who_may_see_the_audit_see_who_looked(leader: Client, pupil: Pupil, school: School) -> None:
    tutor = make_person(school, "tutor", name="Terry Tutor")
    give_group(tutor, put_in_group(pupil, "9A tutor group"))
    own = signed_in(tutor).get(address(pupil))
    assert own.context["lookers"] is None
    assert "Terry Tutor" in [deed.who for deed in leader.get(address(pupil)).context["lookers"]]


def test_a_tutor_reads_only_the_end_of_a_upn(pupil: Pupil, school: School) -> None:
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(pupil, "9A tutor group"))
    words = signed_in(tutor).get(address(pupil)).content.decode()
    assert pupil.upn not in words
    assert f"Ends in {pupil.upn[-3:]}" in words


def test_a_tutor_cannot_tell_whether_there_is_a_pupil_they_do_not_look_after(pupil: Pupil, school: School) -> None:
    client = signed_in(make_person(school, "tutor"))
    assert client.get(address(pupil)).status_code == 404
    assert client.get("/pupils/234567abcdef/").status_code == 404
    assert not Event.objects.exists()


def test_a_tutor_cannot_open_another_schools_pupil(pupil: Pupil) -> None:
    client = signed_in(make_person(make_school("Another School"), "careers_leader"))
    assert client.get(address(pupil)).status_code == 404


def test_a_page_takes_as_many_queries_for_a_long_log_as_for_a_short_one(
    leader: Client, pupil: Pupil, school: School, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    make_encounter(pupil, make_activity(school))
    leader.get(address(pupil))
    with django_assert_max_num_queries(30) as short:
        leader.get(address(pupil))
    for _ in range(30):
        make_encounter(pupil, make_activity(school, **MEANINGFUL))
    with django_assert_num_queries(len(short)):
        leader.get(address(pupil))
