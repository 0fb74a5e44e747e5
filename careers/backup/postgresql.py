"""Copying a PostgreSQL database while people write to it, by its own programs, and putting a copy into an empty one."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from careers.backup.refusal import BackupRefused
from careers.backup.tables import LEFT_OUT, Copied, look

NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def copy(database: dict[str, Any], folder: Path) -> Copied:
    """One moment of the database: what is counted and what is dumped are the same snapshot."""
    file = folder / "database.dump"
    with closing(_connect(database)) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        without = [f"--exclude-table-data={name}" for name in LEFT_OUT]
        _run(
            "pg_dump",
            database,
            ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *without],
            file,
        )
        tables = [name for (name,) in connection.execute(NAMES).fetchall()]
        return look(lambda query: connection.execute(query).fetchall(), tables, file)


def put_back(copy_file: Path, database: dict[str, Any]) -> Copied:
    """All or nothing: one transaction, which takes the place of tables that are there. Gives what is there afterwards."""
    words = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", database, [*words, str(copy_file)], None)
    with closing(_connect(database)) as connection:
        tables = [name for (name,) in connection.execute(NAMES).fetchall()]
        return look(lambda query: connection.execute(query).fetchall(), tables, copy_file)


def holds_a_school(database: dict[str, Any]) -> bool:
    with closing(_connect(database)) as connection:
        if "schools_school" not in [name for (name,) in connection.execute(NAMES).fetchall()]:
            return False
        return bool(connection.execute("SELECT COUNT(*) FROM schools_school").fetchone()[0])


def _connect(database: dict[str, Any]) -> Any:
    import psycopg

    try:
        return psycopg.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"],
            port=database["PORT"] or None,
            autocommit=True,
        )
    except psycopg.OperationalError:
        raise BackupRefused("The PostgreSQL server does not answer, or does not let this user in.") from None


def _run(program: str, database: dict[str, Any], words: list[str], output: Path | None) -> None:
    where = [f"--host={database['HOST']}", f"--dbname={database['NAME']}", "--no-password"]
    where += [f"--port={database['PORT']}"] if database["PORT"] else []
    where += [f"--username={database['USER']}"] if database["USER"] else []
    where += [f"--file={output}"] if output else []
    # By the environment and not on the command line, which every user of the machine can read.
    env = {**os.environ, "PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else None
    if not shutil.which(program):
        raise BackupRefused(
            f"{program} is not on this machine. Install PostgreSQL's client programs (postgresql-client)."
        )
    done = subprocess.run(
        [program, *where, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        # What it says on failing can quote a row, so it is not passed on.
        raise BackupRefused(
            f"{program} failed with status {done.returncode}. Check that its version is not older than the server's, "
            "that the user owns the database, and that the disk has room."
        )
