"""Lists of any kind that are damaged, odd or made to do harm: read as they are, or refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django_scopes import scope

from careers.imports.lists import days, guessing, sheet
from careers.imports.models import Import
from careers.imports.reading import workbook
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.lists import five_pupils, list_brought_in, list_uploaded
from careers.imports.tests.sheets import csv_file, csv_text, faults, upload, xlsx_file
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_pupil


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    return five_pupils(school)


def refusal(file: File) -> str:
    with pytest.raises(FileRefused) as refused:
        sheet.read(file)
    return str(refused.value)


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_a_thousand_columns(make: type) -> None:
    said = refusal(make([f"Column {n}" for n in range(1000)], list(range(1000))))  # type: ignore[call-arg]
    assert "200 columns we read" in said or "1,000 columns and the most we read is 200" in said


def test_more_rows_than_we_read() -> None:
    content = "Name,Form\n" + "Wren Ash,9A\n" * 100_020
    assert "more than 100,000 rows" in refusal(File("names.csv", content.encode()))


def test_a_megabyte_in_one_cell() -> None:
    assert "A cell is far too long" in refusal(csv_file(["Name", "Form"], ["A" * 1_000_000, "9A"]))


def test_a_page_of_text_in_a_workbooks_cell_is_a_fault_of_its_row(school: School, pupils: list[Pupil]) -> None:
    head = ["UPN", "Activity", "Type", "Attendance"]
    started = list_uploaded(school, xlsx_file(head, [pupils[0].upn, "Talk " * 6000, "employer_encounter", "yes"]))
    assert faults(started)[0].startswith("2 Activity: “Talk Talk")
    assert len(started.preview["cells"][0]["parts"][0]["value"]) == 500


FAR = '<row r="1"><c r="A1"/></row><row r="90000"><c r="GR90000"/></row>'
BARE = f'<row r="90000">{"<c/>" * 200}</row>'
ENDLESS = '<row r="1048576"><c/></row>'


@pytest.mark.parametrize("cells", [FAR, BARE, ENDLESS])
def test_a_workbook_of_two_kilobytes_whose_cells_lie_far_apart_is_not_spread_out_in_memory(cells: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    with pytest.raises(FileRefused, match="far apart|more than 100,000 rows"):
        workbook.measure(file.getvalue())


def test_a_workbook_whose_empty_rows_were_made_higher_to_the_very_end_is_measured_by_its_cells() -> None:
    xml = b'<row r="1"><c r="A1"/></row><row r="1048576" ht="20"/>'
    assert workbook.furthest(xml) == (1, 1)


def test_a_workbook_that_unpacks_to_gigabytes() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 210_000_000)
    assert "unpacks to far more" in refusal(File("bomb.xlsx", made.getvalue()))


def test_a_large_matrix_is_read_in_a_fixed_number_of_queries(
    school: School, django_assert_max_num_queries: object
) -> None:
    few, many = ([make_pupil(school) for _ in range(count)] for count in (2, 12))
    for group in (few, many):
        head = ["UPN", *[f"Careers lesson {n}" for n in range(150)]]
        file = csv_file(head, *[[pupil.upn, *["Y"] * 150] for pupil in group], name="tracker.csv")
        with django_assert_max_num_queries(45):  # type: ignore[operator]
            started = list_uploaded(school, file, once={"type": "careers_lesson"})
        assert started.counts["new"] == 150 * len(group)


def test_merged_cells_say_the_same_for_every_row_they_cover(school: School, pupils: list[Pupil]) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Club", "Name", "Form", "Date", "Attendance"])
        page.merge_range(1, 0, 3, 0, "Employer club")
        for row, pupil in enumerate(pupils[:3], start=1):
            page.write_row(row, 1, [pupil.full_name, "9A", "2026-10-06", "/"])
    list_brought_in(school, File("club.xlsx", made.getvalue()))
    with scope(school=school):
        assert [one.encounters.count() for one in Activity.objects.all()] == [3]


def test_two_rows_of_headings_are_read_as_one() -> None:
    file = csv_file(
        ["Surname", "Forename", "Autumn", ""], ["", "", "Careers fair", "Mock interview"], ["Ash", "Wren", "Y", "N"]
    )
    assert sheet.read(file, header=2).headings == ["Surname", "Forename", "Careers fair", "Mock interview"]


def test_headings_in_the_fifth_row_twice_the_same_and_blank() -> None:
    above = [["Eastfield School"], ["Printed on 1 October"], ["For staff"], ["Years 7 to 9"]]
    found = sheet.read(
        csv_file(*above, ["Name", "Date", "Date", "", "Form"], ["Wren Ash", "1/10/2026", "", "late", "9A"])
    )
    assert (found.header, found.above[0]) == (5, "Eastfield School")
    assert [column.name for column in found.columns] == [
        "Name",
        "Date (column B)",
        "Date (column C)",
        "Column D",
        "Form",
    ]
    assert guessing.mapping_of(found, 2026).means == ["name", "starts_on", "ignore", "ignore", "form"]


def test_no_headings_at_all() -> None:
    found = sheet.read(csv_file(["Wren Ash", "9A"], ["Kit Birch", "9B"], ["Noor Cedar", "10C"]))
    assert (found.header, guessing.mapping_of(found, 2026).means) == (0, ["name", "form"])


def test_days_written_in_several_ways_in_one_column(school: School, pupils: list[Pupil]) -> None:
    head = ["UPN", "Activity", "Type", "Date", "Attendance"]
    written = ["06/10/2026", "2026-10-06", date(2026, 10, 6), "6 Oct 2026", "Tuesday 6th October"]
    rows = [[pupil.upn, "Talk", "employer_encounter", day, "P"] for pupil, day in zip(pupils, written, strict=True)]
    done = list_brought_in(school, xlsx_file(head, *rows, name="talks.xlsx"))
    assert done.counts == {"new": 5, "new_activities": 1}


def test_days_counted_from_1904() -> None:
    file = xlsx_file(["Name", "Date"], ["Wren Ash", date(2026, 10, 6)], options={"date_1904": True})
    assert [days.a_day(cell) for cell in sheet.read(file).cells(1)] == [date(2026, 10, 6)]


def test_days_with_the_month_first_are_noticed_and_never_mixed_in_silently() -> None:
    assert days.month_first(["10/13/2026", "10/06/2026"]) is True
    assert days.month_first(["13/10/2026"]) is False
    assert days.month_first(["13/10/2026", "10/13/2026"]) is None
    assert days.a_day("10/13/2026", day_first=False) == date(2026, 10, 13)
    assert [days.a_day(text, academic_year=2026) for text in ("6 Oct", "3/2")] == [date(2026, 10, 6), date(2027, 2, 3)]


def test_a_formula_says_what_it_came_to() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "Form"])
        page.write_formula(1, 0, '="Wren"&" Ash"', value="Wren Ash")
        page.write_formula(1, 1, "=1/0", value="#DIV/0!")
    found = sheet.read(File("formulas.xlsx", made.getvalue()))
    assert next(iter(found.cells(0))) == "Wren Ash"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_other_encodings(encoding: str) -> None:
    found = sheet.read(File("names.csv", csv_text(["Name", "Form"], ["Zoë Brontë", "9A"]).encode(encoding)))
    assert list(found.cells(0)) == ["Zoë Brontë"]


def test_names_written_from_right_to_left_are_matched(school: School) -> None:
    make_pupil(school, surname="חיים", forename="נועה", form="9A")
    make_pupil(school, surname="العلي", forename="ليلى", form="9A")
    file = csv_file(["Surname", "Forename", "Form"], ["חיים", "נועה", "9A"], ["العلي", "ليلى", "9A"], name="fair.csv")
    assert list_brought_in(school, file, once={"title": "Fair", "type": "careers_event"}).counts["new"] == 2


def test_what_begins_like_a_formula_is_text(school: School, pupils: list[Pupil]) -> None:
    evil = '=HYPERLINK("http://192.0.2.1","x")'
    head = ["UPN", evil, "Type", "Date", "Attendance"]
    means = ["upn", "title", "type", "starts_on", "status"]
    file = csv_file(head, [pupils[0].upn, evil, "employer_encounter", evil, "P"], name="=evil.csv")
    started = list_uploaded(school, file, means=means)
    assert started.status == Import.Status.FIX
    assert started.preview["cells"][0]["parts"][0]["value"] == evil


def test_a_nul_or_nothing_but_blanks() -> None:
    assert "NUL" in refusal(File("names.csv", b"Name,Form\nWren\x00 Ash,9A\n" + b"Kit Birch,9A\n" * 20))
    assert "empty" in refusal(File("names.csv", b" \r\n \r\n"))
    assert "no rows under them" in refusal(csv_file(["Name", "Form"]))


def test_nothing_of_a_refused_file_is_kept(school: School) -> None:
    with pytest.raises(FileRefused):
        upload(school, File("names.pdf", b"%PDF-1.7"), "anything")
    with scope(school=school):
        assert not Import.objects.exists()
