"""What is sensitive about a pupil, and one-to-one meetings: who is shown them, on which pages, and who is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.programme.models import Activity
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
PLAN = "/criteria/ehcp.y9_review/"
ANY = "/criteria/gb5.2025.school.1/"


@dataclass
class Here:
    school: School
    pupil: Pupil
    other: Pupil
    meeting: Activity
    people: dict[str, User]

    def ask(self, role: str, address: str) -> tuple[int, str]:
        client = Client()
        client.force_login(self.people[role])
        answer = client.get(address)
        return answer.status_code, answer.content.decode()

    def shown(self, role: str, address: str) -> str:
        return self.ask(role, address)[1]


@pytest.fixture
def here() -> Iterator[Here]:
    with clock.on(TODAY):
        school = make_school()
        pupil, other = make_pupil(school, 9, surname="Alderton"), make_pupil(school, 9, surname="Brackley")
        with scopes_disabled():
            for kind, value in (("sen_provision", "E"), ("looked_after", "Y")):
                Characteristic.objects.create(school=school, pupil=pupil, kind=kind, value=value)
        form = put_in_group(pupil, "9A")
        meeting = make_activity(
            school, "guidance_meeting", title="Interview in the library", one_to_one=True, status="planned",
            day=TODAY + timedelta(days=3), whole_cohort=False, year_groups=[9],
        )  # fmt: skip
        make_encounter(other, meeting, "booked")
        roles = ("careers_leader", "careers_administrator", "senco", "tutor", "link_governor", "enterprise_adviser")
        people = {role: make_person(school, role) for role in (*roles, "trust_lead")}
        give_group(people["tutor"], form)
        yield Here(school, pupil, other, meeting, people)


def test_a_pupils_file_says_what_is_sensitive_only_to_those_who_may_know(here: Here) -> None:
    address = f"/pupils/{here.pupil.reference}/"
    for role in ("careers_leader", "senco"):
        assert "Looked after" in here.shown(role, address)
        assert "ehcp.y9_review" in here.shown(role, address)
    for role in ("careers_administrator", "tutor"):
        assert "Looked after" not in here.shown(role, address)
        assert "ehcp.y9_review" not in here.shown(role, address)
        assert "education, health" not in here.shown(role, address).lower()


def listed(pupil: Pupil, page: str) -> bool:
    """Whether a list on the page has a row of the pupil."""
    return bool(re.search(rf'<th scope="row"[^>]*><a [^>]*href="/pupils/{pupil.reference}/', page))


@pytest.mark.parametrize("address", ["/pupils/?has=looked_after", f"{ANY}?has=looked_after"])
def test_a_list_is_narrowed_by_what_is_sensitive_only_for_those_who_may_know(here: Here, address: str) -> None:
    known, told = here.shown("careers_leader", address), here.shown("careers_administrator", address)
    offered = '<option value="looked_after"'
    assert offered in known
    assert not listed(here.other, known)
    assert offered not in told
    assert listed(here.other, told), (
        "A filter that is not offered is left out, so the list says nothing of who is in care."
    )


def test_a_list_taken_out_is_not_narrowed_by_what_is_sensitive_either(here: Here) -> None:
    narrowed, whole = (f"/exports/criteria/gb5.2025.school.1.csv{query}" for query in ("?has=looked_after", ""))
    assert "Brackley" not in here.shown("careers_leader", narrowed)
    assert here.shown("careers_administrator", narrowed) == here.shown("careers_administrator", whole)


def test_a_criterion_of_pupils_with_a_plan_names_nobody_to_those_who_may_not_know(here: Here) -> None:
    assert "Alderton" in here.shown("careers_leader", PLAN)
    assert "Alderton" not in here.shown("careers_administrator", PLAN)
    assert "Alderton" not in here.shown("tutor", PLAN)
    assert here.ask("careers_leader", "/exports/criteria/ehcp.y9_review.csv")[0] == 200
    assert here.ask("careers_administrator", "/exports/criteria/ehcp.y9_review.csv")[0] == 403


def test_figures_of_groups_are_rounded_for_whoever_may_not_know_who_is_in_them(here: Here) -> None:
    said = "Where a number, or taking one number from another, could point at a pupil"
    assert said not in here.shown("careers_leader", ANY)
    assert said in here.shown("careers_administrator", ANY)


@pytest.mark.parametrize("role", ["link_governor", "enterprise_adviser", "trust_lead", "tutor"])
def test_a_one_to_one_meeting_is_counted_and_neither_named_nor_dated(here: Here, role: str) -> None:
    pages = (
        "/",
        "/programme/",
        "/programme/?appointments=1",
        "/programme/coverage/",
        "/criteria/gb8.2025.school.1/",
        "/forecast/",
    )
    for address in pages:
        assert "Interview in the library" not in here.shown(role, address)
    assert "Fewer than 5 one-to-one meetings" in here.shown(role, "/programme/")
    assert here.ask(role, f"/programme/{here.meeting.reference}/")[0] == 404


def test_a_tutor_finds_the_meetings_of_their_own_pupils(here: Here) -> None:
    make_encounter(here.pupil, here.meeting, "booked")
    assert "Interview in the library" in here.shown("tutor", "/programme/?appointments=1")
    assert here.ask("tutor", f"/programme/{here.meeting.reference}/")[0] == 200
    assert "Brackley" not in here.shown("tutor", f"/programme/{here.meeting.reference}/")
