"""The SQL of a criterion, on request: true to what is asked, and with nobody in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scopes_disabled

from careers.evaluation.counting import counts_query
from careers.evaluation.people import people
from careers.evaluation.querying import query_text
from careers.evaluation.standings import criteria_for, editions
from careers.evaluation.tests.conftest import EMPLOYER, meaningful, text
from careers.pupils.models import YearHeld
from careers.schools.models import School
from criteria.loading import load_all
from tests.guards.lent_sql import unscoped
from tests.makers import TODAY, make_encounter, make_pupil, make_school, put_in_group

PAGE = f"/criteria/{EMPLOYER}/query/"
OF_PUPILS = [criterion for framework in load_all() for criterion in framework.criteria if criterion.about == "pupil"]


def sql_of(page: object) -> str:
    return unescape(re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page.content.decode(), re.DOTALL)[1])  # type: ignore[index,attr-defined]


def test_a_careers_leader_can_read_and_copy_the_query_of_one_criterion(leader: Client, school: School) -> None:
    make_pupil(school)
    page = leader.get(PAGE)
    sql = sql_of(page)
    assert sql.startswith("WITH pupils AS")
    assert "type = 'employer_encounter'" in sql
    assert "guidance_meeting" not in sql, "another criterion's"
    assert "It is one query for everybody" in text(page)
    assert f'href="{PAGE}"'.encode() in leader.get(f"/criteria/{EMPLOYER}/").content


@pytest.mark.parametrize("role", ["link_governor", "tutor", "senior_leader"])
def test_whoever_may_see_figures_may_see_the_query(signed_in: Callable[..., Client], school: School, role: str) -> None:
    assert signed_in(role).get(PAGE).status_code == 200


def test_no_pupils_name_upn_or_number_is_in_it(leader: Client, school: School) -> None:
    pupil = make_pupil(
        school, 9, pk=918273645, surname="Quillfeather", forename="Oswin", date_of_birth=date(2013, 1, 31), form="9Q"
    )
    put_in_group(pupil, "9/Zz9", kind="class", subject="Sanskrit")
    talk = meaningful(school, title="A talk by Zebulon Ltd")
    make_encounter(pupil, talk)
    with scopes_disabled():  # the only pupil of the school who repeats a year
        YearHeld.objects.filter(pupil=pupil, academic_year=2025).update(year_group=9)
    page = leader.get(PAGE)
    for personal in (
        "918273645", "Quillfeather", "Oswin", pupil.upn, pupil.reference, "2013-01-31", "Sanskrit", "9Q", "Zz9", "Zebulon",
        talk.reference, "20260909",
    ):  # fmt: skip
        assert personal not in sql_of(page), personal


def test_it_is_the_same_whoever_is_on_roll(leader: Client, school: School) -> None:
    empty = sql_of(leader.get(PAGE))
    make_encounter(make_pupil(school, 10), meaningful(school))
    assert sql_of(leader.get(PAGE)) == empty


@pytest.mark.parametrize("criterion", OF_PUPILS, ids=lambda criterion: criterion.id)
def test_every_table_is_read_for_one_school_only(school: School, criterion: object) -> None:
    assert unscoped(query_text(school, criterion, TODAY), school.pk) == []  # type: ignore[arg-type]


def test_it_counts_what_the_pages_count(school: School) -> None:
    for number in range(4):
        pupil = make_pupil(school, 7 + number)
        make_encounter(pupil, meaningful(school))
        make_encounter(pupil, meaningful(school, date(2027, 3, 1), status="planned"), "booked")
    make_encounter(make_pupil(make_school("Other School")), meaningful(school))
    criteria = criteria_for(school, editions(TODAY))
    with scopes_disabled():
        everybody = people(school, TODAY)
        for criterion in criteria:
            if criterion.own_dates:
                continue
            with connection.cursor() as cursor:
                cursor.execute(query_text(school, criterion, TODAY))
                shown = sorted(cursor.fetchall())
                cursor.execute(counts_query(school, (criterion,), everybody, TODAY))
                assert shown == sorted(cursor.fetchall())


def test_the_query_of_a_criterion_that_is_not_there_is_not_found(leader: Client) -> None:
    assert leader.get("/criteria/no.such/query/").status_code == 404


def test_an_example_says_what_is_not_known(leader: Client, school: School) -> None:
    make_pupil(school)
    said = text(leader.get("/criteria/gb6.2025.school.1/"))
    doubtful = said.split("while it is not recorded whether the employer set a task")[1].split("As at")[1]
    assert "Pupils did a task the employer set: not known" in doubtful
    assert "The employer gave feedback on the work: yes" in doubtful
    assert "An experience of a workplace, 10 October 2026, the pupil was there" in re.sub(
        r"\d+ \w+ 20\d\d", "10 October 2026", doubtful
    )


def test_what_is_asked_of_the_school_itself_offers_no_query(leader: Client) -> None:
    page = leader.get("/criteria/gb1.2025.school.1/")
    assert page.status_code == 200
    assert "Show the query" not in text(page)
    assert leader.get("/criteria/gb1.2025.school.1/query/").status_code == 404


def test_a_pupil_who_stays_for_a_third_year_of_sixth_form_is_in_the_query(leader: Client) -> None:
    assert "20261400" in sql_of(leader.get(PAGE))
