"""Excel workbooks. What is inside is measured before it is opened, because a small crafted file can unpack to gigabytes."""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from careers.imports.reading.refusal import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS, FileRefused, refuse_too_many_rows
from careers.imports.reading.table import Cell, Headings, Table, best_header, build, is_blank

MAX_UNPACKED = 200_000_000
MAX_RATIO = 150
RATIO_MATTERS_FROM = 20_000_000
MAX_AREA = 8_000_000
"""Places in all sheets together, from the first to the last cell of each, whether or not anything is there: each costs memory."""
CHUNK = 1_000_000
DAMAGED = "The Excel workbook is damaged and could not be read. Open it in Excel, save it again as .xlsx, and choose that file."
BOMB = (
    "The workbook unpacks to far more than a list of pupils could need, "
    "so it was not opened. Copy the rows into a new workbook and save it as .xlsx."
)
SPREAD = "The workbook’s cells lie very far apart. Copy the rows into a new workbook, save it as .xlsx, and choose that file."

_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""row\b[^>]*?\br\s*=\s*["']([0-9]{1,7})["'][^>/]*>""")  # with something in it
_TAG_OF_A_CELL = re.compile(rb"[<:]c[\s/>]")
_DISGUISED = re.compile(rb"""\br\s*=\s*["'][^"'>]{0,40}&""")


def read(content: bytes, headings: Headings) -> Table:
    sheets = sheets_of(content)
    name, rows = max(sheets, key=lambda sheet: len(best_header(sheet[1], headings)[1]), default=("", []))
    if len(rows) > MAX_ROWS + HEADER_WITHIN:
        refuse_too_many_rows()
    return build(rows, headings, f"Excel workbook, sheet {name}")


def sheets_of(content: bytes, *, merged: bool = False) -> list[tuple[str, list[tuple[int, list[Cell]]]]]:
    """Every sheet's name and rows that are not empty; `merged` gives every cell of a merged block what its first one says."""
    measure(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [(name, list(rows_of(book, name, merged=merged))) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused(DAMAGED) from error


def rows_of(book: CalamineWorkbook, name: str, *, merged: bool) -> Iterator[tuple[int, list[Cell]]]:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in blocks(sheet.merged_cell_ranges or []) if merged else ():
        fill(rows, top, left, bottom)
    for number, cells in enumerate(rows, start=1):
        if not all(is_blank(cell) for cell in cells):
            yield number, [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]


Corner = tuple[int, int]


def blocks(merged: list[tuple[Corner, Corner]]) -> list[tuple[Corner, Corner]]:
    """Merged blocks, unless there are more cells in them than a sheet of people can need."""
    tall = sum(bottom - top + 1 for (top, _), (bottom, _) in merged)
    return merged if tall <= 2 * MAX_ROWS else []


def fill(rows: list[list[Cell]], top: int, left: int, bottom: int) -> None:
    """Only downwards: a block merged across is a title over several columns, and not what each of them is called."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    said = rows[top][left]
    for cells in rows[top + 1 : bottom + 1]:
        if left < len(cells) and is_blank(cells[left]):
            cells[left] = said


def measure(content: bytes) -> None:
    """Refuse what is no workbook, what unpacks too large, and a sheet whose cells lie too far apart for memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names and not any(n.startswith("xl/") for n in names):
                raise FileRefused(what_archive(names))
            refuse_bomb(sum(info.file_size for info in archive.infolist()), len(content))
            unpacked = area = 0
            for info in archive.infolist():
                unpacked, places = measure_member(archive, info, unpacked, len(content))
                area += places
                if area > MAX_AREA:
                    raise FileRefused(SPREAD)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise FileRefused(DAMAGED) from error


def what_archive(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "This is a Word document. Copy its table into Excel, save it as .xlsx, and choose that file."
    if "content.xml" in names:
        return "This is an OpenDocument file. Open it, save it as .xlsx or CSV, and choose that file."
    return "This is a zip archive and not an Excel workbook. Unpack it and choose the .csv, .xlsx or .xml file inside."


def refuse_bomb(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO):
        raise FileRefused(BOMB)


def measure_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, unpacked: int, packed: int) -> tuple[int, int]:
    """Unpack one part to its true end (what it claims may be a lie): the running total, and of a sheet how many places it has."""
    honest = copy.copy(info)
    honest.file_size = MAX_UNPACKED + 1
    is_sheet = info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml")
    tail, rows, columns = b"", 0, 0
    with archive.open(honest) as part:
        while piece := part.read(CHUNK):
            unpacked += len(piece)
            refuse_bomb(unpacked, packed)
            if is_sheet:
                row, column = furthest(tail + piece)
                rows, columns = max(rows, row), max(columns, column)
                tail = piece[-64:]
    return unpacked, rows * columns


def furthest(xml: bytes) -> tuple[int, int]:
    """The last row and the last column there are cells in. Refuses what lies further than we read."""
    rows = max((int(digits) for digits in _ROW.findall(xml)), default=0)
    said = _CELL.findall(xml)
    columns = 0
    if len(_TAG_OF_A_CELL.findall(xml)) > len(said) + 1:  # some do not say where they are, and stand one after another
        columns = max(len(_TAG_OF_A_CELL.findall(row)) for row in xml.split(b"row"))
    if rows > MAX_ROWS + HEADER_WITHIN:
        refuse_too_many_rows()
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or _DISGUISED.search(xml):
        raise FileRefused(DAMAGED)
    for letters, digits in set(said):
        if int(digits) > MAX_ROWS + HEADER_WITHIN:
            refuse_too_many_rows()
        if len(letters) > 2 or column_number(letters) > MAX_COLUMNS:
            raise FileRefused(
                f"A cell stands in column {letters.decode()}, beyond the {MAX_COLUMNS} columns we read. "
                "Delete what is out there and save again."
            )
        rows, columns = max(rows, int(digits)), max(columns, column_number(letters))
    return rows, columns


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
