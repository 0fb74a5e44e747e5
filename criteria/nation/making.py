"""The statements that make some schools at a time, and how busy the schools must be to have as long a log as was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from criteria.nation.log import OWN, items_sql, log_sql
from criteria.nation.roll import macros, pupils_sql, schools_sql, slots_sql
from criteria.nation.wishes import Wanted

SAMPLE = 16
"""Schools of each kind that are counted beforehand."""


def prepare(connection: Any, wanted: Wanted) -> None:
    """The macros and small tables that the other statements need."""
    for statement in (*macros(wanted.seed), slots_sql(), schools_sql(wanted.pupils, wanted.seed), items_sql()):
        connection.execute(statement)


def own_log(schools: Sequence[int], wanted: Wanted, scale: float) -> str:
    """A SELECT of the log of neighbouring schools, whose pupils `own_pupils` has made."""
    query = log_sql(wanted.day, scale, wanted.seed).replace("$as_at", f"DATE '{wanted.as_at}'")
    return _of(query, schools)


def _of(query: str, schools: Sequence[int]) -> str:
    """Of the schools from the first to the last of these."""
    return query.replace("$first", str(schools[0])).replace("$last", str(schools[-1]))


def own_pupils(connection: Any, schools: Sequence[int], wanted: Wanted) -> None:
    """Make the pupils of neighbouring schools, for this connection alone."""
    connection.execute(_of(pupils_sql(wanted.day), schools))


def scale_of(connection: Any, wanted: Wanted) -> float:
    """How much busier than the programme says the schools must be to reach the encounters wanted.

    A few schools of each kind are counted as they stand; a school's rows grow with its pupils, its drive and its links.
    """
    connection.execute(f"""CREATE OR REPLACE TABLE sample AS
      SELECT *, 0 AS shared, 0 AS links_made, 0 AS own FROM school
      QUALIFY row_number() OVER (PARTITION BY kind ORDER BY hash(urn)) <= {SAMPLE}""")
    for (urn,) in connection.execute("SELECT urn FROM sample").fetchall():
        own_pupils(connection, [urn], wanted)
        connection.execute(f"""UPDATE sample SET shared = n - l - o, links_made = l, own = o FROM (
          SELECT count(*) AS n, count(*) FILTER (type = 'curriculum_link') AS l, count(*) FILTER (encounter >= {OWN}) AS o
          FROM ({own_log([urn], wanted, 1.0)})) WHERE urn = {urn}""")
    found = connection.execute("""
      WITH rate AS (
        SELECT kind, sum(shared) / sum((last - first + 1) * drive) AS a, sum(links_made) / sum((last - first + 1) * links) AS b,
          sum(own) / sum((last - first + 1) * (0.5 + quality)) AS c FROM sample GROUP BY kind)
      SELECT sum((last - first + 1) * (a * drive + b * links + c * (0.5 + quality))) FROM school JOIN rate USING (kind)
      """).fetchone()[0]
    return float(wanted.pupils * wanted.encounters_per_pupil / found)
