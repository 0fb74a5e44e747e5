"""Lends a school's own tables to the criteria engine as the logical tables it asks about (criteria/tables.py).

Raw SQL passes by the guard that scopes the ORM to a school, so every relation here says `school_id` itself, and a test holds
it to that. Numbers and dates are written in by code from values of those types; the only text is names of subjects, as literals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from careers.evaluation.supposing import Supposing
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
    if connection.vendor != "postgresql":
        # With no transaction: ours take SQLite's one place for writing from the start, and this only reads.
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        _set(cursor, AS_WRITTEN)
        yield cursor
        _set(cursor, dict.fromkeys(AS_WRITTEN))  # the transaction may be somebody else's and go on


def _set(cursor: Any, settings: Mapping[str, str | None]) -> None:
    """Settings of PostgreSQL until the end of the transaction, in one statement; None is as it was."""
    words = (f"SET LOCAL {name} TO {value or 'DEFAULT'}" for name, value in settings.items())
    cursor.execute("; ".join(words))


@dataclass(frozen=True)
class Lending:
    """The relations of one school on one day, for the database in use. A forecast lends what it supposes as if it had happened.

    `only` are the pupils to lend, where not all are asked about.
    """

    school: School
    as_at: date
    supposing: Supposing | None = None
    only: tuple[int, ...] = ()

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[connection.vendor]

    @property
    def year(self) -> AcademicYear:
        return AcademicYear.containing(self.as_at)

    def listed(self, expression: str) -> str:
        return LISTED[connection.vendor].format(expression)

    def relations(
        self, columns: Iterable[str], rows: Iterable[Mapping[str, Any]] | None = None, own: Sequence[str] = ()
    ) -> dict[str, str]:
        """SQL for `pupils` (from `rows`, where they have been read already, with the dates of their `own` that windows hang on),
        `occasions` (with these columns) and `attendances`.
        """
        if rows is None:
            return {"pupils": self.pupils(), "occasions": self.occasions(columns), "attendances": self.attendances()}
        held = list(rows)
        return {
            "pupils": self.known(held, own),
            "occasions": self.occasions(columns),
            "attendances": self.attendances(held),
        }

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
  WHERE p.school_id = {school} AND (p.left_on IS NULL OR p.left_on >= {gone_before}){self._among("p.id")}"""

    def _among(self, key: str) -> str:
        return f" AND {key} IN ({', '.join(str(int(pk)) for pk in self.only)})" if self.only else ""

    def known(self, rows: Iterable[Mapping[str, Any]], own: Sequence[str] = ()) -> str:
        """The same relation from rows already read (`people`), so that the database need not work it out twice.

        `own` are the dates of the pupils' own that windows hang on, such as the date of birth.
        """
        names = ("pupil", "academic_year", "year_group", "repeated_year")
        values = [
            f"({', '.join([*(str(int(row[name])) for name in names), *self._beside(row, own)])})"
            for row in rows
            if row["year_group"] is not None
        ]
        shown = [f"column{place} AS {name}" for place, name in enumerate((*names, "subjects"), 1)]
        for place, name in enumerate(own, len(shown) + 1):
            shown.append(
                f"CAST(column{place} AS DATE) AS {name}" if self.dialect.typed_dates else f"column{place} AS {name}"
            )
        nobody = f"({', '.join(['0'] * len(names) + ['NULL'] * (1 + len(own)))})"
        return f"SELECT {', '.join(shown)} FROM (VALUES {', '.join(values) or nobody}) known"

    def _beside(self, row: Mapping[str, Any], own: Sequence[str]) -> list[str]:
        """A pupil's subjects and own dates as literals."""
        values = [bars(row["subjects"]) or None, *(row.get(name) for name in own)]
        return ["NULL" if value is None else self.dialect.literal(value) for value in values]

    def occasions(self, columns: Iterable[str], after: date | None = None) -> str:
        """Activities with a date that are planned or have been held. Blank text is not known; so are partners nobody named."""
        school = int(self.school.pk)
        asked = sorted(set(columns) - {"date"})
        shown = "".join(f", {self.column(name)}" for name in asked)
        partners = self.partners() if set(asked) & set(DERIVED) else ""
        day, dated, lent = self._days()
        later = f" AND a.starts_on > {self.dialect.literal(after)}" if after else ""
        return f"""
  SELECT a.id AS occasion, {day} AS date{shown}
  FROM programme_activity a{partners}{dated}
  WHERE a.school_id = {school} AND ({lent}){later}{self._drafted(asked)}"""

    def _drafted(self, asked: Sequence[str]) -> str:
        """The occasions of a draft, after those of the school's own table, whose types theirs take. Reads no table."""
        found = []
        for each in self.supposing.drafted if self.supposing else ():
            values = (self._code(each.facts.get(name)) for name in asked)
            row = ", ".join([str(int(each.number)), self.dialect.literal(each.day), *values])
            found.append(f"\n  UNION ALL SELECT {row}")
        return "".join(found)

    def _code(self, value: object) -> str:
        if value is None:
            return "NULL"
        return self.dialect.literal(bars(value) if isinstance(value, tuple) else value)

    def _days(self) -> tuple[str, str, str]:
        """SQL for an activity's day, for the days supposed of activities, and for which activities are lent."""
        held = "a.starts_on IS NOT NULL AND a.status IN ('planned', 'delivered')"
        if self.supposing is None or not self.supposing.days:
            return "a.starts_on", "", held
        days = ", ".join(f"({int(pk)}, {self.dialect.literal(day)})" for pk, day in self.supposing.days.items())
        supposed = f"\n  LEFT JOIN (VALUES {days}) supposed ON supposed.column1 = a.id"
        return "COALESCE(supposed.column2, a.starts_on)", supposed, f"{held} OR supposed.column1 IS NOT NULL"

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

    def attendances(self, rows: Iterable[Mapping[str, Any]] = ()) -> str:
        """pupil, occasion, status. `rows` are the pupils among whom a forecast finds those it expects."""
        school = int(self.school.pk)
        log = f"SELECT pupil_id AS pupil, activity_id AS occasion, {{0}} FROM encounters_encounter WHERE school_id = {school}"
        log += self._among("pupil_id")
        if self.supposing is None:
            return log.format("status")
        later = f"starts_on > {self.dialect.literal(self.supposing.after)}"
        if self.supposing.days:
            later = f"({later} OR id IN ({', '.join(str(int(pk)) for pk in self.supposing.days)}))"
        to_come = f"SELECT id FROM programme_activity WHERE school_id = {school} AND {later}"
        supposed = (
            f"CASE WHEN status = 'booked' AND activity_id IN ({to_come}) THEN 'attended' ELSE status END AS status"
        )
        return log.format(supposed) + self._expected(rows)

    def _expected(self, rows: Iterable[Mapping[str, Any]]) -> str:
        """Pupils of the year groups an activity is for, where nobody has a place on it. Reads no table: all of it is given."""
        expected = self.supposing.expected if self.supposing else ()
        on_roll = [row for row in rows if row["on_roll"] and row["year_group"] is not None]
        if not expected or not on_roll:
            return ""
        planned = ", ".join(f"({int(activity)}, {int(group)})" for activity, group in expected)
        pupils = ", ".join(f"({int(row['pupil'])}, {int(row['year_group'])})" for row in on_roll)
        return f"""
  UNION ALL
  SELECT who.column1, what.column1, 'attended' FROM (VALUES {planned}) what
  JOIN (VALUES {pupils}) who ON who.column2 = what.column2"""
