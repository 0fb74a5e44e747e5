"""How a nation lies on disk, and how to read it with DuckDB a batch of schools at a time.

    FOLDER/schools.parquet                           FOLDER/pupils/school=URN/*.parquet
    FOLDER/milestones.parquet                        FOLDER/encounters/school=URN/*.parquet

The columns are those of criteria/tables.py. `school` of a pupil or an encounter is the folder's name. A list is text, |a|b| in
order, '' where it is known to be empty; a column that is not there is unknown for everybody. `pupil` and `encounter` may be text or
whole numbers: they are read as they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from criteria.files import FileError
from criteria.nation.duck import errors
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS, Column, Kind, Table

SCHOOLS_FILE, MILESTONES_FILE = "schools.parquet", "milestones.parquet"
PUPILS_FOLDER, ENCOUNTERS_FOLDER = "pupils", "encounters"
PARTITION = "school="
EVERY_FILE = f"{PARTITION}*/*.parquet"
AS_KEPT = {"pupil", "encounter", "milestone"}

TYPES = {
    Kind.TEXT: "VARCHAR", Kind.INTEGER: "INTEGER", Kind.NUMBER: "DOUBLE", Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN",
    Kind.CODE: "VARCHAR", Kind.CODES: "VARCHAR",
}  # fmt: skip
KEPT_AS = {
    Kind.TEXT: {"VARCHAR"},
    Kind.INTEGER: {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"},
    Kind.NUMBER: {"FLOAT", "DOUBLE", "TINYINT", "SMALLINT", "INTEGER", "BIGINT"},
    Kind.DATE: {"DATE"},
    Kind.FLAG: {"BOOLEAN"},
    Kind.CODE: {"VARCHAR"},
    Kind.CODES: {"VARCHAR", "VARCHAR[]"},
}
"""How a column of a kind may be kept in a file. It is read as TYPES has it: narrow numbers would overflow in a query's sums."""


def kept_as(column: Column) -> set[str]:
    return KEPT_AS[Kind.TEXT] | KEPT_AS[Kind.INTEGER] if column.name in AS_KEPT else KEPT_AS[column.kind]


def part_of(folder: Path, school: str, number: int = 0) -> Path:
    return folder / f"{PARTITION}{school}" / f"part-{number}.parquet"


@dataclass(frozen=True)
class School:
    """A school's files, and how many rows they hold."""

    urn: str
    pupils: tuple[Path, ...]
    encounters: tuple[Path, ...]
    pupil_rows: int
    encounter_rows: int


@dataclass(frozen=True)
class Nation:
    """`connection` is the DuckDB that looks into the files."""

    folder: Path
    schools: tuple[School, ...]
    connection: Any = field(repr=False, compare=False)

    @property
    def pupil_rows(self) -> int:
        return sum(school.pupil_rows for school in self.schools)

    @property
    def encounter_rows(self) -> int:
        return sum(school.encounter_rows for school in self.schools)

    def batches(self, rows: int) -> Iterator[tuple[School, ...]]:
        """Schools in order, as many together as have at most `rows` encounters and pupils between them; at least one."""
        batch: list[School] = []
        held = 0
        for school in self.schools:
            more = school.encounter_rows + school.pupil_rows
            if batch and held + more > rows:
                yield tuple(batch)
                batch, held = [], 0
            batch.append(school)
            held += more
        if batch:
            yield tuple(batch)

    def pupils_sql(self, schools: Iterable[School], columns: Sequence[str]) -> str:
        """A SELECT of these columns of the pupils of some schools: `school` may be among them."""
        return self._select(PUPILS, [path for school in schools for path in school.pupils], columns)

    def encounters_sql(self, schools: Iterable[School], columns: Sequence[str]) -> str:
        """The same of the encounters. `school` may be asked for here too, though it is not a column of the table."""
        return self._select(ENCOUNTERS, [path for school in schools for path in school.encounters], columns)

    def schools_sql(self, columns: Sequence[str] = SCHOOLS.names) -> str:
        """A SELECT of every school; a row with its URN alone for each where the file is missing."""
        path = self.folder / SCHOOLS_FILE
        if not path.exists():
            urns = ", ".join(f"({text(school.urn)})" for school in self.schools) or "(NULL)"
            return f"SELECT {_listed(SCHOOLS, {'school': 'VARCHAR'}, columns)} FROM (VALUES {urns}) given(school)"
        return f"SELECT {_listed(SCHOOLS, self._types_in(path), columns)} FROM read_parquet({text(path)})"

    def milestones_sql(self, columns: Sequence[str] = MILESTONES.names) -> str:
        """A SELECT of every milestone; nothing where the file is missing, which does not mean that there were none."""
        path = self.folder / MILESTONES_FILE
        if not path.exists():
            return f"SELECT {_listed(MILESTONES, {}, columns)} WHERE FALSE"
        return f"SELECT {_listed(MILESTONES, self._types_in(path), columns)} FROM read_parquet({text(path)})"

    def types(self, paths: Sequence[Path]) -> dict[str, str]:
        """The columns that files have between them, each with the DuckDB type it is read as."""
        return describe(self.connection.cursor(), _source(paths)) if paths else {}

    def _types_in(self, path: Path) -> dict[str, str]:
        return describe(self.connection.cursor(), f"read_parquet({text(path)})")

    def _select(self, table: Table, paths: Sequence[Path], columns: Sequence[str]) -> str:
        listed = _listed(table, self.types(paths), columns)
        return f"SELECT {listed} FROM {_source(paths)}" if paths else f"SELECT {listed} WHERE FALSE"


