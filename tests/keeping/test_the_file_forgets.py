"""What is deleted from SQLite is gone from its file too, with the settings Trigpoint opens it with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from careers.website.environment import sqlite


def test_a_deleted_name_is_not_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "school.sqlite3"
    with sqlite3.connect(file, isolation_level=None) as database:
        database.executescript(sqlite(file)["OPTIONS"]["init_command"])
        database.execute("CREATE TABLE pupil (surname text)")
        database.executemany("INSERT INTO pupil VALUES (?)", [("Quillfeather",)] * 5_000)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Quillfeather" in file.read_bytes()
        database.execute("DELETE FROM pupil")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not any(b"Quillfeather" in path.read_bytes() for path in tmp_path.iterdir())
    database.close()
