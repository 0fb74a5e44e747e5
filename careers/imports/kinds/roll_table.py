"""The roll from CSV or Excel: rows of a table into pupils, with a fault in words for every cell that is not understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from careers.imports import headings, values
from careers.imports.kinds.pupil_row import CHARACTERISTICS, FIELDS, PupilRow
from careers.imports.plan import Report
from careers.imports.reading import files
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.reading.table import Cell, Row, Table
from careers.imports.values import NotUnderstood
from careers.pupils.identifiers import UNKNOWN_ULN, uln_fault, upn_fault
from careers.schools import clock

TEXTS = ("mis_id", "surname", "forename", "middle_names", "preferred_surname", "preferred_forename")
ROOM = {name: FIELDS[name].max_length or 100 for name in TEXTS}
GROUP_NAME_ROOM = 60
SUBJECT_ROOM = GROUP_NAME_ROOM - len("13 ") - len(" 99")
"""A class is named for its year group and its subject, and may need a number."""


def a_upn(cell: Cell) -> str:
    upn = values.text_of(cell).replace(" ", "").upper()
    if fault := upn_fault(upn):
        raise NotUnderstood(f"{values.shown(cell)} is not a UPN: {fault}. Copy it again from the school's system.")
    return upn


def a_uln(cell: Cell) -> str:
    uln = values.text_of(cell).replace(" ", "")
    if uln == UNKNOWN_ULN:
        return ""
    if fault := uln_fault(uln):
        raise NotUnderstood(f"{values.shown(cell)} is not a ULN: {fault}. Copy it again, or leave it blank.")
    return uln


def flag(cell: Cell) -> str:
    return "Y" if values.yes_or_no(cell) else "N"


def birthday(cell: Cell) -> date:
    return values.a_birthday(cell, clock.today())


def text_up_to(longest: int) -> Callable[[Cell], str]:
    return lambda cell: values.a_text(cell, longest)


READERS: dict[str, Callable[[Cell], Any]] = {
    "upn": a_upn,
    "former_upn": a_upn,
    "uln": a_uln,
    "date_of_birth": birthday,
    "sex": values.a_sex,
    "email": values.an_email,
    "joined_on": values.a_date,
    "left_on": values.a_date,
    "year_group": values.a_year_group,
    "form": text_up_to(GROUP_NAME_ROOM),
    "house": text_up_to(GROUP_NAME_ROOM),
    "subjects": lambda cell: values.names_in(cell, SUBJECT_ROOM),
    "name": text_up_to(200),
    "sen_provision": values.sen_provision,
    "fsm": flag,
    "looked_after": lambda cell: "Y" if values.in_care(cell) else "N",
    "pupil_premium": flag,
    "eal": flag,
    **{name: text_up_to(room) for name, room in ROOM.items()},
}


NOT_FACTS = {*CHARACTERISTICS, "year_group", "form", "house", "subjects", "name"}
"""What a pupil has a record of its own for, or that is taken apart."""


def rows_of(file: File, report: Report) -> list[PupilRow]:
    table = files.read_table(file, headings.ROLL)
    require_columns(table)
    report.of_table(table)
    return [pupil_of(row, table, report) for row in table.rows()]


def require_columns(table: Table) -> None:
    found = ", ".join(name for name in table.header if name)[:200]
    if "name" not in table.columns and not {"surname", "forename"} <= table.columns.keys():
        raise FileRefused(
            f"There are no columns for surname and forename. The headings found in row {table.header_row} are: {found}."
        )
    if not {"upn", "date_of_birth", "mis_id"} & table.columns.keys():
        raise FileRefused(
            "There is no column for UPN or date of birth, so pupils cannot be told apart. "
            f"The headings found in row {table.header_row} are: {found}."
        )


def pupil_of(row: Row, table: Table, report: Report) -> PupilRow:
    understood: dict[str, Any] = {}
    for name, cell in row.cells.items():
        try:
            understood[name] = READERS[name](cell)
        except NotUnderstood as fault:
            report.fault(row.number, table.heading(name), str(fault))
    understood = {name: value for name, value in understood.items() if value != ""}
    name_apart(understood, row, table, report)
    return PupilRow(
        row.number,
        facts={name: value for name, value in understood.items() if name not in NOT_FACTS},
        year_group=understood.get("year_group"),
        form=understood.get("form", ""),
        house=understood.get("house", ""),
        subjects=understood.get("subjects", ()),
        characteristics={kind: understood[kind] for kind in CHARACTERISTICS if kind in understood},
    )


def name_apart(understood: dict[str, Any], row: Row, table: Table, report: Report) -> None:
    """Surname and forename from one column that holds both, written `Surname, Forename`."""
    if "surname" in understood or "surname" in row.cells:
        return
    surname, comma, forename = understood.get("name", "").partition(",")
    if comma and surname.strip():
        understood.update(surname=surname.strip(), **({"forename": forename.strip()} if forename.strip() else {}))
    elif "name" in row.cells:
        report.fault(
            row.number,
            table.heading("name"),
            "Write the surname first, then a comma, then the forename, or give them a column each.",
        )
    else:
        report.fault(row.number, "", "There is no surname. Add it, or take the row out.")
