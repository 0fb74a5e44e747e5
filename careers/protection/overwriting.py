"""What was deleted is also overwritten on the disk. SQLite does so in its file (`secure_delete`), not at once in its journal."""

from __future__ import annotations

from django.db import connection


def empty_the_journal() -> None:
    """Write SQLite's journal into its file and cut it to nothing, where nobody is reading just now. Elsewhere nothing is done.

    PostgreSQL frees what was deleted when it next vacuums, which it does by itself.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
