"""The query that one criterion becomes, for a person to read: the text the database is given, with nobody in it."""

from __future__ import annotations

from datetime import date

from careers.evaluation.lending import LEAVERS_KEPT, Lending
from careers.schools.models import School
from criteria.engines.needs import attributes_asked
from criteria.engines.setwise import asked_of
from criteria.engines.sql import counts_sql
from criteria.model import Criterion

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def query_text(school: School, criterion: Criterion, as_at: date) -> str:
    """SQL that counts for every pupil of the school what counts towards one criterion.

    It has a line for every year group there could be, not for the stages of pupils there are, so that it tells nothing of anyone.
    """
    lending = Lending(school, as_at)
    lent = lending.relations(attributes_asked((criterion,)))
    asked = asked_of((criterion,), list(_possible_pupils(school, lending)), as_at)
    return counts_sql((criterion,), asked, as_at, lent, lending.dialect)


def database(school: School, as_at: date) -> str:
    """The database in use, as people call it."""
    return DATABASES[Lending(school, as_at).dialect.name]


def _possible_pupils(school: School, lending: Lending) -> list[dict[str, object]]:
    """A pupil of each year group, on roll or of one of the years of leavers kept, of whom nothing else is known."""
    now = lending.year.start_year
    return [
        {"pupil": "anybody", "academic_year": year, "year_group": group, "repeated_year": 0, "on_roll": year == now}
        for year in range(now - LEAVERS_KEPT, now + 1)
        for group in range(min(school.year_groups), max(school.year_groups) + 2)  # the oldest may stay for one more
    ]
