"""Whether this copy is fit to work, asked often by a monitor: cheap, and remembered for a few seconds."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from careers.jobs import queue

REMEMBERED_SECONDS = 5.0
LAST_BACKUP = "last-backup.json"


@dataclass(frozen=True)
class Finding:
    """`words` is for operators: what was found, and what to do where it is not well or nobody looks (`watched`)."""

    name: str
    well: bool
    words: str
    watched: bool = True


def findings() -> list[Finding]:
    """Everything looked at. Where the database does not answer, nothing is asked of it again."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        return [Finding("Database", False, f"Does not answer ({type(error).__name__})."), _disk()]
    return [
        Finding("Database", True, "Answers."),
        *(_look(check) for check in (_tables, _cache, _disk, _worker, _backup)),
    ]


class Remembered:
    """What was found last, for all threads of a process. A flood of questions costs one look in five seconds."""

    def __init__(self) -> None:
        self.lock, self.at, self.ready = threading.Lock(), float("-inf"), False

    def is_ready(self) -> bool:
        with self.lock:
            if time.monotonic() - self.at > REMEMBERED_SECONDS:
                self.ready = all(finding.well for finding in findings())
                self.at = time.monotonic()
            return self.ready


remembered = Remembered()


def _look(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, InterfaceError, OSError) as error:
        return Finding(
            check.__name__.strip("_").capitalize(), False, f"Could not be looked at ({type(error).__name__})."
        )


class _Migrations:
    """Asked until every migration is applied: after that it cannot change, and asking takes a tenth of a second."""

    applied = False


def _tables() -> Finding:
    if not _Migrations.applied:
        executor = MigrationExecutor(connection)
        _Migrations.applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    well = _Migrations.applied
    return Finding(
        "Tables", well, "As this version wants them." if well else "Older than this version. Run: manage.py setup"
    )


def _cache() -> Finding:
    cache.get("ready")
    return Finding("Cache", True, "Its table answers.")


def _there(place: Path) -> Path:
    """The folder itself or, where it has yet to be made, the nearest that is there: it will be made on the same disk."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _disk() -> Finding:
    places = {Path(settings.VAR), Path(settings.DATABASES["default"]["NAME"]).parent}
    least = min(shutil.disk_usage(_there(place)).free for place in places if place.is_absolute())
    megabytes = least // settings.MEGABYTE
    well = megabytes >= settings.DISK_MEGABYTES
    words = f"{megabytes:,} megabytes free; {settings.DISK_MEGABYTES:,} are wanted."
    return Finding("Disk", well, words)


def _worker() -> Finding:
    number = queue.living().count()
    words = (
        f"Seen in the last minute: {number}." if number else "None was seen in the last minute. Start: manage.py work"
    )
    return Finding("Worker", bool(number), words)


def _backup() -> Finding:
    hours = settings.BACKUP_HOURS
    if not hours:
        return Finding("Backup", True, "To be told when one is late, set TRIGPOINT_BACKUP_HOURS.", watched=False)
    try:
        # Written by manage.py backup: {"at": a time in UTC, ...}.
        at = datetime.fromisoformat(json.loads((settings.VAR / LAST_BACKUP).read_text())["at"])
    except (FileNotFoundError, ValueError, KeyError):
        return Finding("Backup", False, "None has been made yet.")
    young = timezone.now() - at < timedelta(hours=hours)
    return Finding("Backup", young, f"The last was made {timezone.localtime(at):%-d %B %Y at %H:%M}.")
