"""Copying a SQLite database while people write to it, and putting a copy in its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from careers.backup.refusal import BackupRefused
from careers.backup.tables import LEFT_OUT, Copied, look

NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
SUFFIXES = ("-wal", "-shm", "-journal")


def copy(database: dict[str, Any], folder: Path) -> Copied:
    """One moment of the database, whatever is written meanwhile: nobody waits for it."""
    file = folder / "database.sqlite3"
    with closing(sqlite3.connect(database["NAME"])) as live, closing(sqlite3.connect(file)) as made:
        # All in one step: in several, each write in between would start it again.
        live.backup(made, pages=-1)
        made.execute("PRAGMA journal_mode = DELETE")
        tables = [name for (name,) in made.execute(NAMES)]
        for left_out in LEFT_OUT:
            if left_out in tables:
                made.execute(f'DELETE FROM "{left_out}"')  # noqa: S608 (names of our own)
        made.commit()
        # Takes away what the deleted rows held, and makes the file as small as it can be.
        made.execute("VACUUM")
        return look(lambda query: made.execute(query).fetchall(), tables, file)


def look_at(file: Path) -> Copied:
    """What a copy holds. Raises BackupRefused if the file is not a sound database."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            said = opened.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok":
                raise BackupRefused("The database in the backup is damaged.")
            tables = [name for (name,) in opened.execute(NAMES)]
            return look(lambda query: opened.execute(query).fetchall(), tables, file)
    except sqlite3.DatabaseError:
        raise BackupRefused("The database in the backup is damaged.") from None


def put_back(copy_file: Path, database: dict[str, Any]) -> None:
    """Put a copy that has been looked at where the database belongs. Nothing may be there but an empty database."""
    target = Path(database["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.put-back")
    with (
        closing(sqlite3.connect(f"file:{copy_file}?mode=ro", uri=True)) as made,
        closing(sqlite3.connect(beside)) as new,
    ):
        made.backup(new, pages=-1)
    beside.chmod(0o600)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    for suffix in SUFFIXES:
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    beside.replace(target)


def holds_a_school(database: dict[str, Any]) -> bool:
    file = Path(database["NAME"])
    if not file.exists() or not file.stat().st_size:
        return False
    with closing(sqlite3.connect(file)) as opened:
        tables = [name for (name,) in opened.execute(NAMES)]
        return "schools_school" in tables and bool(opened.execute("SELECT COUNT(*) FROM schools_school").fetchone()[0])