def is_nation(path: Path) -> bool:
    """Whether a path given on the command line is a folder of this layout, rather than one table's file."""
    return (path / PUPILS_FOLDER).is_dir()


def open_nation(folder: Path, connection: Any) -> Nation:
    """Find the schools and their files. FileError where something that is needed is missing or cannot be read."""
    if not is_nation(folder):
        raise FileError(f"{folder}: there is no folder '{PUPILS_FOLDER}' in it, so this is not a nation.")
    people, log = _files(connection, folder / PUPILS_FOLDER), _files(connection, folder / ENCOUNTERS_FOLDER)
    if not people:
        raise FileError(
            f"{folder / PUPILS_FOLDER}: there is no school in it: files go in {PARTITION}URN/part-0.parquet."
        )
    for urn in sorted(log.keys() - people.keys()):
        raise FileError(
            f"{folder / ENCOUNTERS_FOLDER / (PARTITION + urn)}: the school has encounters but no pupils; "
            f"add {folder / PUPILS_FOLDER / (PARTITION + urn)}."
        )
    schools = tuple(_school(urn, people[urn], log.get(urn, ())) for urn in sorted(people))
    return Nation(folder, schools, connection)


Counted = tuple[tuple[Path, int], ...]


def _files(connection: Any, folder: Path) -> dict[str, Counted]:
    """Each school's files with their rows."""
    if not any(folder.glob(EVERY_FILE)):
        return {}
    try:
        rows = connection.execute(
            f"SELECT file_name, num_rows FROM parquet_file_metadata({text(folder / EVERY_FILE)}) ORDER BY 1"
        ).fetchall()
    except errors() as error:
        raise FileError(f"{folder}: a file in it cannot be read as Parquet ({first_line(error)}).") from None
    found: dict[str, Counted] = {}
    for name, number in rows:
        path = Path(name)
        urn = path.parent.name.removeprefix(PARTITION)
        found[urn] = (*found.get(urn, ()), (path, int(number)))
    return found


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _school(urn: str, people: Counted, log: Counted) -> School:
    return School(
        urn,
        tuple(path for path, _ in people),
        tuple(path for path, _ in log),
        sum(rows for _, rows in people),
        sum(rows for _, rows in log),
    )


def describe(connection: Any, source: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}


def _source(paths: Sequence[Path]) -> str:
    """Schools need not keep the same columns, so each file is looked into first; that takes less than a millisecond."""
    listed = ", ".join(text(path) for path in paths)
    return (
        f"read_parquet([{listed}], hive_partitioning = true, hive_types = {{'school': VARCHAR}}, union_by_name = true)"
    )


def _listed(table: Table, types: dict[str, str], columns: Sequence[str]) -> str:
    return ", ".join(_read(table, types.get(name), name) for name in columns)


def _read(table: Table, kept: str | None, name: str) -> str:
    """A column as the engine wants it, whatever it is kept as."""
    if name == "school" and table is ENCOUNTERS:
        return "school" if kept else "NULL::VARCHAR AS school"
    column = table.column(name)
    if kept is None:
        return f"NULL::{'VARCHAR' if name in AS_KEPT else TYPES[column.kind]} AS {name}"
    if column.kind is Kind.CODES and kept == "VARCHAR[]":
        codes = f"array_to_string(list_sort(list_distinct({name})), '|')"
        return f"CASE WHEN len({name}) = 0 THEN '' ELSE '|' || {codes} || '|' END AS {name}"
    if name in AS_KEPT or kept == TYPES[column.kind]:
        return name
    return f"CAST({name} AS {TYPES[column.kind]}) AS {name}"


def text(value: object) -> str:
    """A text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"
