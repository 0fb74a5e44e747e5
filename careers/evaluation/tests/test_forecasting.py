"""Where the school would stand at the end of term and of the year, if what is planned happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from careers.evaluation.forecast import counted_on, horizons
from careers.evaluation.standings import standings_of
from careers.evaluation.tests.conftest import EMPLOYER, meaningful, text
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School, TermDates
from tests.makers import TODAY, make_encounter, make_pupil, make_school

JANUARY, JULY = date(2027, 1, 15), date(2027, 7, 31)


def planned(school: School, day: date = JANUARY, **fields: object) -> Activity:
    return meaningful(school, day, **{"status": "planned", "year_groups": [9], **fields})


def state(school: School, pupil: Pupil, day: date = JULY) -> str:
    with scope(school=school):
        found = standings_of(school, day)
        return str(found.standings.of(pupil.pk, EMPLOYER).state)  # type: ignore[arg-type]


def test_a_pupil_who_is_booked_has_met_it_once_the_day_has_come(school: School) -> None:
    pupil = make_pupil(school)
    make_encounter(pupil, planned(school), "booked")
    assert state(school, pupil, TODAY) == "booked"
    assert state(school, pupil, date(2026, 12, 31)) == "booked"
    assert state(school, pupil, JANUARY) == "met"


def test_a_pupil_who_declined_is_not_taken_to_come(school: School) -> None:
    pupil = make_pupil(school)
    make_encounter(pupil, planned(school), "declined")
    assert state(school, pupil) == "due"


def test_a_register_that_nobody_took_leaves_the_pupil_untold_then_too(school: School) -> None:
    pupil = make_pupil(school)
    make_encounter(pupil, meaningful(school), "booked")
    assert state(school, pupil) == "cannot_tell"


def test_a_whole_year_group_comes_to_what_is_for_all_of_it_while_nobody_is_booked(school: School) -> None:
    ours, older = make_pupil(school, 9), make_pupil(school, 10)
    planned(school, whole_cohort=True)
    assert (state(school, ours), state(school, older)) == ("met", "due")
    assert state(school, ours, TODAY) == "due"


def test_once_anybody_is_booked_the_places_say_who_comes(school: School) -> None:
    booked, not_booked = make_pupil(school), make_pupil(school)
    make_encounter(booked, planned(school, whole_cohort=True), "booked")
    assert (state(school, booked), state(school, not_booked)) == ("met", "due")


@pytest.mark.parametrize(
    "fields",
    [
        {"whole_cohort": None},
        {"whole_cohort": True, "status": "proposed"},
        {"whole_cohort": True, "status": "cancelled"},
    ],
)
def test_nobody_is_taken_to_come_to_what_is_not_said_to_be_for_them_or_not_planned(
    school: School, fields: dict[str, object]
) -> None:
    pupil = make_pupil(school)
    planned(school, **fields)
    assert state(school, pupil) == "due"


def test_what_lacks_a_fact_leaves_its_pupils_untold(school: School) -> None:
    pupil = make_pupil(school)
    planned(school, whole_cohort=True, reflection_after=None)
    assert state(school, pupil) == "cannot_tell"


def test_a_pupil_known_to_leave_is_gone_by_then(school: School) -> None:
    pupil = make_pupil(school, left_on=date(2027, 1, 31))
    planned(school, whole_cohort=True)
    assert state(school, pupil, JANUARY) == "met"
    assert state(school, pupil, JULY) == "does_not_apply"


def test_another_schools_plans_are_not_ours(school: School) -> None:
    pupil, other = make_pupil(school), make_school("Another School")
    make_pupil(other)
    planned(other, whole_cohort=True)
    assert state(school, pupil) == "due"


def names_and_days(school: School, day: date) -> list[tuple[str, date]]:
    with scope(school=school):
        return [(each.name, each.day) for each in horizons(school, day)]


def test_the_end_of_term_is_when_the_school_says_it_is(school: School) -> None:
    assert names_and_days(school, TODAY)[1] == ("End of the autumn term", date(2026, 12, 31))
    with scopes_disabled():
        own = {"name": "Autumn", "starts_on": date(2026, 9, 2), "ends_on": date(2026, 12, 18)}
        TermDates.objects.create(school=school, academic_year=2026, **own)
    assert names_and_days(school, TODAY)[1:] == [
        ("End of the autumn term", date(2026, 12, 18)), ("End of the year", JULY),
    ]  # fmt: skip


def test_in_the_last_term_there_is_one_day_to_look_to(school: School) -> None:
    assert names_and_days(school, date(2027, 5, 4)) == [("Today", date(2027, 5, 4)), ("End of the year", JULY)]
    assert names_and_days(school, date(2027, 8, 9))[1:] == [("End of the year", date(2027, 8, 31))]
    assert names_and_days(school, date(2027, 8, 31)) == [("Today", date(2027, 8, 31))]


def test_what_the_forecast_rests_on_is_counted(school: School) -> None:
    make_encounter(make_pupil(school), planned(school, whole_cohort=True), "booked")
    planned(school, whole_cohort=True)
    planned(school)
    meaningful(school, None, status="planned")  # type: ignore[arg-type]
    meaningful(school)
    with scope(school=school):
        on = counted_on(school, TODAY)
    assert (on.booked, on.for_everyone, on.nobody_named, on.undated) == (1, 1, 1, 1)


def test_the_leader_reads_three_days_side_by_side_with_doors_to_those_without(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    make_pupil(school, 10)
    planned(school, whole_cohort=True)
    page = leader.get("/forecast/")
    words = text(page)
    assert "Today 22 November 2026 End of the autumn term 31 December 2026 End of the year 31 July 2027" in words
    assert "50% met, up 50 points" in words
    assert f"/criteria/{EMPLOYER}/?as_at=2027-07-31&amp;state=lacking#pupils" in page.content.decode()
    there = text(leader.get(f"/criteria/{EMPLOYER}/?as_at=2027-07-31&state=lacking"))
    assert "This day is still to come" in there
    assert "1 pupil." in there


def test_a_governor_reads_rounded_figures_and_no_names(signed_in: Callable[..., Client], school: School) -> None:
    for _ in range(3):
        make_pupil(school)
    words = text(signed_in("link_governor").get("/forecast/"))
    assert "Numbers are rounded to the nearest 5" in words
    assert "fewer than 5 without" in words
    assert " 3 without" not in words


def test_a_criterions_page_fetches_the_same_figures_and_is_whole_without_them(leader: Client, school: School) -> None:
    make_pupil(school)
    planned(school, whole_cohort=True)
    assert "see the forecast for the end of term and of the year" in text(leader.get(f"/criteria/{EMPLOYER}/"))
    part = leader.get(f"/criteria/{EMPLOYER}/forecast/", headers={"HX-Request": "true"})
    assert "100% met, up 100 points" in text(part)
    whole = leader.get(f"/criteria/{EMPLOYER}/forecast/")
    assert (whole.status_code, whole["Location"]) == (302, f"/forecast/#{EMPLOYER}")
    assert leader.get("/criteria/none/forecast/").status_code == 404


def test_a_pupils_page_for_a_day_to_come_says_what_lists_say(leader: Client, school: School) -> None:
    pupil = make_pupil(school)
    planned(school, whole_cohort=True, title="Careers fair")
    words = text(leader.get(f"/pupils/{pupil.reference}/?as_at=2027-07-31"))
    assert "Careers fair, 15 Jan 2027" in words


def test_the_year_over_there_is_nothing_to_forecast(leader: Client, school: School) -> None:
    make_pupil(school)
    with clock.on(date(2027, 8, 31)):
        assert "nothing of it is left to forecast" in text(leader.get("/forecast/"))


def test_the_page_asks_as_many_queries_for_many_pupils_as_for_few(leader: Client, school: School) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            leader.get("/forecast/")
        return len(queries)

    leader.get("/roles/")  # the first page of a session writes down that it is one
    make_encounter(make_pupil(school, 9, form="9A"), planned(school), "booked")
    planned(school, whole_cohort=True)
    few = asked()
    for year in range(7, 14):
        for _ in range(4):
            make_encounter(make_pupil(school, year, form=f"{year}A"), planned(school, whole_cohort=True), "booked")
            planned(school, whole_cohort=True)
    assert asked() == few
