"""The queries that count and judge, for the database in use. Read when something is first asked, not when a process starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from careers.evaluation.lending import Lending, asking
from careers.evaluation.people import Person
from careers.evaluation.supposing import Supposing
from careers.schools.models import School
from criteria.engines.needs import attributes_asked, own_dates
from criteria.engines.setwise import asked_of, assemble
from criteria.engines.sql import counts_sql, qualifying_sql
from criteria.model import Criterion
from criteria.standing import Standings


def counts_query(
    school: School,
    criteria: tuple[Criterion, ...],
    everybody: Sequence[Person],
    as_at: date,
    what: Supposing | None = None,
    only: tuple[int, ...] = (),
) -> str:
    """The one query that counts everything, with the school written into every relation it reads.

    It asks the database for the pupils, who have been read already: to write two thousand of them into the text, and have it
    read, takes longer. Those of a forecast are not yet as the database has them, and are written in.
    """
    lending = Lending(school, as_at, what, only)
    facts = [person.facts for person in everybody]
    asked = asked_of(criteria, facts, as_at)
    own = own_dates(criteria)
    written_in = facts if what or own else None
    lent = lending.relations(attributes_asked(criteria), written_in, own)
    return counts_sql(criteria, asked, as_at, lent, lending.dialect)


def count(
    school: School,
    criteria: tuple[Criterion, ...],
    everybody: Sequence[Person],
    as_at: date,
    what: Supposing | None = None,
    only: tuple[int, ...] = (),
) -> Standings:
    """Where these people stand on these criteria. One query, which reads `only` the pupils of these numbers where any are given."""
    with asking() as cursor:
        cursor.execute(counts_query(school, criteria, everybody, as_at, what, only))
        counted = cursor.fetchall()
    return assemble(criteria, [person.facts for person in everybody], counted, as_at)


def doubtful_query(school: School, criteria: Sequence[Criterion], as_at: date) -> str:
    """criterion (its place among these), occasion, date: what is past and may count, if only more were known of it."""
    lending = Lending(school, as_at)
    sql = lending.dialect
    return f"""WITH occasions AS {sql.materialized}({lending.occasions(attributes_asked(criteria))}),
qualifying AS ({qualifying_sql(criteria, as_at, sql)})
SELECT criterion, occasion, date FROM qualifying WHERE date <= {sql.literal(as_at)}
GROUP BY criterion, occasion, date HAVING MAX(counts) IS NULL"""
