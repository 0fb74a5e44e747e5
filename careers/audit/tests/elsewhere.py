"""An empty database of the same kind as the tests', for what cannot be undone: many writers at once, and migrations."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Its address, as TRIGPOINT_DATABASE takes it."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'elsewhere.sqlite3'}"
        return
    import psycopg

    server = connection.settings_dict
    where = {"host": server["HOST"], "port": server["PORT"] or 5432, "user": server["USER"]}
    name = f"elsewhere_{uuid4().hex[:12]}"
    with psycopg.connect(**where, password=server["PASSWORD"], dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql://{where['user']}:{server['PASSWORD']}@{where['host']}:{where['port']}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(module: str, *words: str, database: str) -> subprocess.Popen[str]:
    env = {**os.environ, "TRIGPOINT_DATABASE": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-W", "error", "-m", module, *words]
    return subprocess.Popen(
        command, cwd=settings.ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def run(module: str, *words: str, database: str) -> str:
    process = start(module, *words, database=database)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said
