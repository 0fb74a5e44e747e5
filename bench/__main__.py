"""Measures one large school on SQLite, and on PostgreSQL where its programs are installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tooling import postgres
from tooling.places import ROOT, Stop


def measure(database: str) -> int:
    """Each database in a process of its own: settings are read once a process."""
    env = {**os.environ, "TRIGPOINT_DATABASE": database, "TRIGPOINT_TODAY": "2026-11-22"}
    return subprocess.run([sys.executable, "-m", "bench.school"], cwd=ROOT, env=env, check=False).returncode


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="trigpoint-bench-") as folder:
        code = measure(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    try:
        with postgres.cluster() as address:
            return measure(address) or code
    except Stop as stop:
        print(f"PostgreSQL was not measured: {stop}")
        return code


if __name__ == "__main__":
    sys.exit(main())
