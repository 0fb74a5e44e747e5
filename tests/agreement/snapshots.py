"""Keeps the SQL of every criterion beside the tests, so that a review shows what a change of a rule or of the compiler does to it.

`python -m tests.agreement.snapshots` writes it; a test fails when it is not what the compiler says.
"""

from __future__ import annotations

import os
from pathlib import Path

import django

FOLDER = Path(__file__).parent / "snapshots"
COMMAND = ".venv/bin/python -m tests.agreement.snapshots"


def snapshots() -> dict[str, str]:
    """Path under FOLDER, `<database>/<criterion>.sql`, to what should be there."""
    from tests.agreement.compiled import compiled, criteria

    return {
        f"{engine}/{criterion.id}.sql": f"-- {' '.join(criterion.title.split())}\n{_tidy(sql)}\n"
        for criterion in criteria()
        for engine, sql in compiled(criterion).items()
    }


def _tidy(sql: str) -> str:
    return "\n".join(line.rstrip() for line in sql.splitlines() if line.strip())


def kept() -> dict[str, str]:
    return {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.sql")}


def write() -> None:
    """Make the folder hold the snapshots and nothing else."""
    wanted, held = snapshots(), kept()
    for name in set(held) - set(wanted):
        (FOLDER / name).unlink()
    for name, sql in wanted.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sql, encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write()
