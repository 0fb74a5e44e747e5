"""The engines that answer in this run: SQLite and DuckDB where Django is on SQLite, PostgreSQL where it is on PostgreSQL.

Spark starts a Java machine of its own: tests/spark asks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from careers.evaluation.lending import asking
from criteria.engines import flat
from criteria.model import Criterion
from criteria.standing import Standings

ENGINES = ("postgresql",) if connection.vendor == "postgresql" else ("sqlite", "duckdb")


def answer(
    engine: str,
    criteria: Sequence[Criterion],
    pupils: Sequence[dict[str, Any]],
    encounters: Iterable[dict[str, Any]],
    as_at: date,
) -> Standings:
    """Standings by the engine named. PostgreSQL is the tests' own database, asked as the web application asks it."""
    if engine != "postgresql":
        return flat.evaluate(criteria, pupils, encounters, as_at, engine)
    with asking():
        return flat.evaluate(criteria, pupils, encounters, as_at, engine, connection.connection)
