"""Answers from rows that are in nobody's database: loads them into SQLite or DuckDB in memory, then asks the one query."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from criteria.engines.columns import GIVEN, Question, pupil_columns, standings_of, standings_sql
from criteria.engines.dialects import DUCKDB, SQLITE, Dialect, bars
from criteria.engines.reference import stage_of, with_roll
from criteria.engines.setwise import asked_of, assemble
from criteria.engines.sql import attributes_asked, counts_sql, own_dates
from criteria.model import Criterion, Distinct
from criteria.standing import Standings
from criteria.tables import ENCOUNTERS, PUPILS, SCHOOLS, Column, Kind, log_column

Row = Mapping[str, Any]


class Connection(Protocol):
    def execute(self, sql: str, parameters: Any = ...) -> Any: ...


TYPES = {Kind.INTEGER: "INTEGER", Kind.NUMBER: "DOUBLE PRECISION", Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN"}


def evaluate(
    criteria: Sequence[Criterion], pupils: Sequence[Row], encounters: Iterable[Row], as_at: date, engine: str = "sqlite"
) -> Standings:
    """Every pupil on every criterion. `engine` is sqlite or duckdb (which must be installed)."""
    if engine == "duckdb":
        return _by_columns(criteria, pupils, encounters, as_at)
    return _by_rows(criteria, pupils, encounters, as_at)


def _by_rows(criteria: Sequence[Criterion], pupils: Sequence[Row], encounters: Iterable[Row], as_at: date) -> Standings:
    connection = sqlite3.connect(":memory:")
    columns = [log_column(name) for name in sorted(attributes_asked(criteria) - {"date"})]
    _load_pupils(connection, SQLITE, pupils, as_at, own_dates(criteria))
    _load_encounters(connection, SQLITE, encounters, columns, _told_apart(criteria))
    lent = {
        "pupils": "SELECT * FROM lent_pupils",
        "occasions": "SELECT * FROM lent_occasions",
        "attendances": "SELECT * FROM lent_attendances",
    }
    asked = asked_of(criteria, pupils, as_at)
    counted = connection.execute(counts_sql(criteria, asked, as_at, lent, SQLITE)).fetchall()
    return assemble(criteria, pupils, counted, as_at)


def _by_columns(
    criteria: Sequence[Criterion], pupils: Sequence[Row], encounters: Iterable[Row], as_at: date
) -> Standings:
    import duckdb

    connection = duckdb.connect()
    placed = [placed_in_school_life(pupil, as_at) for pupil in pupils]
    of_pupil = [_subject_column(name) for name in ("pupil", *GIVEN, *pupil_columns(criteria))]
    of_log = [ENCOUNTERS.column("pupil"), log_column("date"), ENCOUNTERS.column("status")]
    of_log += [log_column(name) for name in sorted(attributes_asked(criteria) - {"date"})]
    _create(connection, "lent_pupils", of_pupil, placed)
    _create(connection, "lent_encounters", of_log, [row for row in once_for_each(encounters) if row.get("date")])
    question = Question(tuple(criteria), frozenset(asked_of(criteria, pupils, as_at)), as_at, DUCKDB)
    found = connection.execute(standings_sql(question, "SELECT * FROM lent_pupils", "SELECT * FROM lent_encounters"))
    names = {str(pupil["pupil"]): pupil["pupil"] for pupil in pupils}
    rows = {names[row[0]]: tuple(standings_of(row[1:])) for row in found.fetchall()}
    return Standings(tuple(criteria), rows, as_at)


def placed_in_school_life(pupil: Row, as_at: date) -> dict[str, Any]:
    """A pupil's row with everything worked out that the query reads: roll, academic year, year group and repeated year."""
    stage = stage_of(pupil, as_at)
    at = {"academic_year": None, "year_group": None, "repeated_year": 0} if stage is None else asdict(stage)
    return {**with_roll(pupil, as_at), **at}


