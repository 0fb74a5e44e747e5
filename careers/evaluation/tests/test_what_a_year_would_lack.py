"""What the pupils of each year group would still lack at the close of a year, by what is planned and proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from careers.evaluation.coverage import coverage_of
from careers.evaluation.coverage_pupils import StillLacking, Would, still_lacking
from careers.evaluation.standings import standings_of
from careers.evaluation.tests.conftest import EMPLOYER, MEANINGFUL, meaningful, text
from careers.programme.models import Activity
from careers.schools import clock
from careers.schools.models import School
from criteria.periods import AcademicYear
from tests.makers import TODAY, YEAR, make_activity, make_encounter, make_pupil

NEXT = AcademicYear(YEAR.start_year + 1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.on(TODAY):
        yield


def draft(school: School, groups: list[int], **fields: Any) -> Activity:
    """Something of next year, without a day."""
    usual = {"status": "proposed", "year_groups": groups, "whole_cohort": True, "academic_year": NEXT.start_year}
    return make_activity(school, "employer_encounter", None, **{**usual, **MEANINGFUL, **fields})


def lacking(school: School, year: AcademicYear = NEXT, with_proposed: bool = True) -> StillLacking:
    with scope(school=school):
        found = still_lacking(
            standings_of(school, TODAY), coverage_of(school, year, with_proposed=with_proposed), with_proposed
        )
    assert found is not None
    return found


def would(school: School, group: int, **asked: Any) -> Would:
    return lacking(school, **asked).figures[EMPLOYER, group]


def test_next_year_pupils_are_a_year_older_and_a_draft_reaches_them_there(school: School) -> None:
    for year in (8, 9):
        make_pupil(school, year)
    draft(school, [9])
    assert would(school, 9) == Would(whole=1, met=1)
    assert would(school, 10) == Would(whole=1, without=1)


def test_what_is_only_proposed_can_be_left_out(school: School) -> None:
    make_pupil(school, 8)
    draft(school, [9])
    assert would(school, 9, with_proposed=False) == Would(whole=1, without=1)


def test_whoever_leaves_at_the_top_or_is_known_to_leave_is_not_counted(school: School) -> None:
    make_pupil(school, 13)
    make_pupil(school, 9, left_on=date(2027, 7, 20))
    assert not any(figures.whole for (_, group), figures in lacking(school).figures.items() if group != 7)


def test_a_newcomer_stands_in_for_a_year_group_nobody_is_in_yet(school: School) -> None:
    draft(school, [7])
    found = lacking(school)
    assert found.newcomers == {7}
    assert found.figures[EMPLOYER, 7] == Would(whole=1, met=1)


def test_what_pupils_did_before_is_kept(school: School) -> None:
    """A rule of several years: who has it already does not lack it, and who is in time lacks it later."""
    has_it, has_not = make_pupil(school, 10), make_pupil(school, 9)
    interview = {"one_to_one": True, "adviser_level": 6, "mode": "in_person"}
    make_encounter(has_it, make_activity(school, "guidance_meeting", date(2026, 10, 6), **interview))
    found = lacking(school).figures
    assert found["gb8.2025.school.1", 11].met == 1
    assert found["gb8.2025.school.1", 10] == Would(whole=1, later=1)
    assert has_not.pk


def test_this_years_plans_without_a_day_are_counted_too(school: School) -> None:
    make_pupil(school, 9)
    assert would(school, 9, year=YEAR).without == 1
    draft(school, [9], status="planned", academic_year=YEAR.start_year, term="Spring")
    assert would(school, 9, year=YEAR).met == 1


def test_a_term_gone_by_without_a_day_is_not_still_to_come(school: School) -> None:
    make_pupil(school, 9)
    with clock.on(date(2027, 2, 1)):
        draft(school, [9], status="planned", academic_year=YEAR.start_year, term="Autumn")
        with scope(school=school):
            found = still_lacking(standings_of(school, date(2027, 2, 1)), coverage_of(school, YEAR), False)
    assert found is not None
    assert found.figures[EMPLOYER, 9].without == 1


def test_a_year_that_has_closed_lacks_nothing_still(school: School) -> None:
    with scope(school=school):
        assert still_lacking(standings_of(school, TODAY), coverage_of(school, YEAR.previous), False) is None


def test_the_leader_reads_how_many_would_lack_what_and_why(leader: Client, school: School) -> None:
    for _ in range(2):
        make_pupil(school, 8)
    make_pupil(school, 9)
    draft(school, [10])
    words = text(leader.get(f"/programme/coverage/?academic_year={NEXT.start_year}"))
    assert "What is only proposed is counted too." in words
    assert "2 lack" in words
    assert "2 pupils and every newcomer Nothing planned with an employer." in words


def test_the_words_for_what_is_not_enough_name_no_plan(leader: Client, school: School) -> None:
    pupil = make_pupil(school, 9)
    coming = meaningful(school, date(2027, 3, 1), status="planned", year_groups=[9], whole_cohort=True)
    make_encounter(make_pupil(school, 9), coming, "booked")
    words = text(leader.get("/programme/coverage/"))
    assert "1 pupil What is planned for everyone is not enough" in words
    assert pupil.surname not in words


def test_a_governor_is_told_of_no_small_number(signed_in: Callable[..., Client], school: School) -> None:
    for _ in range(3):
        make_pupil(school, 9)
    words = text(signed_in("link_governor").get("/programme/coverage/"))
    assert "fewer than 5" in words
    assert "3 lack" not in words
    assert "3 pupils" not in words
