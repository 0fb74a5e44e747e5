"""Tables made for one question and filled with rows in memory, by the quickest way each database has.

A connection is whatever the database's own package gives: of sqlite3, duckdb or psycopg, or a SparkSession. None is imported here.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from criteria.engines.dialects import Dialect
from criteria.tables import Column, Kind

Row = Mapping[str, Any]
Field = tuple[str, Kind]
UNKNOWN = r"\N"


def bars(codes: Iterable[str] | None) -> str | None:
    """A list as the query wants it: |a|b| in order, empty text for known to be empty, None for not known."""
    if codes is None:
        return None
    return "".join(f"|{code}" for code in sorted(codes)) + "|" if codes else ""


def fields(columns: Iterable[Column]) -> list[Field]:
    return [(column.name, column.kind) for column in columns]


def create(connection: Any, dialect: Dialect, table: str, columns: Sequence[Field], rows: Iterable[Row]) -> None:
    """A temporary table of these columns, with what each row holds of them."""
    values = [tuple(stored(row.get(name), kind, dialect) for name, kind in columns) for row in rows]
    shape = ", ".join(f"{name} {type_of(kind, dialect)}" for name, kind in columns)
    if dialect.name == "spark":
        connection.createDataFrame(values, shape).createOrReplaceTempView(table)
        return
    connection.execute(f"CREATE TEMPORARY TABLE {table} ({shape})")
    if values:
        _insert(connection, dialect, table, values)


def ask(connection: Any, dialect: Dialect, query: str) -> list[Any]:
    """The rows of a query."""
    return connection.sql(query).collect() if dialect.name == "spark" else connection.execute(query).fetchall()


def drop(connection: Any, dialect: Dialect, tables: Iterable[str]) -> None:
    """Leave a connection that somebody goes on using as it was."""
    for table in tables:
        if dialect.name == "spark":
            connection.catalog.dropTempView(table)
        else:
            connection.execute(f"DROP TABLE IF EXISTS {table}")


def type_of(kind: Kind, dialect: Dialect) -> str:
    held = {Kind.INTEGER: "INTEGER", Kind.NUMBER: dialect.number_type, Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN"}
    return held.get(kind, dialect.text_type)


def stored(value: Any, kind: Kind, dialect: Dialect) -> Any:
    """A value as the database holds it."""
    if value is None:
        return None
    if kind is Kind.CODES:
        return bars(value)
    if kind is Kind.NUMBER:
        return float(value)
    return value.isoformat() if kind is Kind.DATE and not dialect.typed_dates else value


def _insert(connection: Any, dialect: Dialect, table: str, rows: list[tuple[Any, ...]]) -> None:
    """PostgreSQL and DuckDB take values a row at a time a hundred times more slowly than as a stream or a file."""
    if dialect.name == "sqlite":
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    elif dialect.name == "postgresql":
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        _from_a_file(connection, table, rows)


def _from_a_file(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([UNKNOWN if value is None else value for value in row] for row in rows)
        file.flush()
        connection.execute(f"COPY {table} FROM '{file.name}' (FORMAT csv, HEADER false, NULLSTR '{UNKNOWN}')")