def once_for_each(encounters: Iterable[Row]) -> Iterator[Row]:
    """Each pupil's place on each occasion once, the first of those given."""
    seen: set[tuple[Any, Any]] = set()
    for number, row in enumerate(encounters):
        key = (row["pupil"], row.get("encounter") or number)
        if key not in seen:
            seen.add(key)
            yield row


def _subject_column(name: str) -> Column:
    """A column of what is asked about, pupils or schools."""
    return (PUPILS if name in PUPILS.names else SCHOOLS).column(name)


def _create(connection: Connection, table: str, columns: list[Column], rows: Iterable[Row]) -> None:
    kinds = ", ".join(f"{column.name} {TYPES.get(column.kind, 'TEXT')}" for column in columns)
    connection.execute(f"CREATE TABLE {table} ({kinds})")
    readers = [(column.name, _reader(column)) for column in columns]
    _insert(connection, table, [tuple(read(row.get(name)) for name, read in readers) for row in rows])


def _told_apart(criteria: Iterable[Criterion]) -> set[str]:
    """Columns of which different values are counted: two encounters for which one is not known are two."""
    return {c.measure.attribute for c in criteria if isinstance(c.measure, Distinct)}


def _load_pupils(
    connection: Connection, dialect: Dialect, pupils: Iterable[Row], as_at: date, own: Sequence[str]
) -> None:
    days = "".join(f", {name} DATE" for name in own)
    connection.execute(
        "CREATE TABLE lent_pupils (pupil TEXT, academic_year INTEGER, year_group INTEGER, repeated_year INTEGER,"
        f" subjects TEXT{days})"
    )
    people = [
        (
            pupil["pupil"],
            stage.academic_year,
            stage.year_group,
            stage.repeated_year,
            bars(pupil.get("subjects")),
            *(_day(pupil.get(name), dialect) for name in own),
        )
        for pupil in pupils
        if (stage := stage_of(pupil, as_at)) is not None
    ]
    _insert(connection, "lent_pupils", people)


def _load_encounters(
    connection: Connection, dialect: Dialect, encounters: Iterable[Row], columns: list[Column], told_apart: set[str]
) -> None:
    """Encounters alike in everything asked are one occasion, which is judged once; each row is an attendance of it."""
    readers = [(column.name, _reader(column)) for column in columns]
    occasions: dict[tuple[Any, ...], int] = {}
    attendances = []
    for number, row in enumerate(once_for_each(encounters)):
        if row.get("date") is None:
            continue
        encounter = row.get("encounter") or number
        day = _day(row["date"], dialect)
        facts = tuple(read(row.get(name)) for name, read in readers)
        unknown = any(row.get(name) is None for name in told_apart)
        occasion = occasions.setdefault((day, facts, encounter if unknown else None), len(occasions))
        attendances.append((row["pupil"], occasion, row["status"]))
    kinds = "".join(f", {column.name} {TYPES.get(column.kind, 'TEXT')}" for column in columns)
    connection.execute(f"CREATE TABLE lent_occasions (occasion INTEGER, date DATE{kinds})")
    connection.execute("CREATE TABLE lent_attendances (pupil TEXT, occasion INTEGER, status TEXT)")
    _insert(connection, "lent_occasions", [(number, day, *facts) for (day, facts, _), number in occasions.items()])
    _insert(connection, "lent_attendances", attendances)


def _day(day: date | None, dialect: Dialect) -> date | str | None:
    return day.isoformat() if day and not dialect.typed_dates else day


def _reader(column: Column) -> Callable[[Any], Any]:
    return bars if column.kind is Kind.CODES else lambda value: value


def _insert(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    if isinstance(connection, sqlite3.Connection):
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    else:
        _copy(connection, table, rows)


UNKNOWN = r"\N"


def _copy(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """By way of a file: DuckDB takes values a row at a time a hundred times more slowly."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([UNKNOWN if value is None else value for value in row] for row in rows)
        file.flush()
        connection.execute(f"COPY {table} FROM '{file.name}' (FORMAT csv, HEADER false, NULLSTR '{UNKNOWN}')")
