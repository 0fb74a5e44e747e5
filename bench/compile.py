"""What is paid before the first answer: reading a framework, writing its SQL, starting the web application."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterable

GOES = 7
TIMED = """
import time
{before}
started = time.perf_counter()
{do}
print(1000 * (time.perf_counter() - started))
"""
ENGINE = "from criteria.loading import load\nimport criteria.engines.sql"
LOADED = f"{ENGINE}\nframeworks = load('gatsby-2025'), load('provider-access')"
COMPILE = """
from datetime import date
from criteria.engines.dialects import POSTGRESQL
from criteria.engines.sql import counts_sql
from criteria.moments import Stage
criteria = tuple(c for framework in frameworks for c in framework.criteria if c.about == "pupil")
asked = {(Stage(2026, group, 0), n) for group in range(7, 15) for n in range(len(criteria))}
lent = dict.fromkeys(("pupils", "occasions", "attendances"), "SELECT 1")
"""
MEASURED = {
    "Start the web application": ("", "import careers.website.wsgi, careers.website.urls"),
    "  and then the SQL builder": ("import careers.website.wsgi, careers.website.urls", ENGINE),
    "Read gatsby-2025 and provider-access, cold": (ENGINE, "load('gatsby-2025'), load('provider-access')"),
    "  again in the same process": (LOADED, "load('gatsby-2025'), load('provider-access')"),
    "Write the SQL of both for eight year groups": (
        LOADED + COMPILE,
        "counts_sql(criteria, asked, date(2026, 11, 22), lent, POSTGRESQL)",
    ),
}


def fresh(before: str, do: str) -> Iterable[float]:
    """Milliseconds, each in a process of its own, with Python's compiled files there already."""
    for _ in range(GOES + 1):
        done = subprocess.run(
            [sys.executable, "-c", TIMED.format(before=before, do=do)], capture_output=True, text=True, check=True
        )
        yield float(done.stdout.splitlines()[-1])


def main() -> None:
    print("\nBEFORE THE FIRST ANSWER")
    for name, (before, do) in MEASURED.items():
        _, *times = fresh(before, do)
        print(f"{name:48}{statistics.median(times):10.2f} ms median {max(times):10.2f} ms most")


if __name__ == "__main__":
    main()
