"""Following the audit's chain in a database that is not the one this process works with, by a process of its own."""

from __future__ import annotations

import json
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


def follow_the_audit(database: dict[str, Any], heads: dict[str, list[Any]], folder: Path) -> int:
    """How many events of the chains were followed, each ending at the head given. Raises BackupRefused."""
    expected = folder / "heads.json"
    expected.write_text(json.dumps(heads))
    done = subprocess.run(
        [sys.executable, str(settings.ROOT / "manage.py"), "verify_audit", "--expect", str(expected)],
        env={**os.environ, "TRIGPOINT_DATABASE": address_of(database)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused("The audit in the backup does not hold together. Run manage.py verify_audit to see where.")
    return sum(int(number) for number in re.findall(r"([0-9]+) events?", done.stdout))
