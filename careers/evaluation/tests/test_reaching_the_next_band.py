"""The band a national return asks for, how many more pupils reach the next, and who they could be."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from careers.evaluation.tests.conftest import EMPLOYER, MEANINGFUL, meaningful, text
from careers.evaluation.tests.test_finding_who_is_missing import listed
from careers.schools.models import School
from tests.makers import give_group, make_activity, make_encounter, make_pupil, put_in_group

PAGE = f"/criteria/{EMPLOYER}/"


@pytest.fixture
def ten(school: School) -> None:
    """Of ten pupils two have met an employer, Birch is booked to, and one has been somewhere that may count."""
    talk, doubtful = meaningful(school), meaningful(school, reflection_after=None)
    for name in ("Alder", "Ash"):
        make_encounter(make_pupil(school, surname=name, forename="", form="9A"), talk)
    make_encounter(
        make_pupil(school, surname="Birch", forename="", form="9B"),
        meaningful(school, date(2027, 3, 1), status="planned"),
        "booked",
    )
    make_encounter(make_pupil(school, surname="Doubt", forename="", form="9B"), doubtful)
    for n in range(6):
        make_pupil(school, surname=f"Elm{n}", forename="", form="9C")


@pytest.mark.usefixtures("ten")
def test_a_careers_leader_reads_the_band_and_how_many_more_reach_the_next(leader: Client) -> None:
    said = text(leader.get(PAGE))
    assert "20% of 10 pupils met" in said
    assert "This is in 1–25%, and 1 more pupil would reach 26–50%." in said
    assert "Yet to meet it: 1 booked, 6 with time left and 1 of whom nobody can tell yet." in said


@pytest.mark.usefixtures("ten")
def test_those_nearest_to_meeting_it_are_named_first(leader: Client) -> None:
    page = leader.get(PAGE)
    nearest = page.content.decode().split('class="tp-next"')[1].split("</ol>")[0]
    assert re.findall(r">(\w+)</a>", nearest) == ["Birch", "Elm0", "Elm1", "Elm2", "Elm3"]
    assert f'href="{PAGE}?state=not_met&amp;sort=nearest#pupils"'.encode() in page.content


@pytest.mark.usefixtures("ten")
def test_everyone_who_keeps_it_from_the_next_band_can_be_listed_and_taken_out(leader: Client) -> None:
    query = {"state": "not_met", "sort": "nearest"}
    names = ["Birch", *(f"Elm{n}" for n in range(6)), "Doubt"]
    assert listed(leader.get(PAGE, query)) == names
    lines = leader.get(f"/exports/criteria/{EMPLOYER}.csv", query).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == names


def test_those_who_missed_it_come_last_and_those_who_lack_least_first(leader: Client, school: School) -> None:
    make_pupil(school, 12, surname="Late", forename="")
    make_pupil(school, 10, surname="Two", forename="")
    one = make_pupil(school, 10, surname="One", forename="")
    visit = make_activity(
        school, "workplace_experience", date(2026, 10, 6), **{**MEANINGFUL, "two_way": "extensive"},
        in_workplace=True, met_range_of_people=True,
        employer_set_task=True, employer_feedback=True,
    )  # fmt: skip
    make_encounter(one, visit)
    page = leader.get("/criteria/gb6.2025.school.1/", {"state": "not_met", "sort": "nearest"})
    assert listed(page) == ["One", "Two", "Late"]


def test_nobody_left_with_time_means_the_next_band_cannot_be_reached(leader: Client, school: School) -> None:
    for _ in range(4):
        make_pupil(school, 13)
    assert "A date that has passed cannot be met, so too few are left to reach 1–25%." in text(
        leader.get("/criteria/gb6.2025.school.1/")
    )


def test_everybody_has_no_next_band(leader: Client, school: School) -> None:
    make_encounter(make_pupil(school), meaningful(school))
    said = text(leader.get(PAGE))
    assert "This is in 100%." in said
    assert "would reach" not in said


@pytest.mark.usefixtures("ten")
def test_a_benchmark_says_its_band_and_each_of_its_criteria_does(leader: Client) -> None:
    said = text(leader.get("/benchmarks/gatsby-2025/8/"))
    assert "In a return: 0%. 1 more pupil would reach 1–25%." in said
    assert "A national return asks for a band. This is in 0%" in said


@pytest.mark.usefixtures("ten")
def test_bands_nobody_has_seen_in_a_return_are_said_to_be_unconfirmed(leader: Client) -> None:
    assert "Not confirmed: Three of the bands" not in text(leader.get(PAGE)), "1-25% and 26-50% have been seen"
    assert "Not confirmed: Three of the bands" in text(leader.get("/benchmarks/gatsby-2025/8/")), "0% has not"


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize("address", ["/criteria/pal.meet.1/", "/benchmarks/provider-access/provider-access/"])
def test_a_duty_of_law_has_no_band(leader: Client, address: str) -> None:
    assert "national return" not in text(leader.get(address))


@pytest.mark.usefixtures("ten")
def test_a_day_before_the_bands_were_asked_for_has_none(leader: Client) -> None:
    assert "national return" not in text(leader.get(PAGE, {"as_at": "2025-06-30"}))


@pytest.mark.usefixtures("ten")
def test_a_governor_is_told_nothing_that_the_rounded_figures_do_not_say(
    signed_in: Callable[..., Client], school: School
) -> None:
    governor = signed_in("link_governor")
    assert "national return" not in text(governor.get(PAGE)), "2 of 10 met, which is too few to tell"
    talk = meaningful(school)
    for _ in range(7):
        make_encounter(make_pupil(school), talk)
    page = governor.get(PAGE)
    said = text(page)
    assert "On these rounded numbers this is in 51–90%, and fewer than 5 more pupils would reach 91–99%." in said
    assert "Yet to meet it" not in said
    assert "Birch" not in said
    assert b"state=not_met" not in page.content


@pytest.mark.usefixtures("ten")
def test_a_tutor_is_named_only_the_nearest_of_their_own(signed_in: Callable[..., Client], school: School) -> None:
    own = make_pupil(school, surname="Inform", forename="", form="9Z")
    for _ in range(5):
        make_encounter(make_pupil(school), meaningful(school))
    tutor = signed_in("tutor")
    give_group(tutor.user, put_in_group(own, "9T"))  # type: ignore[attr-defined]
    said = text(tutor.get(PAGE))
    assert "Nearest to meeting it, of the pupils you see Inform" in said
    assert "Birch" not in said
