"""What the pages say before anything goes, to whom, and that they cost the same for many pupils as for few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from careers.protection.due import Calendar
from careers.schools import clock
from careers.schools.models import School
from tests.keeping.leavers import make_destination, make_leaver
from tests.makers import TODAY, make_pupil

pytestmark = pytest.mark.django_db


def text(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_answers_for_the_data_sees_who_is_next_before_the_night(leader: Client, school: School) -> None:
    make_leaver(school, 2023, surname="Tonight")
    make_leaver(school, 2024, surname="Nextyear")
    said = text(leader, "/protection/rules/pupil/")
    assert "Tonight, Alex" in said
    assert "Nextyear" not in said
    assert "1 tonight, and 0 more in the next 30 days." in said
    assert "Our own proposal" in said
    with clock.on(date(2027, 8, 20)):
        assert "1 tonight, and 1 more in the next 30 days." in text(leader, "/protection/rules/pupil/")


@pytest.mark.parametrize("role", ["careers_administrator", "tutor", "teacher", "link_governor", "pupil"])
def test_others_see_none_of_it(signed_in: Callable[[str], Client], school: School, role: str) -> None:
    pupil = make_pupil(school)
    client = signed_in(role)
    pages = ("", "rules/pupil/", "accounts/", f"pupils/{pupil.reference}/", f"pupils/{pupil.reference}/erase/")
    assert {client.get(f"/protection/{page}").status_code for page in pages} == {403}


def test_the_way_in_is_on_the_pupils_page_for_those_who_may(
    leader: Client, signed_in: Callable[[str], Client], school: School
) -> None:
    pupil = make_pupil(school)
    way = f"/protection/pupils/{pupil.reference}/"
    assert way in text(leader, f"/pupils/{pupil.reference}/")
    assert way not in text(signed_in("careers_administrator"), f"/pupils/{pupil.reference}/")
    assert "What is held" in text(leader, way)


def test_somebody_is_told_of_pupils_whose_time_never_begins(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    make_pupil(school, 11, academic_year=2020)
    assert "1 pupil without a last day on roll holds no year group this year" in text(leader, "/protection/")


def test_the_day_a_name_goes_is_the_same_on_every_page(leader: Client, school: School) -> None:
    pupil = make_leaver(school, 2025)
    assert "31 August 2028" in text(leader, f"/protection/pupils/{pupil.reference}/")
    with scope(school=school):
        calendar = Calendar(school, TODAY)
        assert calendar.over(calendar.terms["pupil"]) == {pupil.pk: date(2028, 8, 31)}


def test_pages_ask_as_much_of_many_pupils_as_of_one(leader: Client, school: School) -> None:
    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(leader, where)
        return len(queries)

    pages = ("/protection/", "/protection/rules/pupil/", "/protection/rules/destinations/")
    leader.get("/roles/")  # the first page of a session writes down that it is one
    make_destination(make_leaver(school, 2021))
    asked(pages[0])  # the first page of a session also writes where somebody is signed in
    few = [asked(page) for page in pages]
    for _ in range(20):
        make_destination(make_leaver(school, 2021))
    assert [asked(page) for page in pages] == few
    assert max(few) <= 30
