"""Makes a synthetic nation: school after school, each file written whole or not at all, so that a run cut short can go on."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from criteria.files import FileError
from criteria.nation.duck import connect, errors
from criteria.nation.layout import (
    ENCOUNTERS_FOLDER,
    EVERY_FILE,
    MILESTONES_FILE,
    PUPILS_FOLDER,
    SCHOOLS_FILE,
    first_line,
    part_of,
    text,
)
from criteria.nation.log import OWN, items_sql, log_sql
from criteria.nation.progress import Progress
from criteria.nation.roll import (
    macros,
    milestones_file_sql,
    pupils_file_sql,
    pupils_sql,
    schools_file_sql,
    schools_of,
    schools_sql,
    slots_sql,
)

BYTES_A_PUPIL, BYTES_AN_ENCOUNTER, BYTES_A_SCHOOL = 24, 8, 24_000
"""What the files have been seen to take, and a little over."""
HOW_MADE = "made.json"
FEWEST, MOST, MOST_EACH = 100, 100_000_000, 150
"""More would need more numbers for schools, or for occasions of a year, than there are."""
SAMPLE = 16
TOGETHER = 8
"""Schools made by one query, so that it is planned less often."""
PARQUET = "FORMAT parquet, COMPRESSION zstd"


@dataclass(frozen=True)
class Wanted:
    """What to make. `pupils` are rows of the pupils table, leavers of three years among them."""

    pupils: int
    encounters_per_pupil: float
    as_at: str
    seed: int

    def __str__(self) -> str:
        each = f"--encounters-per-pupil {self.encounters_per_pupil:g}"
        return f"--pupils {self.pupils} {each} --as-at {self.as_at} --seed {self.seed}"

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_at)

    @property
    def bytes(self) -> int:
        encounters = self.pupils * self.encounters_per_pupil
        return round(
            self.pupils * BYTES_A_PUPIL + encounters * BYTES_AN_ENCOUNTER + schools_of(self.pupils) * BYTES_A_SCHOOL
        )


@dataclass(frozen=True)
class Made:
    schools: int
    pupils: int
    encounters: int
    bytes: int


def generate(wanted: Wanted, folder: Path, out: TextIO, workers: int | None = None) -> Made:
    """Make the nation in `folder`, or go on with one begun there. FileError where that cannot be."""
    if not FEWEST <= wanted.pupils <= MOST or not 0 < wanted.encounters_per_pupil <= MOST_EACH:
        raise FileError(
            f"--pupils must be from {FEWEST} to {MOST:,}, and --encounters-per-pupil more than 0 and at most {MOST_EACH}."
        )
    connection = connect(threads=1)
    going_on = _claim(folder, wanted)
    _room(folder, wanted, going_on, out)
    _prepare(connection, wanted)
    schools = [urn for (urn,) in connection.execute("SELECT urn FROM school ORDER BY urn").fetchall()]
    left = [urn for urn in schools if not part_of(folder / ENCOUNTERS_FOLDER, str(urn)).exists()]
    scale = _scale(connection, wanted)
    _write(connection, schools_file_sql(wanted.day), folder / SCHOOLS_FILE)
    _write(connection, milestones_file_sql(wanted.day), folder / MILESTONES_FILE)
    progress = Progress(out, len(schools), len(schools) - len(left), what="encounters")

    def make(own: Any, batch: Sequence[int]) -> None:
        _schools(own, folder, batch, wanted, scale, progress.advance)

    _each(connection, left, make, workers)
    progress.finish()
    return _count(connection, folder)


def _claim(folder: Path, wanted: Wanted) -> bool:
    """Make the folder ours; True where a run with the same wishes was cut short in it."""
    how = folder / HOW_MADE
    if folder.exists() and not folder.is_dir():
        raise FileError(f"{folder}: this is a file; name a folder.")
    if folder.exists() and any(folder.iterdir()):
        if not how.exists():
            raise FileError(f"{folder}: the folder is not empty; name a new one.")
        begun = Wanted(**json.loads(how.read_text()))
        if begun != wanted:
            raise FileError(
                f"{folder}: a nation was begun there with {begun}; ask for the same to go on, or name a new folder."
            )
        return True
    folder.mkdir(parents=True, exist_ok=True)
    how.write_text(json.dumps(asdict(wanted), indent=2) + "\n")
    return False


def _room(folder: Path, wanted: Wanted, going_on: bool, out: TextIO) -> None:
    free, needed = shutil.disk_usage(folder).free, wanted.bytes
    out.write(
        f"{schools_of(wanted.pupils):,} schools, {wanted.pupils:,} pupils and about "
        f"{round(wanted.pupils * wanted.encounters_per_pupil):,} encounters will take about {size(needed)} "
        f"of the {size(free)} free in {folder}.\n"
    )
    out.flush()
    if needed > free and not going_on:
        (folder / HOW_MADE).unlink()
        raise FileError(f"{folder}: that does not fit; make room, or ask for fewer --pupils.")


def size(number: float) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e8 else f"{number / 1e6:,.1f} MB"


def _prepare(connection: Any, wanted: Wanted) -> None:
    for statement in (*macros(wanted.seed), slots_sql(), schools_sql(wanted.pupils, wanted.seed), items_sql()):
        connection.execute(statement)


def _log(schools: Sequence[int], wanted: Wanted, scale: float) -> str:
    query = log_sql(wanted.day, scale, wanted.seed).replace("$as_at", f"DATE '{wanted.as_at}'")
    return _of(query, schools)


def _of(query: str, schools: Sequence[int]) -> str:
    """Of the schools from the first to the last of these."""
    return query.replace("$first", str(schools[0])).replace("$last", str(schools[-1]))


def _pupils(connection: Any, schools: Sequence[int], wanted: Wanted) -> None:
    connection.execute(_of(pupils_sql(wanted.day), schools))


def _scale(connection: Any, wanted: Wanted) -> float:
    """How much busier than the programme says the schools must be to reach the encounters wanted.

    A few schools of each kind are counted as they stand; a school's rows grow with its pupils, its drive and its links.
    """
    connection.execute(f"""CREATE OR REPLACE TABLE sample AS
      SELECT *, 0 AS shared, 0 AS links_made, 0 AS own FROM school
      QUALIFY row_number() OVER (PARTITION BY kind ORDER BY hash(urn)) <= {SAMPLE}""")
    for (urn,) in connection.execute("SELECT urn FROM sample").fetchall():
        _pupils(connection, [urn], wanted)
        connection.execute(f"""UPDATE sample SET shared = n - l - o, links_made = l, own = o FROM (
          SELECT count(*) AS n, count(*) FILTER (type = 'curriculum_link') AS l, count(*) FILTER (encounter >= {OWN}) AS o
          FROM ({_log([urn], wanted, 1.0)})) WHERE urn = {urn}""")
    found = connection.execute("""
      WITH rate AS (
        SELECT kind, sum(shared) / sum((last - first + 1) * drive) AS a, sum(links_made) / sum((last - first + 1) * links) AS b,
          sum(own) / sum((last - first + 1) * (0.5 + quality)) AS c FROM sample GROUP BY kind)
      SELECT sum((last - first + 1) * (a * drive + b * links + c * (0.5 + quality))) FROM school JOIN rate USING (kind)
      """).fetchone()[0]
    return float(wanted.pupils * wanted.encounters_per_pupil / found)


def _each(connection: Any, schools: list[int], make: Callable[[Any, Sequence[int]], None], workers: int | None) -> None:
    """Neighbouring schools together, on a few threads; DuckDB works outside Python's lock. The first failure ends it."""
    held = threading.local()

    def one(batch: Sequence[int]) -> None:
        if not hasattr(held, "connection"):
            held.connection = connection.cursor()
        make(held.connection, batch)

    with _pool(workers or os.cpu_count() or 1) as pool:
        for _ in pool.map(one, _neighbours(schools)):
            pass


