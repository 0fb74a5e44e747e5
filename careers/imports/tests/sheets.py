"""Files for tests, made on the spot. Every pupil in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django_scopes import scope

from careers.imports import actions
from careers.imports.kinds.options import Options
from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.schools.models import School
from tests.makers import YEAR, check_letter

ROLL = ["UPN", "Surname", "Forename", "DOB", "Year", "Form"]


def a_upn(number: int) -> str:
    digits = f"8881234{number:05}"
    return check_letter(digits) + digits


def csv_text(*rows: Sequence[Any], delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def csv_file(*rows: Sequence[Any], encoding: str = "utf-8", name: str = "roll.csv", delimiter: str = ",") -> File:
    return File(name, csv_text(*rows, delimiter=delimiter).encode(encoding))


def xlsx_file(*rows: Sequence[Any], name: str = "roll.xlsx", options: dict[str, Any] | None = None) -> File:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "dd/mm/yyyy", **(options or {})}) as book:
        sheet = book.add_worksheet("Pupils")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return File(name, written.getvalue())


def roll_rows(count: int = 3, year: int = 9) -> list[list[Any]]:
    """Pupils of one year group with UPNs, as a school's own system would list them."""
    return [
        [
            a_upn(n),
            f"Surname{n}",
            f"Forename{n}",
            f"{1 + n % 27:02}/03/{YEAR.start_year - year - 4}",
            f"Year {year}",
            f"{year}A",
        ]
        for n in range(1, count + 1)
    ]


def roll_file(rows: Iterable[Sequence[Any]] | None = None) -> File:
    return csv_file(ROLL, *(roll_rows() if rows is None else rows))


def upload(school: School, file: File, kind: str = "roll", by: Any = None, **options: Any) -> Import:
    chosen = Options(options.pop("academic_year", YEAR.start_year), **options)
    with scope(school=school):
        return actions.upload(school=school, kind=kind, file=file, options=chosen, by=by)


def bring_in(school: School, file: File, kind: str = "roll", leavers: Sequence[str] = (), **options: Any) -> Import:
    """Upload and confirm. The preview must be without errors."""
    started = upload(school, file, kind, **options)
    assert started.status == Import.Status.READY, (started.status, started.preview)
    with scope(school=school):
        actions.apply(started=started, leavers=leavers, by=None)
    return started


def faults(started: Import) -> list[str]:
    return [f"{fault['row']} {fault['column']}: {fault['sentence']}" for fault in started.preview["faults"]]


CTF = """<?xml version="1.0" encoding="utf-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>{version}</CTFversion>
<DateTime>{made}</DateTime><SourceSchool><LEA>123</LEA><Estab>4567</Estab><SchoolName>Harbour Primary</SchoolName></SourceSchool>
<DestSchool><LEA>{lea}</LEA><Estab>{estab}</Estab></DestSchool></Header><CTFpupilData>{pupils}</CTFpupilData></CTfile>"""


def ctf_file(
    school: School, *pupils: str, made: str = "2026-11-02T10:30:00", version: str = "25.0", to: str = ""
) -> File:
    destination = to or school.laestab
    text = CTF.format(version=version, made=made, lea=destination[:3], estab=destination[3:], pupils="".join(pupils))
    return File("transfer.xml", text.encode())
