"""Looks over a nation before anybody trusts its figures: every fault is counted and told in a sentence, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from criteria.files import FileError
from criteria.nation.duck import connect, errors
from criteria.nation.faults import Faults
from criteria.nation.layout import (
    ENCOUNTERS_FOLDER,
    EVERY_FILE,
    MILESTONES_FILE,
    PARTITION,
    PUPILS_FOLDER,
    SCHOOLS_FILE,
    Nation,
    School,
    describe,
    kept_as,
    open_nation,
    text,
)
from criteria.nation.progress import Progress
from criteria.nation.row_checks import Lot, check_known, check_lists, check_once, check_values
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS, Table

ROWS_AT_ONCE = 3_000_000


def check(folder: Path, out: TextIO, rows_at_once: int = ROWS_AT_ONCE, memory: str = "4GB") -> Faults:
    """Every fault there is, a progress line going to `out`. FileError where the folder cannot be read at all.

    Rows are looked at only once every column is as it should be.
    """
    connection = connect(memory=memory)
    nation = open_nation(folder, connection)
    faults = Faults()
    _check_columns(connection, nation, faults)
    columns_are_right = not len(faults)
    _check_file(connection, nation, SCHOOLS, SCHOOLS_FILE, "school", faults)
    _check_file(connection, nation, MILESTONES, MILESTONES_FILE, "school, milestone", faults)
    if columns_are_right:
        progress = Progress(out, len(nation.schools))
        for batch in nation.batches(rows_at_once):
            _check_batch(connection, nation, batch, faults)
            progress.advance(sum(school.pupil_rows + school.encounter_rows for school in batch), len(batch))
        progress.finish()
    return faults


def _check_columns(connection: Any, nation: Nation, faults: Faults) -> None:
    kept = set()
    for table, folder in ((PUPILS, PUPILS_FOLDER), (ENCOUNTERS, ENCOUNTERS_FOLDER)):
        for path, files in _alike(connection, nation.folder / folder):
            where = str(path) + (f" and {files - 1:,} files like it" if files > 1 else "")
            _check_kinds(table, _types(connection, path), where, faults)
            kept.add(_types(connection, path).get("pupil") == "VARCHAR")
    if len(kept) > 1:
        wanted = "keep it the same way in both"
        faults.add("pupils", "pupil", str(nation.folder), "text in one table and numbers in the other", wanted)


def _alike(connection: Any, folder: Path) -> list[tuple[Path, int]]:
    """For each set of columns that files of a folder have, one such file and how many there are."""
    if not any(folder.glob(EVERY_FILE)):
        return []
    rows = connection.execute(
        f"""SELECT min(file_name), count(*) FROM (
          SELECT file_name, list(name || ' ' || type || ' ' || coalesce(converted_type, '') ORDER BY place) AS columns
          FROM (SELECT *, row_number() OVER () AS place FROM parquet_schema({text(folder / EVERY_FILE)}))
          WHERE type IS NOT NULL GROUP BY file_name)
        GROUP BY columns ORDER BY 1"""
    ).fetchall()
    return [(Path(name), int(files)) for name, files in rows]


def _types(connection: Any, path: Path) -> dict[str, str]:
    return describe(connection, f"read_parquet({text(path)}, hive_partitioning = false)")


def _check_kinds(table: Table, types: dict[str, str], where: str, faults: Faults) -> None:
    """Columns known, of the right kind, and none missing that is needed."""
    for name, kept in types.items():
        if name not in table.names:
            wanted = f"{table.name} have no such column; use {', '.join(table.names)}"
            faults.add(table.name, name, where, "a column of that name", wanted)
        elif kept not in (right := kept_as(table.column(name))):
            faults.add(table.name, name, where, kept, f"it is kept as {' or '.join(sorted(right))}")
    for column in table.columns:
        if column.required and column.name not in types:
            faults.add(table.name, column.name, where, "no such column", "it is needed")


def _check_file(connection: Any, nation: Nation, table: Table, name: str, key: str, faults: Faults) -> None:
    """One of the two tables that are a file each. Either may be missing: then what it would say is not known."""
    path = nation.folder / name
    if not path.exists():
        return
    try:
        types = _types(connection, path)
    except errors():
        raise FileError(f"{path}: this cannot be read as Parquet.") from None
    before = len(faults)
    _check_kinds(table, types, str(path), faults)
    if len(faults) > before:
        return
    source = f"(SELECT * FROM read_parquet({text(path)}, hive_partitioning = false))"
    lot = Lot(table, source, frozenset(types), lambda school: str(path))
    check_values(connection, lot, faults)
    check_lists(connection, lot, faults)
    if key.split(", ")[-1] in types:
        check_once(connection, lot, key, faults)
    told = {school for (school,) in connection.execute(f"SELECT DISTINCT school::VARCHAR FROM {source}").fetchall()}
    have = {school.urn for school in nation.schools}
    for urn in sorted(have - told) if table is SCHOOLS else sorted(told - have - {None}):
        found, wanted = f"no row for '{urn}'", "every school that has pupils needs one"
        if table is not SCHOOLS:
            found, wanted = f"'{urn}'", "there are no pupils of such a school"
        faults.add(table.name, "school", str(path), found, wanted)


def _check_batch(connection: Any, nation: Nation, batch: Sequence[School], faults: Faults) -> None:
    people = _lot(
        nation, PUPILS, PUPILS_FOLDER, [path for school in batch for path in school.pupils], nation.pupils_sql, batch
    )
    check_values(connection, people, faults)
    check_lists(connection, people, faults)
    check_once(connection, people, "school, pupil", faults)
    if not any(school.encounters for school in batch):
        return
    log = _lot(
        nation,
        ENCOUNTERS,
        ENCOUNTERS_FOLDER,
        [path for school in batch for path in school.encounters],
        nation.encounters_sql,
        batch,
    )
    check_values(connection, log, faults)
    check_lists(connection, log, faults)
    if "encounter" in log.present:
        check_once(connection, log, "school, pupil, encounter", faults)
    check_known(connection, log, people, faults)


def _lot(
    nation: Nation,
    table: Table,
    folder: str,
    paths: list[Path],
    select: Callable[[Sequence[School], Sequence[str]], str],
    batch: Sequence[School],
) -> Lot:
    types = nation.types(paths)
    present = [name for name in table.names if name in types and name != "school"]
    source = f"({select(batch, ['school', *present])})"
    return Lot(table, source, frozenset(present), lambda school: str(nation.folder / folder / f"{PARTITION}{school}"))
