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
from criteria.nation.making import own_log, own_pupils, prepare, scale_of
from criteria.nation.progress import Progress
from criteria.nation.roll import milestones_file_sql, pupils_file_sql, schools_file_sql, schools_of
from criteria.nation.wishes import Wanted, size

HOW_MADE = "made.json"
TOGETHER = 8
"""Schools made by one query, so that it is planned less often."""
PARQUET = "FORMAT parquet, COMPRESSION zstd"


@dataclass(frozen=True)
class Made:
    schools: int
    pupils: int
    encounters: int
    bytes: int


def generate(wanted: Wanted, folder: Path, out: TextIO, workers: int | None = None) -> Made:
    """Make the nation in `folder`, or go on with one begun there. FileError where that cannot be."""
    wanted.refuse_impossible()
    connection = connect(threads=1)
    going_on = _claim(folder, wanted)
    _room(folder, wanted, going_on, out)
    prepare(connection, wanted)
    schools = [urn for (urn,) in connection.execute("SELECT urn FROM school ORDER BY urn").fetchall()]
    left = [urn for urn in schools if not part_of(folder / ENCOUNTERS_FOLDER, str(urn)).exists()]
    scale = scale_of(connection, wanted)
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
    own_pupils(connection, schools, wanted)
    log = f"{own_log(schools, wanted, scale)} ORDER BY pupil, date, encounter"
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
