"""The SQL of each shipped criterion on each database, for one invented school on one day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django_scopes import scopes_disabled

from careers.evaluation.counting import counts_query
from careers.schools.models import School
from criteria.engines.columns import Question, standings_sql
from criteria.engines.dialects import DIALECTS
from criteria.loading import load_all
from criteria.model import About, Criterion
from criteria.moments import Stage
from criteria.schools import NO_YEAR_GROUP
from criteria.tables import PUPILS

AS_AT = date(2026, 11, 22)
SCHOOL = 1
YEARS = (7, 8, 9, 10, 11, 12, 13)
ROW_STORES = ("sqlite", "postgresql")
COLUMN_STORES = ("duckdb", "spark")


def criteria() -> list[Criterion]:
    """Every criterion shipped, as it stands on the day."""
    return [criterion.on(AS_AT) for framework in load_all() for criterion in framework.criteria]


def compiled(criterion: Criterion) -> dict[str, str]:
    """The query of one criterion by database.

    SQLite and PostgreSQL are asked in place by the web application, for one school; DuckDB and Spark over a nation's files, in
    which every row says its school. What a school itself did is asked of no database in place.
    """
    found = {engine: _of_a_nation(criterion, engine) for engine in COLUMN_STORES}
    if criterion.about is About.PUPIL:
        found |= {engine: _of_a_school(criterion, engine) for engine in ROW_STORES}
    return found


def _of_a_school(criterion: Criterion, engine: str) -> str:
    people: Any = [SimpleNamespace(facts=_pupil(criterion, year)) for year in YEARS]
    with as_if_on(engine), scopes_disabled():
        return counts_query(School(pk=SCHOOL), (criterion,), people, AS_AT)


def _pupil(criterion: Criterion, year: int) -> dict[str, Any]:
    known = {"pupil": year, "academic_year": AS_AT.year, "year_group": year, "repeated_year": 0, "on_roll": True}
    return {**dict.fromkeys(PUPILS.names), **known, "setting": criterion.settings[0]}


def _of_a_nation(criterion: Criterion, engine: str) -> str:
    years = YEARS if criterion.about is About.PUPIL else (NO_YEAR_GROUP,)
    asked = frozenset((Stage(AS_AT.year, year), 0) for year in years)
    subjects, log = criterion.about.subjects.name, criterion.about.log.name
    keys = ("school", "pupil") if criterion.about is About.PUPIL else ("school",)
    question = Question((criterion,), asked, AS_AT, DIALECTS[engine], keys)
    return standings_sql(question, f"SELECT * FROM {subjects}", f"SELECT * FROM {log}")


@contextmanager
def as_if_on(engine: str) -> Iterator[None]:
    """Compile for a database that is not the one in use: the text hangs on nothing but its name."""
    used = connection.vendor
    connection.vendor = engine
    try:
        yield
    finally:
        connection.vendor = used
