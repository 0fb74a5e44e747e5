"""What the owner of the database can do and nobody else: take the guards away, change what was written, and put them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from careers.audit.chain import hang
from careers.audit.models import Event

TABLES = ("audit_event", "audit_tail", "audit_seal")


@contextmanager
def unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql, None)


def by_hand(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def done_at(at: datetime, verb: str = "opened a pupil's file", school: Any = None, **fields: Any) -> Event:
    """An event of a day gone by, at the end of its chain."""
    return hang(Event(at=at, school_id=getattr(school, "pk", None), verb=verb, **{"changes": False, **fields}))
