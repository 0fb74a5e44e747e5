"""Measures what is named, or everything: `python3 run.py bench`, `python3 run.py bench school growth`.

school    one school of 1,500 pupils answered by the engine, by a loop through the ORM and by pandas, on each database
growth    the engine at a tenth, at once and at ten times the pupils, on each database
pages     every page of the web application, on each database
planner   the year planner for 200 activities, the whole programme's forecast beside it and copying a year, on each database
load      pages asked for and registers saved by 1, 10 and 40 people at once, over HTTP, on each database
imports   a roll and a log brought in from files, on each database
registers a register of thirty by taps and seconds in a real browser, and registers saved by forty at once, on each database
audit     a write with its event against the same write bare, forty at once, and following a long chain, on each database
backup    a backup of the demonstration and putting it back, on each database
calendar  a calendar of 500 activities with their times, written as a file
compile   reading a framework, writing its SQL, starting the web application
nation    the query written by hand over a small synthetic nation, beside a bare scan (see bench/nation.py)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.load import same_key
from tooling import postgres
from tooling.places import ROOT, Stop

OF_A_SCHOOL = ("school", "growth", "pages", "planner", "imports", "load")
ON_EACH_DATABASE = ("registers", "audit", "backup")
ALONE = ("calendar", "compile", "nation")


def measure(module: str, words: list[str], **env: str) -> int:
    """Each database in a process of its own: settings are read once a process."""
    whole = {**os.environ, "TRIGPOINT_TODAY": "2026-11-22", **same_key(), **env}
    return subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT, env=whole, check=False).returncode


def measure_on_each(module: str, words: list[str]) -> int:
    """On SQLite, and on PostgreSQL where its programs are installed or can be."""
    with tempfile.TemporaryDirectory(prefix="trigpoint-bench-") as folder:
        code = measure(module, words, TRIGPOINT_DATABASE=f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    try:
        with postgres.cluster() as address:
            return measure(module, words, TRIGPOINT_DATABASE=address) or code
    except Stop as stop:
        print(f"PostgreSQL was not measured: {stop}")
        return code


def main(words: list[str]) -> int:
    unknown = [word for word in words if word not in OF_A_SCHOOL + ON_EACH_DATABASE + ALONE]
    if unknown:
        print(f"There is no measurement called {', '.join(unknown)}.\n\n{__doc__}", file=sys.stderr)
        return 2
    chosen = words or [*OF_A_SCHOOL, *ON_EACH_DATABASE, *ALONE]
    of_a_school = [word for word in chosen if word in OF_A_SCHOOL]
    codes = [measure_on_each("bench.school", of_a_school)] if of_a_school else []
    codes += [measure_on_each(f"bench.{word}", []) for word in chosen if word in ON_EACH_DATABASE]
    codes += [measure(f"bench.{word}", []) for word in chosen if word in ALONE]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
