"""What is asked of a database to know later that it came back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEFT_OUT = ("django_session", "cache")
"""Rows that would be of no use, or do harm, when they come back: who was signed in, and counts of wrong passwords."""

HEADS = "SELECT chain, number, hash FROM audit_tail ORDER BY chain"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"

Ask = Callable[[str], list[tuple[Any, ...]]]
"""Runs a query and gives its rows."""


@dataclass(frozen=True)
class Copied:
    """A database's copy in a file, and what was in it at that moment."""

    file: Path
    migrations: list[str]
    counts: dict[str, int]
    heads: dict[str, list[Any]]


def look(ask: Ask, tables: list[str], file: Path) -> Copied:
    return Copied(
        file=file,
        migrations=[f"{app}.{name}" for app, name in ask(MIGRATIONS)],
        counts={name: 0 if name in LEFT_OUT else count(ask, name) for name in sorted(tables)},
        heads={str(chain): [number, digest] for chain, number, digest in ask(HEADS)},
    )


def count(ask: Ask, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(ask(f'SELECT COUNT(*) FROM "{quoted}"')[0][0])  # noqa: S608 (a table's own name, quoted)


def differences(expected: dict[str, int], found: dict[str, int]) -> list[str]:
    """The tables that do not hold as many rows as they should, in words."""
    return [
        f"{table} has {found.get(table, 0)} rows and not {number}"
        for table, number in expected.items()
        if found.get(table, 0) != number
    ]
