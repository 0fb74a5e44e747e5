"""Where a copy of the database lies while it is packed or unpacked: open to its owner only, and emptied whatever happens."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from careers.backup.refusal import BackupRefused

PREFIX = "backup-work-"


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new folder. What an earlier run left behind when it was killed is taken away first. One run at a time."""
    settings.VAR.mkdir(exist_ok=True)
    with (settings.VAR / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused("Another backup is being made or put back. Wait until it has ended.") from None
        for left in settings.VAR.glob(f"{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=settings.VAR))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
