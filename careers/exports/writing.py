"""Tables as files that a spreadsheet opens safely: nothing in a cell is ever taken for a formula or made a link."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from careers.design.formulas import harmless

Cell = str | float | date | None


def guarded(cell: Cell) -> str:
    """The text of a CSV cell; an apostrophe goes before what a spreadsheet would otherwise run."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return cell.isoformat() if isinstance(cell, date) else f"{cell:g}"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark at the front by which a spreadsheet knows it."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    file = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, safe) as workbook:
        sheet = workbook.add_worksheet("Pupils")
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "d mmm yyyy"})
        sheet.write_row(0, 0, heads, bold)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif cell is not None:
                    sheet.write_number(at, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()
