"""Lends a school's own tables to the criteria engine as the logical tables it asks about (criteria/tables.py).

Raw SQL passes by the guard that scopes the ORM to a school, so every relation here says `school_id` itself, and a test holds
it to that. Numbers and dates are written in by code from values of those types; the only text is names of subjects, as literals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from careers.schools.models import School
from criteria.engines.dialects import DIALECTS, Dialect
from criteria.engines.filling import bars
from criteria.periods import AcademicYear

LEAVERS_KEPT = 4
"""Leavers of this many academic years are lent: destinations are asked for until three years after leaving."""

LISTED = {
    "sqlite": "group_concat({0}, '|')",
    "postgresql": "string_agg({0}, '|' ORDER BY {0})",
}
"""How each database joins values with bars; SQLite takes the order of the rows it is given."""

DERIVED = ("employers", "provider_kinds", "eligible_providers")
TEXTS = ("type", "two_way", "mode", "subject")


AS_WRITTEN = {"enable_nestloop": "off", "join_collapse_limit": "1", "jit": "off"}
"""PostgreSQL cannot guess how many rows a computed relation has, and guesses few: left alone it joins in a ruinous order
(seconds in place of a tenth, more just after an import). The query is written in the order it should run."""


@contextmanager
def asking() -> Iterator[Any]:
    """A cursor on which the lent relations are joined in the order they are written."""
    with transaction.atomic(), connection.cursor() as cursor:
        _set(cursor, AS_WRITTEN)
        yield cursor
        _set(cursor, dict.fromkeys(AS_WRITTEN))  # the transaction may be somebody else's and go on


def _set(cursor: Any, settings: Mapping[str, str | None]) -> None:
    """Settings of PostgreSQL until the end of the transaction, in one statement; None is as it was."""
    if connection.vendor == "postgresql":
        words = (f"SET LOCAL {name} TO {value or 'DEFAULT'}" for name, value in settings.items())
        cursor.execute("; ".join(words))


@dataclass(frozen=True)
class Lending:
    """The relations of one school on one day, for the database in use."""

    school: School
    as_at: date

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[connection.vendor]

    @property
    def year(self) -> AcademicYear:
        return AcademicYear.containing(self.as_at)

    def listed(self, expression: str) -> str:
        return LISTED[connection.vendor].format(expression)

    def relations(self, columns: Iterable[str]) -> dict[str, str]:
        """SQL for `pupils`, `occasions` (with these columns) and `attendances`."""
        return {"pupils": self.pupils(), "occasions": self.occasions(columns), "attendances": self.attendances()}

    def pupils(self) -> str:
        """pupil, academic_year, year_group, repeated_year, subjects: the last year group held by the day asked about."""
        school, year = int(self.school.pk), self.year.start_year
        gone_before = self.dialect.literal(AcademicYear(year - LEAVERS_KEPT).starts)
        as_at = self.dialect.literal(self.as_at)
        return f"""
  SELECT p.id AS pupil, held.latest / 100 AS academic_year, held.latest % 100 AS year_group, held.repeated_year, studied.subjects
  FROM pupils_pupil p
  JOIN (SELECT pupil_id, MAX(academic_year * 100 + year_group) AS latest,
               MAX(CASE WHEN year_group = year_before THEN year_group ELSE 0 END) AS repeated_year FROM
          (SELECT pupil_id, academic_year, year_group,
                  LAG(year_group) OVER (PARTITION BY pupil_id ORDER BY academic_year) AS year_before
           FROM pupils_yearheld WHERE school_id = {school} AND academic_year <= {year}) years
        GROUP BY pupil_id) held ON held.pupil_id = p.id
  LEFT JOIN (SELECT pupil_id, '|' || {self.listed("subject")} || '|' AS subjects FROM
               (SELECT DISTINCT m.pupil_id, g.subject FROM pupils_groupmembership m JOIN pupils_group g ON g.id = m.group_id
                WHERE m.school_id = {school} AND g.kind = 'class' AND g.academic_year = {year} AND g.subject <> ''
                  AND (m.ends_on IS NULL OR m.ends_on >= {as_at}) ORDER BY 1, 2) own
             GROUP BY pupil_id) studied ON studied.pupil_id = p.id
  WHERE p.school_id = {school} AND (p.left_on IS NULL OR p.left_on >= {gone_before})"""

    def known(self, rows: Iterable[Mapping[str, Any]]) -> str:
        """The same relation from rows already read (`people`), so that the database need not work it out twice."""
        names = ("pupil", "academic_year", "year_group", "repeated_year")
        literal = self.dialect.literal
        values = [
            f"({', '.join(str(int(row[name])) for name in names)}, {literal(bars(row['subjects'])) if row['subjects'] else 'NULL'})"
            for row in rows
            if row["year_group"] is not None
        ]
        columns = ", ".join(f"column{place} AS {name}" for place, name in enumerate((*names, "subjects"), 1))
        return f"SELECT {columns} FROM (VALUES {', '.join(values) or '(0, 0, 0, 0, NULL)'}) known"

    def occasions(self, columns: Iterable[str]) -> str:
        """Activities with a date that are planned or have been held. Blank text is not known; so are partners nobody named."""
        school = int(self.school.pk)
        asked = sorted(set(columns) - {"date"})
        shown = "".join(f", {self.column(name)}" for name in asked)
        partners = self.partners() if set(asked) & set(DERIVED) else ""
        return f"""
  SELECT a.id AS occasion, a.starts_on AS date{shown}
  FROM programme_activity a{partners}
  WHERE a.school_id = {school} AND a.starts_on IS NOT NULL AND a.status IN ('planned', 'delivered')"""

    def column(self, name: str) -> str:
        if name in DERIVED:
            return f"took.{name}"
        return f"NULLIF(a.{name}, '') AS {name}" if name in TEXTS else f"a.{name}"

    def partners(self) -> str:
        """What is known of the partners of each activity: how many employers, which kinds of provider, which are eligible.

        A provider whose kind nobody gave leaves the kinds unknown unless another is known; so with eligibility.
        """
        school = int(self.school.pk)
        kind = "CASE WHEN p.kind = 'provider' THEN NULLIF(p.provider_kind, '') END"
        eligible = "CASE WHEN p.kind = 'provider' AND p.pal_eligible THEN CAST(p.id AS TEXT) END"

        def either(known: str, doubtful: str) -> str:
            return f"CASE WHEN COUNT({known}) > 0 THEN '|' || {self.listed(known)} || '|' WHEN {doubtful} > 0 THEN NULL ELSE '' END"

        return f"""
  LEFT JOIN (
    SELECT activity_id, SUM(CASE WHEN kind = 'employer' THEN 1 ELSE 0 END) AS employers,
      {either("provider_kind", "SUM(CASE WHEN kind = 'provider' AND provider_kind IS NULL THEN 1 ELSE 0 END)")} AS provider_kinds,
      {either("eligible", "SUM(CASE WHEN kind = 'provider' AND pal_eligible IS NULL THEN 1 ELSE 0 END)")} AS eligible_providers
    FROM (SELECT ap.activity_id, p.kind, p.pal_eligible, {kind} AS provider_kind, {eligible} AS eligible
          FROM programme_activitypartner ap JOIN partners_partner p ON p.id = ap.partner_id
          WHERE ap.school_id = {school} ORDER BY ap.activity_id, p.id) named
    GROUP BY activity_id) took ON took.activity_id = a.id"""

    def attendances(self) -> str:
        school = int(self.school.pk)
        return f"SELECT pupil_id AS pupil, activity_id AS occasion, status FROM encounters_encounter WHERE school_id = {school}"
