"""A file of rows and columns, whichever program wrote it: its header found, its columns recognised, its cells by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from careers.imports.reading.refusal import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS, FileRefused, refuse_too_many_rows

Cell = str | int | float | bool | date | datetime | time | timedelta
Headings = Mapping[str, tuple[str, ...]]
"""For each field, the column headings that mean it, the most trusted first."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one row, in words. `row` counts as a spreadsheet does, from 1."""

    row: int
    column: str
    sentence: str


@dataclass
class Row:
    """The cells of one row by field; empty cells are left out."""

    number: int
    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        return text_of(self.cells.get(name, ""))


@dataclass
class Table:
    columns: dict[str, list[int]]
    """For each field, where its columns stand; a later one is used where the earlier is empty."""
    header: list[str]
    header_row: int
    raw: list[tuple[int, list[Cell]]]
    ignored: list[str]
    encoding: str
    faults: list[Fault] = field(default_factory=list)

    def heading(self, name: str) -> str:
        """The column's own heading, so that an error names it as the person knows it."""
        return self.header[self.columns[name][0]] if name in self.columns else name

    def rows(self) -> Iterator[Row]:
        wanted = [(name, index) for name, indexes in self.columns.items() for index in reversed(indexes)]
        for number, cells in self.raw:
            width = len(cells)
            yield Row(number, {name: cells[i] for name, i in wanted if i < width and not is_blank(cells[i])})


def is_blank(cell: Cell | None) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """A cell as one line of text: 8.0 becomes 8, a date its ISO form, runs of spaces (of any kind) one space."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)


def key_of(heading: str) -> str:
    """A heading without capitals, spaces and punctuation: `Date of Birth`, `date_of_birth` and `DATE-OF-BIRTH` are one."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def recognised(cells: Iterable[Cell], headings: Headings) -> dict[str, list[int]]:
    """Which fields a row's cells are headings of, each with its columns, the most trusted heading first."""
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        places.setdefault(key_of(text_of(cell)), []).append(index)
    found = {
        name: [i for alias in aliases for i in places.get(key_of(alias), [])] for name, aliases in headings.items()
    }
    return {name: list(dict.fromkeys(indexes)) for name, indexes in found.items() if indexes}


def best_header(rows: list[tuple[int, list[Cell]]], headings: Headings) -> tuple[int, dict[str, list[int]]]:
    """Which of the first rows is the header (its place in `rows`) and the columns it gives: the one with most known headings."""
    candidates = [
        (at, recognised(cells, headings))
        for at, (number, cells) in enumerate(rows[:HEADER_WITHIN])
        if number <= HEADER_WITHIN
    ]
    return max(candidates, key=lambda candidate: len(candidate[1]), default=(0, {}))


def build(rows: list[tuple[int, list[Cell]]], headings: Headings, encoding: str) -> Table:
    """Find the header, keep what is below it. Rows are (number, cells) with wholly empty rows already left out."""
    if not rows:
        raise FileRefused(
            "The file is empty. Export the list again and check that it has pupils in it before bringing it in."
        )
    at, columns = best_header(rows, headings)
    if len(columns) < 2:
        raise FileRefused(
            f"No column headings were recognised in the first {HEADER_WITHIN} rows. The first row reads “{glimpse(rows[0][1])}”. "
            f"Give each column a heading, such as {', '.join(aliases[0] for aliases in list(headings.values())[:4])}."
        )
    number, header = rows[at]
    names = [text_of(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise FileRefused(
            f"The file has {len(names)} columns and the most we read is {MAX_COLUMNS}. Take out the columns that are not needed."
        )
    body = rows[at + 1 :]
    if not body:
        raise FileRefused(
            f"The file has headings (row {number}) but no rows under them. Export the list again and check that it is not empty."
        )
    if len(body) > MAX_ROWS:
        refuse_too_many_rows()
    used = {index for indexes in columns.values() for index in indexes}
    ignored = [name for index, name in enumerate(names) if name and index not in used]
    table = Table(columns, names, number, body, ignored, encoding)
    table.faults = [fault for row in body for fault in faults_of_shape(*row, width=len(names), header_row=number)]
    return table


def faults_of_shape(number: int, cells: list[Cell], *, width: int, header_row: int) -> Iterator[Fault]:
    if any(not is_blank(cell) for cell in cells[width:]):
        filled = max(index for index, cell in enumerate(cells, start=1) if not is_blank(cell))
        yield Fault(
            number,
            "",
            f"It has {filled} cells but the header (row {header_row}) has {width}. "
            "Look for a comma inside a value that should be in quotation marks, or a column without a heading.",
        )
    if any(isinstance(cell, str) and "\0" in cell for cell in cells):
        yield Fault(number, "", "A cell holds a NUL character, which no text has. Delete the cell and type it again.")


def glimpse(cells: list[Cell]) -> str:
    text = ", ".join(text_of(cell) for cell in cells if not is_blank(cell)).replace("\0", "␀")
    return text if len(text) <= 80 else text[:79] + "…"
