"""Pupils and encounters from CSV or Parquet, checked against the logical tables. A refusal names file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from criteria.tables import NO_CODES, Column, Kind, Table

TRUE = {"true", "yes", "y", "1"}
FALSE = {"false", "no", "n", "0"}


class FileError(ValueError):
    """A file that cannot be used as it stands. The message is one line a person can act on."""


def read_rows(path: Path, table: Table) -> list[dict[str, Any]]:
    """Every row of a file as a row of the logical table; FileError on the first thing that is wrong.

    Columns that are not of the table are refused, so that a misspelt one is noticed. Row numbers count the header as row 1.
    In Parquet, which has NULL for not known, an empty list may also be written as empty text.
    """
    if not path.exists():
        raise FileError(f"{path}: there is no such file.")
    typed = path.suffix.lower() == ".parquet"
    header, rows = _parquet(path) if typed else _csv(path)
    columns = _columns(path, header, table)
    found = []
    for number, values in rows:
        row = {}
        for column, value in zip(columns, values, strict=True):
            if value == "" and column.kind is Kind.CODES and typed:
                value = ()
            try:
                row[column.name] = READERS[column.kind](value, column)
            except ValueError as error:
                raise FileError(f"{path}, row {number}, column '{column.name}': {error}.") from None
            if column.required and row[column.name] is None:
                raise FileError(f"{path}, row {number}, column '{column.name}': it is blank, and it is needed.")
        found.append(row)
    return found


def _columns(path: Path, header: Iterable[str], table: Table) -> list[Column]:
    names = [str(name).strip() for name in header]
    for name in names:
        if name not in table.names:
            raise FileError(
                f"{path}, row 1, column '{name}': {table.name} have no such column; use {', '.join(table.names)}."
            )
        if names.count(name) > 1:
            raise FileError(f"{path}, row 1, column '{name}': it is there twice; keep one.")
    for column in table.columns:
        if column.required and column.name not in names:
            raise FileError(f"{path}, row 1, column '{column.name}': it is missing, and it is needed.")
    return [table.column(name) for name in names]


Rows = Iterator[tuple[int, list[Any]]]


def _csv(path: Path) -> tuple[list[str], Rows]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{path}, byte {error.start}: this is not UTF-8 text; save it as CSV UTF-8.") from None
    lines = csv.reader(text.splitlines(keepends=True), strict=True)
    header = next(lines, None)
    if not header:
        raise FileError(f"{path}, row 1: the file is empty; the first row must name the columns.")
    return header, _csv_rows(path, lines, len(header))


def _csv_rows(path: Path, lines: Iterator[list[str]], width: int) -> Rows:
    number = 1
    while True:
        number += 1
        try:
            values = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileError(f"{path}, row {number}: this is not CSV ({error}).") from None
        if len(values) != width and any(values):
            raise FileError(f"{path}, row {number}: it has {len(values)} columns where the header has {width}.")
        if any(values):
            yield number, values


def _parquet(path: Path) -> tuple[list[str], Rows]:
    try:
        import duckdb
    except ImportError:
        raise FileError(
            f"{path}: reading Parquet needs DuckDB; install Trigpoint with its 'files' extra, or give CSV."
        ) from None
    try:
        answer = duckdb.connect().execute("SELECT * FROM read_parquet(?, hive_partitioning = false)", [str(path)])
    except duckdb.Error:
        raise FileError(f"{path}: this cannot be read as Parquet.") from None
    header = [column[0] for column in answer.description or ()]
    return header, ((number, list(values)) for number, values in enumerate(answer.fetchall(), 2))


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(value: Any, column: Column) -> str | None:
    return None if _blank(value) else str(value).strip()


def _whole(value: Any, column: Column) -> int | None:
    number = _number(value, column)
    if number is not None and number != int(number):
        raise ValueError(f"found '{value}' where a whole number is wanted")
    return None if number is None else int(number)


def _number(value: Any, column: Column) -> float | None:
    if _blank(value):
        return None
    try:
        number = float(value)
    except ValueError:
        raise ValueError(f"found '{value}' where a number is wanted") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"found '{value}' where a number is wanted")
    return number


def _day(value: Any, column: Column) -> date | None:
    if _blank(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"found '{value}' where a date such as 2026-11-22 is wanted") from None


def _flag(value: Any, column: Column) -> bool | None:
    if _blank(value):
        return None
    word = str(value).strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError(f"found '{value}' where true, false or blank is wanted")
    return word in TRUE


def _code(value: Any, column: Column) -> str | None:
    if _blank(value):
        return None
    code = str(value).strip()
    if column.allowed and code not in column.allowed:
        raise ValueError(f"found '{code}'; it is one of {', '.join(column.allowed)}")
    return code


def _codes(value: Any, column: Column) -> tuple[str, ...] | None:
    if _blank(value):
        return None
    if isinstance(value, str) and value.strip() == NO_CODES:
        return ()
    parts = [part.strip() for part in value.split("|")] if isinstance(value, str) else [str(part) for part in value]
    codes = tuple(sorted({code for part in parts if part and (code := _code(part, column))}))
    return codes


Reader = Callable[[Any, Column], Any]
READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.FLAG: _flag,
    Kind.CODE: _code,
    Kind.CODES: _codes,
}
