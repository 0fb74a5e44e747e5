"""Lists made to look like those of other systems, of invented people, and the way from such a file to the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django_scopes import scope

from careers.imports import actions, answering
from careers.imports.lists import guessing, sheet
from careers.imports.lists.mapping import Fixes
from careers.imports.lists.words import answered, words_of
from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.tests.sheets import csv_file, upload, xlsx_file
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import YEAR, make_pupil

NAMES = [("Ash", "Wren"), ("Birch", "Kit"), ("Cedar", "Noor"), ("Dogwood", "Sam"), ("Elder", "Ife")]


def five_pupils(school: School) -> list[Pupil]:
    return [
        make_pupil(school, surname=last, forename=first, form="9A", email=f"{first}.{last}@example.org".lower())
        for last, first in NAMES
    ]


def trips_system() -> File:
    """A visit a row, with no pupils: day and month of the leaver's own kind, a leader, a venue."""
    head = ["Visit Ref", "Visit Title", "Visit Type", "Venue", "Departure Date", "Return Date", "Visit Leader", "Risk"]
    college = ["V-101", "Open day at the college", "Trip - FE visit", "Harbour College"]
    yard, match = (
        ["V-102", "Shipyard tour", "Trip - workplace", "Tyne Yard"],
        ["V-103", "Football away", "Sports fixture", "Eastfield"],
    )
    return csv_file(
        head,
        [*college, "06/10/2026 08:30", "06/10/2026 15:00", "Ms Lark", "Low"],
        [*yard, "13/10/2026 09:00", "13/10/2026 14:00", "Mr Finch", "Medium"],
        [*match, "14/10/2026 13:00", "14/10/2026 17:00", "Mr Finch", "Low"],
        name="visits-export.csv",
    )


def clubs_list(pupils: list[Pupil]) -> File:
    """An activity, a pupil and a session a row; the club's name only beside the first of its rows."""
    rows: list[list[Any]] = []
    for week in (date(2026, 9, 15), date(2026, 9, 22), date(2026, 9, 29)):
        for place, pupil in enumerate(pupils[:3]):
            came = "Present" if place or week.day == 22 else "Absent"
            rows.append(["Young Enterprise" if not rows else "", pupil.list_name, "9A", week, came])
    return xlsx_file(["Club", "Student", "Reg Group", "Session Date", "Attendance"], *rows, name="clubs.xlsx")


def dates_across(pupils: list[Pupil]) -> File:
    return csv_file(
        ["Coding club, autumn 2026"], ["Name", "Form", "6 Oct", "13 Oct", "20 Oct"],
        *[[p.list_name, "9A", "/" if n else "N", "/", ""] for n, p in enumerate(pupils[:3])], name="coding club.csv",
    )  # fmt: skip


def interactions(pupils: list[Pupil]) -> File:
    """A student, a day and a type of interaction a row, with what was said, which is the pupil's and not the activity's."""
    return csv_file(
        ["Student Email", "Interaction Type", "Date of interaction", "Description", "Staff member"],
        [pupils[0].email, "Careers interview", "2026-10-06", "Talked of colleges", "Ms Lark"],
        [pupils[1].email, "Careers interview", "2026-10-06", "Is worried", "Ms Lark"],
        [pupils[2].email, "Employer talk", "2026-10-08", "", "Mr Finch"],
        name="interactions.csv",
    )


def sign_in_sheet(pupils: list[Pupil]) -> File:
    rows = [[f"{p.forename} {p.surname}", "9A"] for p in pupils]
    return xlsx_file(["Careers fair sign-in sheet, 12 November 2026"], [], ["Name", "Form"], *rows, name="sign in.xlsx")


def tracker(pupils: list[Pupil]) -> File:
    cells = [["Y", "06/10/2026", "x"], ["N", "13/10/2026", ""], ["", "", "x"]]
    return csv_file(
        ["UPN", "Surname", "Forename", "Form", "Mock interview", "Careers interview", "College taster 03/11/2026"],
        *[[p.upn, p.surname, p.forename, "9A", *cells[n]] for n, p in enumerate(pupils[:3])], name="tracker 2026.csv",
    )  # fmt: skip


def as_guessed(started: Import, **chosen: Any) -> None:
    """Say that all guesses about a list are right, but for what is chosen: fields of the mapping, `once` or `name`."""
    file = File(started.filename, bytes(started.content or b""))
    with scope(school=started.school):
        found = sheet.read(file)
        mapping = guessing.mapping_of(found, started.academic_year)
        if means := chosen.pop("means", None):
            mapping.means = means
        answered(mapping, words_of(found, mapping, started.academic_year))
        mapping.types |= chosen.pop("types", {})
        mapping.marks |= chosen.pop("marks", {})
        once, name = guessing.once_of(found, mapping, started.academic_year), chosen.pop("name", "")
        once = replace(once, **chosen.pop("once", {}))
        answering.understand(started=started, mapping=replace(mapping, **chosen), once=once, name=name, by=None)


def list_uploaded(school: School, file: File, **chosen: Any) -> Import:
    started = upload(school, file, "anything", academic_year=chosen.pop("academic_year", YEAR.start_year))
    as_guessed(started, **chosen)
    return started


def fixed(started: Import, **more: Any) -> None:
    def put(fixes: Fixes) -> None:
        for name, value in more.items():
            setattr(fixes, name, value)

    with scope(school=started.school):
        answering.put_right(started=started, more=put, by=None)


def list_brought_in(school: School, file: File, **chosen: Any) -> Import:
    started = list_uploaded(school, file, **chosen)
    assert started.status == Import.Status.READY, (started.status, started.preview)
    with scope(school=school):
        actions.apply(started=started, by=None)
    return started
