"""The benchmarks on any day, under any edition."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from careers.evaluation.tests.conftest import EMPLOYER, meaningful, text
from careers.schools import clock
from careers.schools.models import School, TermDates
from tests.makers import make_encounter, make_pupil


def test_the_edition_in_force_chooses_itself_by_date(leader: Client, school: School) -> None:
    make_pupil(school)
    assert "2025 edition" in text(leader.get("/benchmarks/"))
    assert "2014 edition" in text(leader.get("/benchmarks/?as_at=2025-07-31"))


def test_another_edition_can_be_asked_for_by_hand(leader: Client, school: School) -> None:
    make_pupil(school)
    page = leader.get("/benchmarks/?edition=gatsby-2014")
    assert "As at 22 November 2026 (today), 2014 edition" in text(page)
    assert b'href="/benchmarks/gatsby-2014/5/?edition=gatsby-2014"' in page.content


def test_a_past_day_is_answered_as_it_was(leader: Client, school: School) -> None:
    make_encounter(make_pupil(school), meaningful(school))
    before, after = (leader.get(f"/benchmarks/gatsby-2025/5/?as_at={day}") for day in ("2026-10-05", "2026-10-06"))
    assert "0% of 1 pupil met" in text(before)
    assert "100% of 1 pupil met" in text(after)


def test_the_day_is_kept_in_every_link(leader: Client, school: School) -> None:
    make_pupil(school)
    assert b'href="/criteria/gb5.2025.school.1/?as_at=2026-10-05' in leader.get("/benchmarks/?as_at=2026-10-05").content


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_at=yesterday", "Date must include a day and month"),
        ("as_at=2026-02-30", "Date must be a real date"),
        ("as_at_day=31&as_at_month=12&as_at_year=26", "Date must have a year of 4 numbers"),
        ("as_at=2027-09-01", "Date must be 31 August 2027 or earlier"),
        ("as_at=0001-01-01", "Date must be 1990 or later"),
        ("edition=gatsby-1999", "gatsby-1999 is not one of the available choices"),
    ],
)
def test_a_day_or_edition_that_makes_no_sense_is_said_to_be_wrong_at_the_field(
    leader: Client, school: School, query: str, said: str
) -> None:
    make_pupil(school)
    page = leader.get(f"/benchmarks/?{query}")
    assert page.status_code == 422
    assert page.content.decode().count(said) == 2, "in the summary and at the field"


def test_the_rest_of_this_academic_year_can_be_asked_about(leader: Client, school: School) -> None:
    make_pupil(school)
    assert leader.get("/benchmarks/?as_at=2027-08-31").status_code == 200


def test_change_is_measured_from_the_end_of_last_term(leader: Client, school: School) -> None:
    pupil = make_pupil(school, 9)
    make_encounter(pupil, meaningful(school, date(2027, 2, 1)))
    with clock.on(date(2027, 2, 2)):
        said = text(leader.get("/benchmarks/"))
    assert "100% met, up 100 points" in said
    assert "Changes are since the end of last term, 31 December 2026." in said
    assert "the same day last year" not in said


def test_in_the_autumn_change_is_measured_from_the_same_day_last_year(leader: Client, school: School) -> None:
    make_encounter(make_pupil(school, 9), meaningful(school, date(2026, 2, 1)))
    with clock.on(date(2026, 9, 30)):
        said = text(leader.get("/benchmarks/"))
    assert "0% met, no change" in said, "what was met in February was owed in another year"
    assert "Changes are since the same day last year, 30 September 2025" in said


def test_last_term_ended_when_the_school_says_it_did(leader: Client, school: School) -> None:
    pupil = make_pupil(school, 9)
    make_encounter(pupil, meaningful(school, date(2026, 12, 20)))
    with scope(school=school):
        TermDates.objects.create(
            school=school, academic_year=2026, name="Autumn", starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 18)
        )
    with clock.on(date(2027, 2, 2)):
        said = text(leader.get("/benchmarks/"))
    assert "100% met, up 100 points" in said
    assert "Changes are since the end of last term, 18 December 2026." in said


def test_nobody_is_rounded_away(leader: Client, school: School) -> None:
    talk = meaningful(school)
    for _ in range(200):
        make_encounter(make_pupil(school), talk)
    make_pupil(school)
    said = text(leader.get(f"/criteria/{EMPLOYER}/"))
    assert "99% of 201 pupils met" in said
    assert "100%" not in said.split("Where the school stands")[1].split("Show the figures")[0]


def test_benchmark_1_says_what_it_asks_of_the_school_itself(leader: Client, school: School) -> None:
    make_pupil(school)
    said = text(leader.get("/benchmarks/gatsby-2025/1/"))
    assert "0 of 4 met, 4 due" in said
    assert "1.1 A programme that is led and backed" in said


def test_groups_stand_beside_the_whole(leader: Client, school: School) -> None:
    talk = meaningful(school)
    make_encounter(make_pupil(school, sex="F"), talk)
    make_pupil(school, sex="M")
    said = text(leader.get("/benchmarks/gatsby-2025/5/"))
    assert "Girls 100% 1 of 1 0% 0 of 1 100 points higher" in said


@pytest.mark.parametrize(
    "address", ["gatsby-2025/9/", "gatsby-2099/1/", "../../x/1/", "criteria-1/1/", "work-experience/ks4/"]
)
def test_a_benchmark_that_is_not_there_is_not_found(leader: Client, address: str) -> None:
    assert leader.get(f"/benchmarks/{address}").status_code == 404


def test_a_governor_sees_small_numbers_only_as_fewer_than_5(signed_in: Callable[..., Client], school: School) -> None:
    talk = meaningful(school)
    for _ in range(3):
        make_encounter(make_pupil(school), talk)
    for _ in range(12):
        make_pupil(school)
    said = text(signed_in("link_governor").get("/benchmarks/gatsby-2025/5/"))
    assert "fewer than 5 met" in said
    assert "10 due" in said
    assert "20%" not in said


@pytest.mark.parametrize("role", ["tutor", "careers_adviser", "link_governor"])
def test_nobody_who_cannot_see_every_pupil_is_told_of_a_small_group(
    signed_in: Callable[..., Client], school: School, role: str
) -> None:
    talk = meaningful(school)
    for number in range(22):
        pupil = make_pupil(school, sex="F" if number < 2 else "M")
        if number % 2:
            make_encounter(pupil, talk)
    told, everything = (text(signed_in(who).get("/benchmarks/gatsby-2025/5/")) for who in (role, "careers_leader"))
    assert "Girls 50% 1 of 2 50% 10 of 20 No gap" in everything
    assert "Girls Too few pupils to show" in told
    assert "Girls 50%" not in told


def test_a_governors_percentages_do_not_undo_the_rounding(signed_in: Callable[..., Client], school: School) -> None:
    talk = meaningful(school)
    for number in range(28):
        pupil = make_pupil(school, sex="F" if number < 13 else "M")
        if number % 3:
            make_encounter(pupil, talk)
    governor = signed_in("link_governor")
    for address in ("/benchmarks/", "/benchmarks/gatsby-2025/5/", f"/criteria/{EMPLOYER}/"):
        said = text(governor.get(address))
        assert "67%" in said, "about 20 of about 30, where it is 18 of 28"
        assert "64%" not in said
        assert "62%" not in said, "8 of 13 girls"
    assert "Girls 67% 10 of 15 67% 10 of 15" in said, "rounded, on both sides"
