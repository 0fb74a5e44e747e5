"""Looks over a nation before anybody trusts its figures: every fault is counted and told in a sentence, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from criteria.files import FileError
from criteria.nation.duck import connect
from criteria.nation.layout import (
    ENCOUNTERS_FOLDER,
    MILESTONES_FILE,
    PUPILS_FOLDER,
    SCHOOLS_FILE,
    Nation,
    School,
    describe,
    kept_as,
    open_nation,
    schemas,
    text,
)
from criteria.nation.progress import Progress
from criteria.nation.rules_of_rows import place, rules_of, wrong_list
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS, Kind, Table

ROWS_AT_ONCE = 3_000_000
Key = tuple[str, str, str]
"""Table, column and what is wanted: faults alike in these are told as one."""


@dataclass
class Fault:
    """`where` and `found` are of the first; `rows` counts them all."""

    where: str
    found: str
    rows: int


@dataclass
class Faults:
    found: dict[Key, Fault] = field(default_factory=dict)

    def add(self, table: str, column: str, wanted: str, where: str, found: object, rows: int) -> None:
        fault = self.found.setdefault((table, column, wanted), Fault(where, str(found), 0))
        fault.rows += rows

    def lines(self) -> Iterator[str]:
        for (_, column, wanted), fault in self.found.items():
            of = f", column '{column}'" if column else ""
            many = f" ({fault.rows:,} rows in all)" if fault.rows > 1 else ""
            yield f"{fault.where}{of}: found {fault.found}; {wanted}{many}."


def check(folder: Path, out: TextIO, rows_at_once: int = ROWS_AT_ONCE, memory: str = "4GB") -> Faults:
    """Every fault there is. FileError where the folder cannot be read at all."""
    connection = connect(memory=memory)
    nation = open_nation(folder, connection)
    faults = Faults()
    usable = _check_columns(connection, nation, faults)
    _check_single_files(connection, nation, faults)
    if usable:
        _check_rows(connection, nation, faults, out, rows_at_once)
    return faults


def _check_columns(connection: Any, nation: Nation, faults: Faults) -> bool:
    """Columns known and of the right kind; False where rows cannot be looked at because they are not."""
    before = len(faults.found)
    for table, folder in ((PUPILS, PUPILS_FOLDER), (ENCOUNTERS, ENCOUNTERS_FOLDER)):
        for example, files in schemas(connection, nation.folder / folder):
            _check_kinds(table, example, describe(connection, f"read_parquet({text(example)}, hive_partitioning = false)"), files, faults)
    told = {table: kept.types.get("pupil") == "VARCHAR" for table, kept in (("pupils", nation.pupils), ("encounters", nation.encounters))}
    if nation.encounters.types and told["pupils"] != told["encounters"]:
        faults.add("pupils", "pupil", "keep it the same way in both tables", str(nation.folder), "text in one table and numbers in the other", 1)
    return len(faults.found) == before


def _check_kinds(table: Table, path: Path, types: dict[str, str], files: int, faults: Faults) -> None:
    where = str(path) + (f" and {files - 1:,} files like it" if files > 1 else "")
    for name, kept in types.items():
        if name not in table.names:
            faults.add(table.name, name, f"{table.name} have no such column; use {', '.join(table.names)}", where, "it", 1)
        elif kept not in (wanted := kept_as(table.column(name))) and kept != "VARCHAR[]":
            faults.add(table.name, name, f"it is kept as {' or '.join(sorted(wanted))}", where, kept, 1)
    for column in table.columns:
        if column.required and column.name not in types and not (column.name == "school" and table is PUPILS):
            faults.add(table.name, column.name, "it is needed", where, "no such column", 1)


def _check_single_files(connection: Any, nation: Nation, faults: Faults) -> None:
    for table, name, key in ((SCHOOLS, SCHOOLS_FILE, "school"), (MILESTONES, MILESTONES_FILE, "school, milestone")):
        path = nation.folder / name
        if not path.exists():
            continue
        try:
            types = describe(connection, f"read_parquet({text(path)}, hive_partitioning = false)")
        except Exception:
            raise FileError(f"{path}: this cannot be read as Parquet.") from None
        before = len(faults.found)
        _check_kinds(table, path, types, 1, faults)
        if len(faults.found) > before:
            continue
        source = f"(SELECT * FROM read_parquet({text(path)}, hive_partitioning = false))"
        _values(connection, table, source, set(types), lambda _, path=path: str(path), faults)
        if set(key.split(", ")) <= set(types):
            _twice(connection, table, source, key, lambda _, path=path: str(path), faults)
        urns = ", ".join(text(school.urn) for school in nation.schools)
        if table is MILESTONES:
            continue
        known = {row[0] for row in connection.execute(f"SELECT school::VARCHAR FROM {source} WHERE school::VARCHAR IN ({urns})").fetchall()}
        for school in nation.schools:
            if school.urn not in known:
                faults.add("schools", "school", "every school with pupils needs a row here", str(path), f"none for {school.urn}", 1)


def _check_rows(connection: Any, nation: Nation, faults: Faults, out: TextIO, rows_at_once: int) -> None:
    progress = Progress(out, len(nation.schools))
    for batch in nation.batches(rows_at_once):
        _check_batch(connection, nation, batch, faults)
        progress.advance(sum(school.pupil_rows + school.encounter_rows for school in batch), len(batch))
    progress.finish()


def _check_batch(connection: Any, nation: Nation, batch: Sequence[School], faults: Faults) -> None:
    def in_folder(name: str) -> Callable[[str], str]:
        return lambda school: place(str(nation.folder / name), school)

    people_in, log_in = in_folder(PUPILS_FOLDER), in_folder(ENCOUNTERS_FOLDER)
    here, there = set(nation.pupils.types), set(nation.encounters.types)
    people = f"({nation.pupils_sql(batch, [n for n in PUPILS.names if n in here])})"
    log = f"({nation.encounters_sql(batch, ['school', *(n for n in ENCOUNTERS.names if n in there)])})"
    _values(connection, PUPILS, people, here, people_in, faults)
    _twice(connection, PUPILS, people, "school, pupil", people_in, faults)
    if not there:
        return
    _values(connection, ENCOUNTERS, log, there, log_in, faults)
    if "encounter" in there:
        _twice(connection, ENCOUNTERS, log, "school, pupil, encounter", log_in, faults)
    strangers = connection.execute(f"""SELECT school, min(pupil), sum(n)::BIGINT FROM (
      SELECT school, pupil, count(*) AS n FROM {log} GROUP BY ALL) l
      ANTI JOIN {people} p USING (school, pupil) WHERE pupil IS NOT NULL GROUP BY school ORDER BY school""").fetchall()
    for school, pupil, rows in strangers:
        wanted = "every encounter's pupil must be in the pupils of the same school"
        faults.add("encounters", "pupil", wanted, log_in(school), f"'{pupil}'", rows)


def _values(
    connection: Any, table: Table, source: str, present: set[str], where: Callable[[str], str], faults: Faults
) -> None:
    """Count the rows that break each rule in one pass, and look again only for those that are broken."""
    rules = rules_of(table, present)
    counts = ", ".join(f"count_if({rule.bad})" for rule in rules)
    for rule, rows in zip(rules, connection.execute(f"SELECT {counts} FROM {source}").fetchone(), strict=True):
        if rows:
            query = f"SELECT school::VARCHAR, {rule.shown} FROM {source} WHERE {rule.bad} LIMIT 1"
            school, shown = connection.execute(query).fetchone()
            faults.add(table.name, rule.column, rule.wanted, where(school), f"'{shown}'" if shown != "nothing" else shown, rows)
    for column in table.columns:
        if column.kind is not Kind.CODES or column.name not in present:
            continue
        query = f"SELECT {column.name}, min(school::VARCHAR), count(*) FROM {source} WHERE {column.name} <> '' GROUP BY 1 ORDER BY 2, 1"
        for value, school, rows in connection.execute(query).fetchall():
            if wanted := wrong_list(value, column.allowed):
                faults.add(table.name, column.name, wanted, where(school), f"'{value}'", rows)


def _twice(
    connection: Any, table: Table, source: str, key: str, where: Callable[[str], str], faults: Faults
) -> None:
    last = key.split(", ")[-1]
    query = f"""SELECT school::VARCHAR, {last}, n FROM (SELECT {key}, count(*) AS n FROM {source} WHERE {last} IS NOT NULL GROUP BY ALL)
      WHERE n > 1 ORDER BY ALL"""
    told = " of the same pupil" if last == "encounter" else ""
    for school, value, rows in connection.execute(query).fetchall():
        faults.add(table.name, last, f"there is one row for each{told}", where(school), f"'{value}' {rows} times", rows - 1)
