"""Tables as CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from careers.design.formulas import harmless


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str | date | None]]) -> bytes:
    """UTF-8 with the mark at the front by which a spreadsheet knows it; nothing in a cell is ever taken for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: str | date | None) -> str:
    return cell.isoformat() if isinstance(cell, date) else harmless(cell or "")
