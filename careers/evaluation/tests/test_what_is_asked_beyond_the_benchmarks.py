"""Work experience and the wider duties are answered with the benchmarks, and shown after them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from careers.pupils.models import Characteristic, Pupil
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_pupil

BEYOND = "Beyond the benchmarks"


def with_plan(pupil: Pupil) -> Pupil:
    Characteristic.objects.create(school=pupil.school, pupil=pupil, kind="sen_provision", value="E")
    return pupil


def review(school: School, day: date = date(2026, 10, 13)):
    return make_activity(school, "review", day, employment_focus=True)


@pytest.mark.parametrize("address", ["/", "/benchmarks/"])
def test_they_stand_under_a_heading_of_their_own_after_the_benchmarks(
    leader: Client, school: School, address: str
) -> None:
    make_pupil(school, 9)
    page = leader.get(address).content.decode()
    before, after = page.split(BEYOND, 1)
    assert "/benchmarks/work-experience/work-experience/" in after
    assert "/benchmarks/work-experience/work-experience/" not in before
    assert "/benchmarks/provider-access/provider-access/" in before


def test_they_are_not_shown_for_a_day_before_they_were_in_force(leader: Client, school: School) -> None:
    make_pupil(school, 9, joined_on=date(2024, 9, 3))
    assert b"/benchmarks/work-experience/" not in leader.get("/benchmarks/?as_at=2025-05-07").content


def test_each_has_its_page_with_its_pupils(leader: Client, school: School) -> None:
    make_encounter(
        make_pupil(school, 9, forename="Ada", surname="Abara"),
        make_activity(school, "workplace_experience", date(2026, 10, 6), days=5, hours=25, mode="in_person"),
    )
    page = leader.get("/benchmarks/work-experience/work-experience/").content.decode()
    assert "Government ambition" in page
    assert "Abara, Ada" in page
    assert "100% of 1 pupil met" in leader.get("/criteria/wex.ks3/").content.decode().replace("<strong>", "").replace(
        "</strong>", ""
    )


def test_the_review_of_a_plan_is_asked_of_pupils_who_have_one(leader: Client, school: School) -> None:
    planned, reviewed, none, unknown = (make_pupil(school, 9) for _ in range(4))
    for pupil in (planned, reviewed):
        with_plan(pupil)
    Characteristic.objects.create(school=school, pupil=none, kind="sen_provision", value="N")
    make_encounter(reviewed, review(school))
    found = leader.get("/benchmarks/").context["asked"].found
    criterion = next(criterion for criterion in found.criteria if criterion.id == "ehcp.y9_review")
    states = {person.pk: found.of(person, criterion).state.value for person in found.people}
    assert [states[pupil.pk] for pupil in (planned, reviewed, none, unknown)] == [
        "due", "met", "does_not_apply", "cannot_tell",
    ]  # fmt: skip


def test_a_pupils_page_says_where_they_stand_on_them_apart_from_the_counts(leader: Client, school: School) -> None:
    page = leader.get(f"/pupils/{make_pupil(school, 9).reference}/")
    file = page.context["file"]
    assert file.beyond[0].heading.key == "work-experience"
    assert all(not answer.criterion.id.startswith(("wex.", "ehcp.")) for answer in file.answers)
    assert BEYOND in page.content.decode()


def test_neither_deadlines_nor_decisions_are_made_of_them(leader: Client, school: School) -> None:
    pupil = make_pupil(school, 9)
    make_encounter(pupil, make_activity(school, "workplace_experience", date(2026, 10, 6), days=None, mode=""))
    page = leader.get("/")
    assert all(not each["deadline"].criterion.id.startswith(("wex.", "sg.")) for each in page.context["deadlines"])
    decisions = leader.get("/decisions/")
    assert all("WE" not in each.numbers for each, _ in decisions.context["unjudged_lines"])


@pytest.mark.parametrize("address", ["/benchmarks/gatsby-2018-college/5/", "/criteria/gb5.2025.college.1/"])
def test_a_school_is_not_answered_by_what_is_written_for_colleges(leader: Client, school: School, address: str) -> None:
    make_pupil(school)
    assert leader.get(address).status_code == 404
    assert b"2018 college" not in leader.get("/benchmarks/").content
