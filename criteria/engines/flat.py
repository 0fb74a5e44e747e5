"""Answers from rows that are in nobody's database: loads them into SQLite or DuckDB in memory, then asks the one query."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from criteria.engines.dialects import DUCKDB, SQLITE, Dialect
from criteria.engines.reference import stage_of
from criteria.engines.setwise import asked_of, assemble
from criteria.engines.sql import attributes_asked, counts_sql
from criteria.model import Criterion
from criteria.standing import Standings
from criteria.tables import OCCASION_COLUMNS, Column, Kind

Row = Mapping[str, Any]


class Connection(Protocol):
    def execute(self, sql: str, parameters: Any = ...) -> Any: ...
    def executemany(self, sql: str, rows: Any) -> Any: ...


TYPES = {Kind.INTEGER: "INTEGER", Kind.NUMBER: "DOUBLE PRECISION", Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN"}


def bars(codes: Iterable[str] | None) -> str | None:
    """A list as the query wants it: |a|b| in order, empty text for known to be empty, None for not known."""
    if codes is None:
        return None
    return "".join(f"|{code}" for code in sorted(codes)) + "|" if codes else ""


def evaluate(
    criteria: Sequence[Criterion], pupils: Sequence[Row], encounters: Iterable[Row], as_at: date, engine: str = "sqlite"
) -> Standings:
    """Every pupil on every criterion. `engine` is sqlite or duckdb (which must be installed)."""
    connection, dialect = _open(engine)
    columns = [column for column in OCCASION_COLUMNS if column.name in attributes_asked(criteria)]
    _load(connection, dialect, pupils, encounters, columns, as_at)
    lent = {"pupils": "SELECT * FROM lent_pupils", "occasions": "SELECT * FROM lent_encounters",
            "attendances": "SELECT pupil, occasion, status FROM lent_encounters"}  # fmt: skip
    counted = connection.execute(
        counts_sql(criteria, asked_of(criteria, pupils, as_at), as_at, lent, dialect)
    ).fetchall()
    return assemble(criteria, pupils, counted, as_at)


def _open(engine: str) -> tuple[Connection, Dialect]:
    if engine == "duckdb":
        import duckdb

        return duckdb.connect(), DUCKDB
    return sqlite3.connect(":memory:"), SQLITE


def _load(
    connection: Connection,
    dialect: Dialect,
    pupils: Iterable[Row],
    encounters: Iterable[Row],
    columns: list[Column],
    as_at: date,
) -> None:
    def value(row: Row, column: Column) -> Any:
        found = row.get(column.name)
        if column.kind is Kind.CODES:
            return bars(found)
        return found.isoformat() if isinstance(found, date) and not dialect.typed_dates else found

    connection.execute(
        "CREATE TABLE lent_pupils (pupil TEXT, academic_year INTEGER, year_group INTEGER, repeated_year INTEGER, subjects TEXT)"
    )
    people = [
        (pupil["pupil"], stage.academic_year, stage.year_group, stage.repeated_year, bars(pupil.get("subjects")))
        for pupil in pupils
        if (stage := stage_of(pupil, as_at)) is not None
    ]
    _insert(connection, "lent_pupils", 5, people)
    names = [column.name for column in columns if column.name != "date"]
    kinds = ", ".join(f"{c.name} {TYPES.get(c.kind, 'TEXT')}" for c in columns if c.name != "date")
    connection.execute(f"CREATE TABLE lent_encounters (pupil TEXT, occasion INTEGER, status TEXT, date DATE, {kinds})")
    wanted = [column for column in columns if column.name != "date"]
    seen: set[tuple[Any, Any]] = set()
    rows = []
    for number, row in enumerate(encounters):
        key = (row["pupil"], row.get("encounter") or number)
        if key not in seen and row.get("date") is not None:
            seen.add(key)
            day = row["date"] if dialect.typed_dates else row["date"].isoformat()
            rows.append((row["pupil"], number, row["status"], day, *(value(row, column) for column in wanted)))
    _insert(connection, "lent_encounters", 4 + len(names), rows)


def _insert(connection: Connection, table: str, width: int, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)
