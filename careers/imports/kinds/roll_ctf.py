"""The roll from a Common Transfer File, of the older shape (Gender) and of 2025 (Sex). No namespace; dates are yyyy-mm-dd."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lxml.etree import _Element

from careers.imports import values
from careers.imports.kinds import roll_table
from careers.imports.kinds.pupil_row import PupilRow
from careers.imports.plan import Report
from careers.imports.reading import files
from careers.imports.reading.files import File
from careers.imports.reading.refusal import MAX_ROWS, FileRefused, refuse_too_many_rows
from careers.imports.values import NotUnderstood
from careers.schools.models import School
from criteria.periods import AcademicYear

IDENTITY = {
    "UPN": "upn",
    "UniqueLearnerNumber": "uln",
    "Surname": "surname",
    "Forename": "forename",
    "DOB": "date_of_birth",
    "Email": "email",
}
BASIC = {
    "FormerUPN": "former_upn",
    "PreferredSurname": "preferred_surname",
    "PreferredForename": "preferred_forename",
    "MiddleNames": "middle_names",
}
OLD_SEN_CODES = {"S": "E", "A": "K", "P": "K"}
"""Codes ended by the Children and Families Act 2014: a statement became an EHC plan, school action (plus) SEN support."""


def rows_of(file: File, school: School, academic_year: int, report: Report) -> list[PupilRow]:
    root = files.read_ctf(file)
    report.counted_in = "Pupil"
    report.encoding = "Common Transfer File " + text(root, "Header/CTFversion")
    refuse_wrong_school(root, school)
    pupils = root.findall("CTFpupilData/Pupil")
    if not pupils:
        raise FileRefused(
            "The Common Transfer File has no pupils in it. Ask the school that sent it to export it again."
        )
    if len(pupils) > MAX_ROWS:
        refuse_too_many_rows()
    moved_up = academic_year - year_of(root, academic_year)
    if moved_up:
        sent_in, chosen = AcademicYear(academic_year - moved_up), AcademicYear(academic_year)
        report.notices.append(
            f"The file was made in {sent_in}, so its year groups were moved {moved_up:+d} for {chosen}."
        )
    return [pupil_of(number, pupil, moved_up, report) for number, pupil in enumerate(pupils, start=1)]


def text(element: _Element | None, path: str) -> str:
    return " ".join((element.findtext(path) or "").split()) if element is not None else ""


def laestab(root: _Element, which: str) -> str:
    return text(root, f"Header/{which}/LEA") + text(root, f"Header/{which}/Estab")


def refuse_wrong_school(root: _Element, school: School) -> None:
    if school.laestab in (laestab(root, "DestSchool"), laestab(root, "SourceSchool")):
        return
    sender = text(root, "Header/SourceSchool/SchoolName") or laestab(root, "SourceSchool") or "an unnamed school"
    meant = laestab(root, "DestSchool") or "no school"
    raise FileRefused(
        f"This file is not for {school.name}. It goes from {sender} to {meant}, "
        f"and this school's number (LAESTAB) is {school.laestab}. "
        "Ask the sender for the file made for this school, or sign in to the school it is for."
    )


def year_of(root: _Element, otherwise: int) -> int:
    """The academic year the file speaks of, from the day it was made: schools send Year 6 in the summer before Year 7."""
    try:
        return AcademicYear.containing(date.fromisoformat(text(root, "Header/DateTime")[:10])).start_year
    except ValueError:
        return otherwise


def pupil_of(number: int, pupil: _Element, moved_up: int, report: Report) -> PupilRow:
    row = PupilRow(number, {})
    basic = pupil.find("BasicDetails")
    for source, names in ((pupil, IDENTITY), (basic, BASIC)):
        for tag, name in names.items():
            take(row, report, name, tag, text(source, tag), roll_table.READERS[name])
    take(row, report, "sex", "Sex", text(pupil, "Sex") or text(pupil, "Gender") or text(basic, "Sex"), values.a_sex)
    if "surname" not in row.facts:
        report.fault(number, "Surname", "There is no surname. Ask the sender for a corrected file.")
    year = text(basic, "NCyearActual") or text(pupil, "NCyearActual")
    if year and year.upper() != "X":
        row.year_group = understood(report, number, "NCyearActual", year, values.a_year_group)
        row.year_group = row.year_group + moved_up if row.year_group is not None else None
    characteristics(row, pupil, report)
    return row


def take(row: PupilRow, report: Report, name: str, tag: str, found: str, reader: Callable[[Any], Any]) -> None:
    if found and (value := understood(report, row.number, tag, found, reader)):
        row.facts[name] = value


def understood(report: Report, number: int, tag: str, found: str, reader: Callable[[Any], Any]) -> Any:
    try:
        return reader(found)
    except NotUnderstood as fault:
        report.fault(number, tag, str(fault))
        return None


def characteristics(row: PupilRow, pupil: _Element, report: Report) -> None:
    """The SEN provision that began last, free meals without an end, and care: as they stand when the file was made."""
    provisions = [
        (text(sen, "StartDate"), text(sen, "SENprovision").upper())
        for sen in pupil.iter("SEN")
        if text(sen, "SENprovision")
    ]
    if provisions:
        began, code = max(provisions)
        code = OLD_SEN_CODES.get(code, code)
        state(
            row,
            report,
            "sen_provision",
            "SENprovision",
            understood(report, row.number, "SENprovision", code, values.sen_provision),
            began,
        )
    meals = pupil.findall("FSMhistory/FSMinstance")
    current = [text(meal, "FSMstartDate") for meal in meals if not text(meal, "FSMendDate")]
    if meals or pupil.find("FSMhistory") is not None:
        state(row, report, "fsm", "FSMstartDate", "Y" if current else "N", max(current, default=""))
    if in_care := text(pupil, "LookedAfter/InCare"):
        answer = understood(report, row.number, "InCare", in_care, values.in_care)
        state(row, report, "looked_after", "InCare", None if answer is None else "Y" if answer else "N", "")


def state(row: PupilRow, report: Report, kind: str, tag: str, code: str | None, began: str) -> None:
    if code is None:
        return
    row.characteristics[kind] = code
    if began and (day := understood(report, row.number, tag, began, values.a_date)):
        row.since[kind] = day
