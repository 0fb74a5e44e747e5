"""A spreadsheet whose headings nobody knows beforehand: its sheets, the row its headings stand in, its columns and their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from careers.imports import headings
from careers.imports.lists.meanings import HEADINGS
from careers.imports.reading import delimited, files, workbook
from careers.imports.reading.files import File
from careers.imports.reading.refusal import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS, FileRefused, refuse_too_many_rows
from careers.imports.reading.table import Cell, is_blank, key_of, text_of

HEADING_ROOM = 120
FIRST = "the first"
"""The row of headings of a sheet that is yet to be looked at."""
Rows = list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Column:
    """One column: `name` is its heading, or where it stands when it has none; never the same as another's."""

    index: int
    heading: str
    name: str


@dataclass
class Sheet:
    """One sheet of a file. `header` is the row its headings stand in, 0 where it has none; `above` what is written above them."""

    name: str
    names: list[str]
    encoding: str
    header: int
    columns: list[Column]
    rows: Rows
    above: list[str]

    def cells(self, index: int) -> Iterator[Cell]:
        """The cells of a column that are not blank."""
        for _, cells in self.rows:
            if index < len(cells) and not is_blank(cells[index]):
                yield cells[index]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


def read(file: File, sheet: str = "", header: int | None = None) -> Sheet:
    """One sheet of a file: that of the name given, else the likeliest. Raises FileRefused for a file that cannot be used."""
    sheets, encoding = sheets_of(file)
    sheets = {name: rows for name, rows in sheets.items() if rows}
    if not sheets:
        raise FileRefused("The file is empty. Export the list again and check that it has something in it.")
    chosen = sheet if sheet in sheets else max(sheets, key=lambda name: (known_in(sheets[name]), len(sheets[name])))
    rows = sheets[chosen]
    at = likely_header(rows) if header is None else header
    if len(rows) > MAX_ROWS + HEADER_WITHIN:
        refuse_too_many_rows()
    return laid_out(chosen, list(sheets), encoding, rows, at)


def sheets_of(file: File) -> tuple[dict[str, Rows], str]:
    files.refuse_size(file)
    if file.content.startswith(b"PK\x03\x04"):
        return dict(workbook.sheets_of(file.content, merged=True)), "Excel workbook"
    files.refuse_known_kinds(file)
    rows, encoding = delimited.lines_of(file.content)
    return {"": rows}, encoding


@cache
def known() -> frozenset[str]:
    every = [*headings.for_log().values(), *HEADINGS.values()]
    return frozenset(key_of(alias) for aliases in every for alias in aliases)


def known_in(rows: Rows) -> int:
    return max((known_headings(cells) for number, cells in rows[:HEADER_WITHIN]), default=0)


def known_headings(cells: list[Cell]) -> int:
    return len({key for cell in cells if not is_blank(cell) and (key := key_of(text_of(cell))) in known()})


def likely_header(rows: Rows) -> int:
    """The first row with most headings that are known; 0 where there is none, so that nobody's name is taken for a heading."""
    first = [(number, cells) for number, cells in rows[:HEADER_WITHIN] if number <= HEADER_WITHIN]
    best = max(first, key=lambda row: known_headings(row[1]), default=(0, []))
    return best[0] if known_headings(best[1]) else 0


def laid_out(name: str, names: list[str], encoding: str, rows: Rows, header: int) -> Sheet:
    at = next((place for place, (number, _) in enumerate(rows[:HEADER_WITHIN]) if number == header), None)
    if at is None:
        header, top, body = 0, [], rows
    else:
        top, body = list(rows[at][1]), rows[at + 1 :]
    if not body:
        raise FileRefused(f"The file has headings (row {header}) but no rows under them. Export the list again.")
    over = [cells for _, cells in rows[: at or 0]]
    width = max((filled(cells) for _, cells in [(header, top), *body]), default=0)
    if width > MAX_COLUMNS:
        raise FileRefused(
            f"The file has {width:,} columns and the most we read is {MAX_COLUMNS}. Take out the columns that are not needed."
        )
    if any(isinstance(cell, str) and "\0" in cell for _, cells in rows for cell in cells):
        raise FileRefused("A cell holds a NUL character, which no text has. Save the list again as CSV in UTF-8.")
    above = [text_of(cell)[:HEADING_ROOM] for cells in over for cell in cells if not is_blank(cell)]
    return Sheet(name, names, encoding, header, columns_of(top, over[-1] if over else [], width, body), body, above)


def filled(cells: list[Cell]) -> int:
    return next((len(cells) - back for back, cell in enumerate(reversed(cells)) if not is_blank(cell)), 0)


def columns_of(top: list[Cell], over: list[Cell], width: int, body: Rows) -> list[Column]:
    """Every column with a heading or a cell. A blank heading takes what stands above it, as where two rows are merged."""

    def said(cells: list[Cell], index: int) -> str:
        return text_of(cells[index])[:HEADING_ROOM] if index < len(cells) and not is_blank(cells[index]) else ""

    used = {i for _, cells in body for i, cell in enumerate(cells) if not is_blank(cell)}
    found = {i: said(top, i) or (said(over, i) if top else "") for i in range(width)}
    found = {i: heading for i, heading in found.items() if heading or i in used}
    twice = Counter(heading.casefold() for heading in found.values())
    return [Column(i, heading, named(i, heading, twice[heading.casefold()])) for i, heading in found.items()]


def named(index: int, heading: str, times: int) -> str:
    if not heading:
        return f"Column {letters(index)}"
    return heading if times == 1 else f"{heading} (column {letters(index)})"


def letters(index: int) -> str:
    """A column as a spreadsheet calls it: 0 is A, 26 is AA."""
    index, last = divmod(index, 26)
    return (letters(index - 1) if index else "") + chr(65 + last)
