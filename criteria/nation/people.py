"""A nation's pupils as the query wants them: what a file leaves out or blank filled in as every other way of asking does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from criteria.engines.columns import GIVEN, pupil_columns
from criteria.engines.dialects import Dialect
from criteria.engines.setwise import asked_of
from criteria.engines.sql import Asked
from criteria.model import Criterion
from criteria.periods import AcademicYear

TRAITS = ("year_group", "sex", "sen_provision", "fsm", "looked_after")
"""Characteristics a summary is divided by."""
ROLL = ("joined_on", "left_on", "on_roll")


def lent_columns(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """Columns of `people_sql` beside the pupil, the school and its area."""
    return tuple(dict.fromkeys((*GIVEN, *pupil_columns(criteria), *TRAITS)))


def kept_columns(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """Columns to read from the files for that."""
    return tuple(dict.fromkeys(("pupil", "school", "setting", *ROLL, *lent_columns(criteria))))


def people_sql(pupils: str, schools: str, criteria: Sequence[Criterion], as_at: date, sql: Dialect) -> str:
    """A SELECT of pupil, school, area and `lent_columns` from the pupils and schools as they are kept.

    A pupil's setting is their own, or the school's, or a mainstream school; only special schools name a cohort; who is on roll
    follows from the dates.
    """
    day = sql.literal(as_at)
    on_roll = f"(p.joined_on IS NULL OR p.joined_on <= {day}) AND (p.left_on IS NULL OR p.left_on >= {day})"
    filled = {
        "setting": "COALESCE(p.setting, s.setting, 'school')",
        "in_benchmark_cohort": "COALESCE(p.in_benchmark_cohort, TRUE)",
        "on_roll": f"COALESCE(p.on_roll, {on_roll})",
        "academic_year": f"COALESCE(p.academic_year, {AcademicYear.containing(as_at).start_year})",
        "repeated_year": "COALESCE(p.repeated_year, 0)",
    }
    columns = "".join(f", {filled.get(name, f'p.{name}')} AS {name}" for name in lent_columns(criteria))
    return f"SELECT p.pupil, p.school, s.area{columns} FROM ({pupils}) p LEFT JOIN ({schools}) s ON s.school = p.school"


PROFILE = ("academic_year", "year_group", "repeated_year")


def profile_columns(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """What tells at which stages which criteria may apply to anybody."""
    return tuple(dict.fromkeys((*PROFILE, *(name for name in pupil_columns(criteria) if name not in own(criteria)))))


def own(criteria: Iterable[Criterion]) -> set[str]:
    return {name for criterion in criteria for name in criterion.own_dates}


def asked_by(profiles: Iterable[Sequence[Any]], criteria: Sequence[Criterion], as_at: date) -> frozenset[Asked]:
    """`profiles` are rows of `profile_columns`."""
    names = profile_columns(criteria)
    return frozenset(asked_of(criteria, [dict(zip(names, row, strict=True)) for row in profiles], as_at))
