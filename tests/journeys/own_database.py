"""A database of a test's own, of the kind the tests run on: for what a process does to a whole database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from careers.backup.checking import address_of
from tests.guards.checkout import ROOT

A_SCHOOL = """
import django
django.setup()
from tests.journeys.killed import a_school
a_school()
"""


def used() -> dict[str, Any]:
    """The database the tests run on, as the settings name it (not pytest's copy)."""
    from django.conf import settings

    found: dict[str, Any] = settings.DATABASES["default"]
    return found


def is_sqlite() -> bool:
    return str(used()["ENGINE"]).endswith("sqlite3")


@contextmanager
def new_database(name: str, folder: Path) -> Iterator[dict[str, Any]]:
    """An empty one, gone afterwards, as Django's settings describe it."""
    if is_sqlite():
        yield {**used(), "NAME": folder / f"{name}.sqlite3"}
        return
    named = f"{name}_{os.getpid()}"
    _say(f'DROP DATABASE IF EXISTS "{named}" WITH (FORCE)', f'CREATE DATABASE "{named}"')
    try:
        yield {**used(), "NAME": named}
    finally:
        _say(f'DROP DATABASE IF EXISTS "{named}" WITH (FORCE)')


def run(words: list[str], database: dict[str, Any], **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with the tests' settings, on a database."""
    env = {**os.environ, "TRIGPOINT_DATABASE": address_of(database), "DJANGO_SETTINGS_MODULE": "tests.settings", **more}
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def fill(database: dict[str, Any]) -> None:
    """Make the tables, and in them a school with a careers leader, thirty pupils and an activity."""
    done = run(["-c", A_SCHOOL], database)
    assert done.returncode == 0, done.stderr


def ask(database: dict[str, Any], statement: str) -> list[tuple[Any, ...]]:
    """Run one statement by the driver, past Django and everything of ours."""
    if is_sqlite():
        import sqlite3

        with closing(sqlite3.connect(database["NAME"], timeout=20)) as opened, opened:
            return opened.execute(statement).fetchall()
    with _server(database["NAME"]) as opened:
        found = opened.execute(statement)
        return found.fetchall() if found.description else []


def _say(*statements: str) -> None:
    with _server("postgres") as server:
        for statement in statements:
            server.execute(statement)


def _server(name: str) -> Any:
    import psycopg

    where = {key.lower(): used()[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if used()[key]}
    return psycopg.connect(dbname=name, autocommit=True, **where)
