"""Somebody chooses a file that cannot be used, or one made to do harm: one clear message, and nothing changed."""

from __future__ import annotations

import io
import zipfile

import pytest

from careers.imports.headings import ROLL as HEADINGS
from careers.imports.models import Import
from careers.imports.reading.files import File, read_ctf, read_table
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.sheets import ROLL, a_upn, csv_file, csv_text, faults, roll_rows, upload, xlsx_file
from careers.schools.models import School

BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><CTfile>&d;</CTfile>"""
XXE = b'<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile>&x;</CTfile>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE CTfile SYSTEM "http://192.0.2.1/ctf.dtd"><CTfile></CTfile>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def refusal(content: bytes, name: str = "roll.csv") -> str:
    with pytest.raises(FileRefused) as refused:
        read_table(File(name, content), HEADINGS)
    return str(refused.value)


@pytest.mark.parametrize("content", [b"", b" \r\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes) -> None:
    assert refusal(content).startswith("The file is empty.")


def test_headings_with_nothing_under_them() -> None:
    assert refusal(b"UPN,Surname,Forename\r\n") == (
        "The file has headings (row 1) but no rows under them. Export the list again and check that it is not empty."
    )


def test_columns_nobody_recognises() -> None:
    said = refusal(b"alpha,beta\r\n1,2\r\n")
    assert said.startswith(
        "No column headings were recognised in the first 10 rows. The first row reads “alpha, beta”."
    )


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(2000), b"\x81\x8d\x8f" * 50])
def test_binary_rubbish_under_the_name_of_a_spreadsheet(content: bytes) -> None:
    assert refusal(content).startswith("The file is neither text nor an Excel workbook.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE, "This is an old Excel workbook (.xls)."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "The workbook is protected with a password."),
        (b"%PDF-1.7 and so on", "This is a PDF."),
        (b"<html><table><tr><td>UPN</td></tr></table></html>", "This is a web page,"),
        (b"<?xml version='1.0'?><CTfile/>", "This is an XML file,"),
        (b"PK\x03\x04 cut short", "The Excel workbook is damaged"),
        (b"\xff\xfeU", "The file says it is UTF-16 text but is damaged."),
    ],
)
def test_a_file_of_another_kind_is_named_with_its_remedy(content: bytes, said: str) -> None:
    assert refusal(content).startswith(said)


@pytest.mark.parametrize(("inside", "said"), [("word/document.xml", "a Word document"), ("roll.csv", "a zip archive")])
def test_another_kind_of_archive(inside: str, said: str) -> None:
    assert said in refusal(zipped({inside: b"UPN"}))


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def test_a_workbook_that_unpacks_to_far_more_than_it_should() -> None:
    bomb = zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(40_000_000)})
    assert len(bomb) < 100_000
    assert "unpacks to far more" in refusal(bomb)


def test_a_workbook_that_lies_about_how_far_it_unpacks() -> None:
    bomb = bytearray(zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(40_000_000)}))
    claimed = (40_000_000).to_bytes(4, "little")
    while (at := bomb.find(claimed)) >= 0:
        bomb[at : at + 4] = (1_000).to_bytes(4, "little")
    assert "unpacks to far more" in refusal(bytes(bomb))


def test_a_workbook_with_a_cell_at_the_far_corner() -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>'
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    assert "column XFD, beyond the 200 columns" in refusal(
        zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})
    )
    deep = sheet.replace(b"XFD2", b"A1048576")
    assert "more than 100,000 rows" in refusal(
        zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": deep})
    )


def test_more_rows_than_we_read() -> None:
    body = "A,B,C\r\n" * 100_001
    assert "more than 100,000 rows" in refusal(f"UPN,Surname,Forename\r\n{body}".encode())


def test_more_columns_than_we_read() -> None:
    header = ["UPN", "Surname", *(f"Mark {n}" for n in range(199))]
    assert "The file has 201 columns and the most we read is 200." in refusal(csv_text(header, ["1"] * 201).encode())


def test_a_file_larger_than_the_limit(settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024**2  # type: ignore[attr-defined]
    assert refusal(b"UPN,Surname\r\n" * 200_000).startswith("The file is 2.5 MB and the most we read is 1 MB.")


@pytest.mark.parametrize("content", [BILLION_LAUGHS, XXE, OUTSIDE])
def test_xml_with_a_document_type_is_never_read(content: bytes) -> None:
    with pytest.raises(FileRefused, match="has a document type definition"):
        read_ctf(File("transfer.xml", content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<?xml version='1.0'?><CTfile><Header>", "could not be read"),
        (b"<?xml version='1.0'?><Workbook/>", "This XML file is a “Workbook”"),
    ],
)
def test_xml_that_is_no_transfer_file(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_ctf(File("transfer.xml", content))


def test_a_quotation_mark_that_is_never_closed() -> None:
    text = csv_text(ROLL, *roll_rows(3)).replace("Surname2", '"Surname2')
    assert refusal(text.encode()) == "A quotation mark is opened and never closed (row 3). Correct it and try again."


def test_a_row_wider_than_the_header_is_an_error_naming_the_row(school: School) -> None:
    rows = roll_rows()
    rows[1].append("extra")
    (fault,) = faults(upload(school, csv_file(ROLL, *rows)))
    assert fault.startswith("3 : It has 7 cells but the header (row 1) has 6.")


def test_a_cell_holding_a_nul_is_an_error_naming_the_row(school: School) -> None:
    rows = roll_rows(40)
    rows[4][1] = "Sur\0name"
    (fault,) = faults(upload(school, csv_file(ROLL, *rows)))
    assert fault == "6 : A cell holds a NUL character, which no text has. Delete the cell and type it again."


def test_rows_above_the_header_are_passed_over_and_said(school: School) -> None:
    started = upload(
        school, csv_file(["Pupil list, autumn term"], [], ["Please do not change the columns"], ROLL, *roll_rows())
    )
    assert started.status == Import.Status.READY
    assert (started.preview["header_row"], started.counts) == (4, {"new": 3})


def test_rows_of_a_workbook_are_counted_as_the_spreadsheet_counts_them(school: School) -> None:
    wrong = [*roll_rows(1)[0][:3], "soon", 9, "9A"]
    started = upload(school, xlsx_file([], ["Pupil list"], [], ROLL, roll_rows(2)[1], [], wrong))
    assert started.preview["header_row"] == 4
    assert faults(started)[0].startswith("7 DOB: “soon” is not a date.")


def test_a_formula_is_only_text(school: School) -> None:
    rows = roll_rows(1)
    rows[0][1] = "=cmd|' /C calc'!A0"
    assert upload(school, csv_file(ROLL, *rows)).preview["new"] == ["=cmd|' /C calc'!A0, Forename1, Year 9"]
    started = upload(school, xlsx_file(ROLL, *rows, options={"strings_to_formulas": False}))
    assert started.preview["new"] == ["=cmd|' /C calc'!A0, Forename1, Year 9"]


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")]
)
def test_accents_survive_every_encoding_that_schools_send(school: School, encoding: str, said: str) -> None:
    started = upload(school, csv_file(ROLL, [a_upn(1), "Doré", "Zoë", "09/03/2013", 9, "9A"], encoding=encoding))
    assert started.preview["new"] == ["Doré, Zoë, Year 9"]
    assert started.preview["encoding"] == said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_will_do(school: School, delimiter: str) -> None:
    assert upload(school, csv_file(ROLL, *roll_rows(), delimiter=delimiter)).counts == {"new": 3}


def test_unknown_columns_are_listed_and_passed_over(school: School) -> None:
    started = upload(
        school, csv_file([*ROLL, "Dinner Money", "Locker"], *[[*row, "2.40", "17"] for row in roll_rows()])
    )
    assert started.preview["ignored"] == ["Dinner Money", "Locker"]
    assert started.counts == {"new": 3}


def test_a_row_far_wider_than_any_list_is_not_looked_at_to_its_end() -> None:
    assert refusal(b"UPN,Surname,Forename" + b",x" * 40_000 + b"\n1,2,3\n").startswith("The file has 16384 columns")
