"""Telling a fault of ours from a bad day of the machine: no room on the disk, a database that is away or too busy.

A bad day passes by itself, so its page says so, and needs nothing that may be missing: no database, no session, nothing
collected.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"
"""PostgreSQL's code for it (SQLSTATE)."""
SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}


@dataclass(frozen=True)
class BadDay:
    heading: str
    why: str


FULL = BadDay(
    "Sorry, nothing can be saved at the moment",
    "The disk that Trigpoint keeps records on is full. Reading may still work.",
)
AWAY = BadDay(
    "Sorry, Trigpoint cannot get at its records at the moment",
    "The database is not answering, or is too busy. It is often back within minutes.",
)


def bad_day(error: BaseException | None) -> BadDay | None:
    """What kind of bad day an error comes from, or None when it is no such thing."""
    causes = list(_causes(error))
    if any(_no_room(cause) for cause in causes):
        return FULL
    if any(isinstance(cause, (OperationalError, InterfaceError)) for cause in causes):
        return AWAY
    return None


def _no_room(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return True
    return getattr(error, "sqlite_errorname", "") in SQLITE_FULL or getattr(error, "sqlstate", "") == DISK_FULL


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
