"""A backup of the demonstration (1,150 pupils on roll, seven years of log) and twenty thousand events, and putting it back."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EVENTS = 20_000


@contextmanager
def empty_database(database: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    if database["ENGINE"].endswith("sqlite3"):
        yield {**database, "NAME": folder / "back.sqlite3"}
        return
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE put_back")
    try:
        yield {**database, "NAME": "put_back"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE put_back WITH (FORCE)")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction

    from careers.audit.record import record
    from careers.backup import actions, keys
    from careers.schools.models import School

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    school = School.objects.order_by("pk")[0]
    started = time.perf_counter()
    with transaction.atomic():
        for _ in range(EVENTS):
            record("opened a pupil's file", by=None, school=school, subject=school, changes=False)
    print(
        f"\n{connection.vendor}: {EVENTS:,} events written in one transaction in {time.perf_counter() - started:.1f} s"
    )
    with tempfile.TemporaryDirectory(prefix="trigpoint-bench-") as folder:
        home = Path(folder)
        settings.VAR, settings.FILES = home, home / "files"
        settings.BACKUP_KEY = keys.make_pair(home / "key")
        database = settings.DATABASES["default"]
        made = actions.make_backup(of=database, into=home)
        print(f"Backup of {made.rows:,} rows: {made.seconds:.1f} s, {made.bytes / 1e6:.1f} MB")
        with empty_database(database, home) as empty:
            done = actions.put_back(file=made.file, key_file=home / "key", into=empty, files_into=None)
        print(f"Put back, every row counted and {done.events:,} events followed: {done.seconds:.1f} s")


if __name__ == "__main__":
    main()
