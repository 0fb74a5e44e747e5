"""Following the audit's chain in a database that is not the one this process works with, by a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from careers.backup.refusal import BackupRefused


def as_sqlite(file: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file}


def address_of(database: dict[str, Any]) -> str:
    """As TRIGPOINT_DATABASE takes it."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{quote(str(database['NAME']))}"
    who = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{who}@{database['HOST']}{port}/{quote(database['NAME'], safe='')}"


def follow_the_audit(database: dict[str, Any]) -> int:
    """How many events of the chains were followed from end to end. Raises BackupRefused where one is broken."""
    done = subprocess.run(
        [sys.executable, str(settings.ROOT / "manage.py"), "verify_audit"],
        env={**os.environ, "TRIGPOINT_DATABASE": address_of(database)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused(
            "The audit does not hold together, and did not when the backup was made: manage.py verify_audit says where. "
            "To put it back as it is, add --accept-broken-audit."
        )
    return sum(int(number) for number in re.findall(r"whole, ([0-9]+) events", done.stdout))
