"""Looks at the rows of some schools at once: each rule, each list, and what may be there only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from criteria.nation.faults import Faults
from criteria.nation.row_rules import rules_of, wrong_list
from criteria.tables import Kind, Table


@dataclass(frozen=True)
class Lot:
    """Rows of a table as a relation of SQL that has a `school`. `present` are its columns; `where` names a school's file."""

    table: Table
    source: str
    present: frozenset[str]
    where: Callable[[str], str]


def check_values(connection: Any, lot: Lot, faults: Faults) -> None:
    """Count the rows that break each rule in one pass, and look again only for those that are broken."""
    rules = rules_of(lot.table, lot.present)
    counts = ", ".join(f"count_if({rule.bad})" for rule in rules)
    for rule, rows in zip(rules, connection.execute(f"SELECT {counts} FROM {lot.source}").fetchone(), strict=True):
        if rows:
            query = f"SELECT school::VARCHAR, ({rule.shown})::VARCHAR FROM {lot.source} WHERE {rule.bad} LIMIT 1"
            school, shown = connection.execute(query).fetchone()
            found = "nothing" if shown is None else f"'{shown}'"
            faults.add(lot.table.name, rule.column, lot.where(school), found, rule.wanted, rows)


def check_lists(connection: Any, lot: Lot, faults: Faults) -> None:
    """The form and codes of lists, each different one once."""
    for column in lot.table.columns:
        name = column.name
        if column.kind is not Kind.CODES or name not in lot.present:
            continue
        values = connection.execute(
            f"SELECT {name}, min(school::VARCHAR), count(*) FROM {lot.source} WHERE {name} <> '' GROUP BY {name} ORDER BY 2, 1"
        )
        for value, school, rows in values.fetchall():
            if wanted := wrong_list(value, column.allowed):
                faults.add(lot.table.name, name, lot.where(school), f"'{value}'", wanted, rows)


def check_once(connection: Any, lot: Lot, key: str, faults: Faults) -> None:
    """What `key` names, the last of it at most once for each of the rest."""
    name = key.split(", ")[-1]
    twice = connection.execute(
        f"""SELECT school::VARCHAR, min({name}), sum(n - 1)::BIGINT FROM (
          SELECT {key}, count(*) AS n FROM {lot.source} WHERE {name} IS NOT NULL GROUP BY {key})
        WHERE n > 1 GROUP BY school ORDER BY 1"""
    )
    told = "there is one row for each in a school" + (", for each pupil" if name == "encounter" else "")
    for school, value, rows in twice.fetchall():
        faults.add(lot.table.name, name, lot.where(school), f"'{value}' more than once", told, rows)


def check_known(connection: Any, log: Lot, people: Lot, faults: Faults) -> None:
    """Every encounter's pupil must be among the pupils of the same school."""
    strangers = connection.execute(
        f"""SELECT school, min(pupil), sum(n)::BIGINT FROM (
          SELECT school, pupil, count(*) AS n FROM {log.source} WHERE pupil IS NOT NULL GROUP BY school, pupil) l
        ANTI JOIN {people.source} p USING (school, pupil) GROUP BY school ORDER BY 1"""
    )
    for school, pupil, rows in strangers.fetchall():
        wanted = f"add the pupil to {people.where(school)}, or take the row out"
        known = f"'{pupil}', who is not a pupil of the school"
        faults.add("encounters", "pupil", log.where(school), known, wanted, rows)
