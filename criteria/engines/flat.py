"""Answers from rows that are in nobody's database: puts them into temporary tables of one, then asks its one query.

SQLite and DuckDB are opened in memory; PostgreSQL and Spark are asked over a connection or session that is already open. Row
stores are asked the query of `sql`, column stores that of `columns`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from criteria.engines.columns import GIVEN, Question, pupil_columns, standings_of, standings_sql
from criteria.engines.dialects import DIALECTS, Dialect
from criteria.engines.filling import Field, ask, bars, create, drop, fields, stored
from criteria.engines.needs import attributes_asked, own_dates
from criteria.engines.reference import stage_of, with_roll
from criteria.engines.setwise import asked_of, assemble
from criteria.engines.sql import counts_sql
from criteria.model import Criterion, Distinct
from criteria.standing import Standings
from criteria.tables import ENCOUNTERS, PUPILS, SCHOOLS, Column, Kind, log_column

__all__ = ["bars", "evaluate"]

Row = Mapping[str, Any]
COLUMN_STORES = ("duckdb", "spark")
LENT = ("lent_pupils", "lent_occasions", "lent_attendances")
LENT_FLAT = ("lent_pupils", "lent_encounters")
OF_STAGE = [
    ("pupil", Kind.TEXT), ("academic_year", Kind.INTEGER), ("year_group", Kind.INTEGER), ("repeated_year", Kind.INTEGER),
    ("subjects", Kind.CODES),
]  # fmt: skip


def evaluate(
    criteria: Sequence[Criterion],
    pupils: Sequence[Row],
    encounters: Iterable[Row],
    as_at: date,
    engine: str = "sqlite",
    connection: Any = None,
) -> Standings:
    """Every pupil on every criterion. `engine` is one of DIALECTS; duckdb must be installed.

    `connection` is one of that engine that is open: PostgreSQL (psycopg) and Spark (a session) need it. Temporary tables are
    made in it and dropped again.
    """
    dialect = DIALECTS[engine]
    connection = connection or _in_memory(engine)
    if engine in COLUMN_STORES:
        return _by_columns(connection, dialect, criteria, pupils, encounters, as_at)
    return _by_rows(connection, dialect, criteria, pupils, encounters, as_at)


def _in_memory(engine: str) -> Any:
    if engine == "duckdb":
        import duckdb

        return duckdb.connect()
    if engine == "sqlite":
        return sqlite3.connect(":memory:")
    raise ValueError(f"{engine} is asked over a connection that is already open: give one")


def _by_rows(
    connection: Any,
    dialect: Dialect,
    criteria: Sequence[Criterion],
    pupils: Sequence[Row],
    encounters: Iterable[Row],
    as_at: date,
) -> Standings:
    placed = [placed_in_school_life(pupil, as_at) for pupil in pupils if stage_of(pupil, as_at) is not None]
    own: list[Field] = [(name, Kind.DATE) for name in own_dates(criteria)]
    create(connection, dialect, "lent_pupils", [*OF_STAGE, *own], placed)
    _lend_log(connection, dialect, criteria, encounters)
    lent = {name.removeprefix("lent_"): f"SELECT * FROM {name}" for name in LENT}
    asked = asked_of(criteria, pupils, as_at)
    counted = ask(connection, dialect, counts_sql(criteria, asked, as_at, lent, dialect))
    drop(connection, dialect, LENT)
    return assemble(criteria, pupils, counted, as_at)


def _by_columns(
    connection: Any,
    dialect: Dialect,
    criteria: Sequence[Criterion],
    pupils: Sequence[Row],
    encounters: Iterable[Row],
    as_at: date,
) -> Standings:
    placed = [placed_in_school_life(pupil, as_at) for pupil in pupils]
    of_pupil = fields(_subject_column(name) for name in ("pupil", *GIVEN, *pupil_columns(criteria)))
    of_log = fields([ENCOUNTERS.column("pupil"), log_column("date"), ENCOUNTERS.column("status"), *_asked(criteria)])
    create(connection, dialect, "lent_pupils", of_pupil, placed)
    dated = (row for row in once_for_each(encounters) if row.get("date"))
    create(connection, dialect, "lent_encounters", of_log, dated)
    question = Question(tuple(criteria), frozenset(asked_of(criteria, pupils, as_at)), as_at, dialect)
    query = standings_sql(question, "SELECT * FROM lent_pupils", "SELECT * FROM lent_encounters")
    found = ask(connection, dialect, query)
    drop(connection, dialect, LENT_FLAT)
    names = {str(pupil["pupil"]): pupil["pupil"] for pupil in pupils}
    rows = {names[row[0]]: tuple(standings_of(row[1:])) for row in found}
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


def _asked(criteria: Iterable[Criterion]) -> list[Column]:
    return [log_column(name) for name in sorted(attributes_asked(criteria) - {"date"})]


def _lend_log(connection: Any, dialect: Dialect, criteria: Sequence[Criterion], encounters: Iterable[Row]) -> None:
    """Encounters alike in everything asked are one occasion, which is judged once; each row is an attendance of it.

    Two for which a value is not known are two, where different values are counted.
    """
    columns = fields([log_column("date"), *_asked(criteria)])
    told_apart = {c.measure.attribute for c in criteria if isinstance(c.measure, Distinct)}
    occasions: dict[tuple[Any, ...], int] = {}
    attendances: list[Row] = []
    kept: list[Row] = []
    for number, row in enumerate(once_for_each(encounters)):
        if row.get("date") is None:
            continue
        unknown = any(row.get(name) is None for name in told_apart)
        facts = tuple(stored(row.get(name), kind, dialect) for name, kind in columns)
        occasion = occasions.setdefault((facts, (row.get("encounter") or number) if unknown else None), len(occasions))
        if occasion == len(kept):
            kept.append({**row, "occasion": occasion})
        attendances.append({"pupil": row["pupil"], "occasion": occasion, "status": row["status"]})
    create(connection, dialect, "lent_occasions", [("occasion", Kind.INTEGER), *columns], kept)
    of_place: list[Field] = [("pupil", Kind.TEXT), ("occasion", Kind.INTEGER), ("status", Kind.TEXT)]
    create(connection, dialect, "lent_attendances", of_place, attendances)