def _neighbours(schools: list[int]) -> Iterator[list[int]]:
    """Runs of schools with no gap between, at most `TOGETHER` long."""
    batch: list[int] = []
    for urn in schools:
        if batch and (urn != batch[-1] + 1 or len(batch) == TOGETHER):
            yield batch
            batch = []
        batch.append(urn)
    if batch:
        yield batch


@contextmanager
def _pool(workers: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(workers)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _schools(
    connection: Any, folder: Path, schools: Sequence[int], wanted: Wanted, scale: float, done: Callable[[int], None]
) -> None:
    """The two files of each school, the encounters last: where they stand, the school is done."""
    _pupils(connection, schools, wanted)
    log = f"{_log(schools, wanted, scale)} ORDER BY pupil, date, encounter"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE own_log AS {log}")
    for urn in schools:
        of_school = str(urn)
        _write(connection, pupils_file_sql().replace("$urn", of_school), part_of(folder / PUPILS_FOLDER, of_school))
        log = f"SELECT * EXCLUDE (urn) FROM own_log WHERE urn = {urn}"
        done(_write(connection, log, part_of(folder / ENCOUNTERS_FOLDER, of_school)))


def _write(connection: Any, query: str, path: Path) -> int:
    """Rows written. The file has its name only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    try:
        written = connection.execute(f"COPY ({query}) TO {text(unfinished)} ({PARQUET})").fetchone()[0]
    except errors() as error:
        raise FileError(f"{path}: it could not be written ({first_line(error)}).") from None
    unfinished.rename(path)
    return int(written)


def _count(connection: Any, folder: Path) -> Made:
    def rows(kind: str) -> tuple[int, int]:
        files = text(folder / kind / EVERY_FILE)
        found = connection.execute(f"SELECT count(*), sum(num_rows) FROM parquet_file_metadata({files})").fetchone()
        return int(found[0]), int(found[1])

    schools, pupils = rows(PUPILS_FOLDER)
    _, encounters = rows(ENCOUNTERS_FOLDER)
    taken = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    return Made(schools, pupils, encounters, taken)
