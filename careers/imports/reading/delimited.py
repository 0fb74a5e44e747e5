"""CSV and its kin: text with commas, semicolons or tabs, in the encodings that school systems and Excel write."""

from __future__ import annotations

import codecs
import csv
import io

from careers.imports.reading.refusal import HEADER_WITHIN, MAX_ROWS, FileRefused, refuse_too_many_rows
from careers.imports.reading.table import Cell, Headings, Table, best_header, build

DELIMITERS = (",", ";", "\t")
WIDEST = 16_384
"""As wide as a spreadsheet can be, and far wider than any list we read: what lies beyond is never looked at."""
UNCLOSED = "unexpected end of data"


def read(content: bytes, headings: Headings) -> Table:
    text, encoding = decode(content)
    refuse_binary(text)
    delimiter = max(
        DELIMITERS, key=lambda candidate: len(best_header(split(text, candidate, HEADER_WITHIN), headings)[1])
    )
    return build(split(text, delimiter, None), headings, encoding)


def lines_of(content: bytes) -> tuple[list[tuple[int, list[Cell]]], str]:
    """Every row that is not empty, where nobody knows the headings, and the encoding. The delimiter is what divides most."""
    text, encoding = decode(content)
    refuse_binary(text)
    widths = {one: sorted(len(cells) for _, cells in split(text, one, 40)) for one in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda one: widths[one][len(widths[one]) // 2] if widths[one] else 0)
    return split(text, delimiter, None), encoding


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-16 when marked as such, else strict UTF-8, else what Windows wrote."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise FileRefused(
                "The file says it is UTF-16 text but is damaged. Export it again, as CSV in UTF-8 if you are asked."
            ) from None
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise FileRefused(NOT_TEXT) from None


NOT_TEXT = "The file is neither text nor an Excel workbook. Export the list as CSV or .xlsx and choose that file."


def refuse_binary(text: str) -> None:
    """More than one control character in fifty is no list of pupils, whatever the file is called."""
    start = text[:10_000]
    strange = sum(1 for character in start if ord(character) < 32 and character not in "\t\r\n\f")
    if strange * 50 > len(start):
        raise FileRefused(NOT_TEXT)


def split(text: str, delimiter: str, only: int | None) -> list[tuple[int, list[Cell]]]:
    """Rows that are not empty, with their numbers; the first `only` rows when it is given."""
    try:
        return _split(text, delimiter, only, strict=True)
    except csv.Error as error:
        if UNCLOSED in str(error) and only is None:
            raise FileRefused(
                f"A quotation mark is opened and never closed ({last_row(text, delimiter)}). Correct it and try again."
            ) from None
    try:
        return _split(text, delimiter, only, strict=False)
    except csv.Error:
        where = last_row(text, delimiter)
        raise FileRefused(
            f"A cell is far too long, as when a quotation mark is never closed ({where}). Correct it and try again."
        ) from None


def _split(text: str, delimiter: str, only: int | None, *, strict: bool) -> list[tuple[int, list[Cell]]]:
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict), start=1
    ):
        if only is not None and number > only:
            break
        if any(cells) and any(cell.strip() for cell in cells):
            rows.append((number, list(cells[:WIDEST])))
        if len(rows) > MAX_ROWS + HEADER_WITHIN:
            refuse_too_many_rows()
    return rows


def last_row(text: str, delimiter: str) -> str:
    """Where reading went wrong: the row after the last one that could be read."""
    number = 1
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
    except csv.Error:
        pass
    return f"row {number}"
