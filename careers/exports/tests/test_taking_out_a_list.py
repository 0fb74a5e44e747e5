"""A list of pupils taken out as a file: just what the page shows, and on record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from python_calamine import CalamineWorkbook

from careers.audit.models import Event
from careers.evaluation.standings import forget
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school

LIST = "/exports/criteria/gb5.2025.school.1"


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Iterator[None]:
    forget()
    with clock.on(TODAY):
        yield


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def signed_in(school: School) -> Callable[..., Client]:
    def sign_in(role: str = "careers_leader", at: School = school) -> Client:
        client = Client()
        client.force_login(make_person(at, role))
        return client

    return sign_in


@pytest.fixture
def leader(signed_in: Callable[..., Client]) -> Client:
    return signed_in()


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def cells_of(response: Any) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_a_list_holds_every_page_of_what_is_shown(leader: Client, school: School) -> None:
    for _ in range(60):
        make_pupil(school, 9, form="9C")
    make_pupil(school, 10)
    rows = rows_of(leader.get(f"{LIST}.csv?year=9&page=2"))
    assert rows[0][:4] == ["Name", "Year group", "Form", "Criterion"]
    assert len(rows) == 61
    assert {row[1] for row in rows[1:]} == {"9"}


def test_a_list_keeps_its_order(leader: Client, school: School) -> None:
    for surname in ("Ash", "Birch", "Cedar"):
        make_pupil(school, surname=surname)
    names = [row[0] for row in rows_of(leader.get(f"{LIST}.csv?sort=-name"))[1:]]
    assert names == ["Cedar, Alex", "Birch, Alex", "Ash, Alex"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_a_hostile_name_is_only_text_in_either_file(leader: Client, school: School, start: str) -> None:
    name = f'{start}HYPERLINK("http://x.example.org")'
    make_pupil(school, surname=name, forename="")
    assert rows_of(leader.get(f"{LIST}.csv"))[1][0] == f"'{name}"
    workbook = leader.get(f"{LIST}.xlsx")
    assert cells_of(workbook)[1][0].replace("_x000D_", "\r") == name
    assert b"<f>" not in sheet_of(workbook)
    assert b"hyperlink" not in sheet_of(workbook)


def sheet_of(response: Any) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(response.content)) as parts:
        return parts.read("xl/worksheets/sheet1.xml")


def test_numbers_and_days_are_numbers_and_days_in_a_workbook(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    row = cells_of(leader.get(f"{LIST}.xlsx"))[1]
    assert row[1] == 9
    assert row[7] == date(2027, 7, 31)


def test_a_whole_benchmark_can_be_taken_out_each_pupil_at_their_worst(leader: Client, school: School) -> None:
    make_pupil(school, 13)
    rows = rows_of(leader.get("/exports/benchmarks/gatsby-2025/6.csv"))
    assert rows[1][3:5] == ["6.1", "Missed"]
    assert leader.get("/exports/benchmarks/gatsby-2025/1.csv").status_code == 404


def test_what_was_taken_is_on_record_without_a_name(leader: Client, school: School) -> None:
    make_pupil(school, surname="Recorded")
    leader.get(f"{LIST}.csv?state=due")
    event = Event.objects.get(verb="took out a list of pupils")
    assert (event.school_id, event.changes) == (school.pk, False)
    assert event.detail["rows"] == 1
    assert event.detail["filters"] == {"state": "due"}
    assert "Recorded" not in str(event.detail)


def test_the_files_name_says_what_it_is_and_nobody_in_it(leader: Client, school: School) -> None:
    make_pupil(school)
    said = leader.get(f"{LIST}.csv")["Content-Disposition"]
    assert said == 'attachment; filename="gb5-2025-school-1-2026-11-22.csv"'


@pytest.mark.parametrize("role", ["tutor", "careers_adviser", "link_governor"])
def test_who_may_not_take_lists_out_is_refused(signed_in: Callable[..., Client], school: School, role: str) -> None:
    make_pupil(school)
    assert signed_in(role).get(f"{LIST}.csv").status_code == 403
    assert not Event.objects.exists()


def test_another_schools_list_never_holds_our_pupils(signed_in: Callable[..., Client], school: School) -> None:
    make_pupil(school, surname="Ours")
    other = make_school("Other School")
    make_pupil(other, surname="Theirs")
    assert [row[0] for row in rows_of(signed_in(at=other).get(f"{LIST}.csv"))[1:]] == ["Theirs, Alex"]


@pytest.mark.parametrize("address", [f"{LIST}.pdf", "/exports/criteria/no.such.csv", f"{LIST}.csv?as_at=never"])
def test_a_list_that_is_not_there_is_not_found(leader: Client, address: str) -> None:
    assert leader.get(address).status_code == 404


def test_a_name_in_any_alphabet_comes_through(leader: Client, school: School) -> None:
    with scopes_disabled():
        make_pupil(school, surname="Ŵyn-Łukasz", forename="Zoë")
    assert rows_of(leader.get(f"{LIST}.csv"))[1][0] == "Ŵyn-Łukasz, Zoë"
