"""Example pupils, written beside each criterion: the answer a careers person would give, which every engine must give too."""

from __future__ import annotations

from typing import Any

from criteria.model import Example
from criteria.standing import State
from criteria.tables import ENCOUNTERS, PUPILS, Kind, Table
from criteria.yaml_lines import Mapping

USUAL_PUPIL = {"pupil": "the pupil"}
USUAL_ENCOUNTER = {"pupil": "the pupil", "status": "attended"}


def read_example(given: Mapping) -> Example:
    given.only({"name", "as at", "pupil", "encounters", "state", "count"})
    encounters = given.mappings("encounters") if given.optional("encounters") else []
    return Example(
        name=given.text("name"),
        as_at=given.day("as at"),
        pupil=USUAL_PUPIL | read_row(given.mapping("pupil"), PUPILS),
        encounters=tuple(
            USUAL_ENCOUNTER | {"encounter": f"encounter {n}"} | read_row(each, ENCOUNTERS)
            for n, each in enumerate(encounters, 1)
        ),
        state=given.choice("state", State),
        count=given.number("count") if "count" in given else None,
        line=given.line,
    )


def read_row(given: Mapping, table: Table) -> dict[str, Any]:
    """A row of a logical table from a mapping, its values checked against the columns. Lists of codes become sorted tuples."""
    row: dict[str, Any] = {}
    for key, value in given.items():
        if key not in table.names:
            given.refuse(key, f"it is not a column of {table.name}", f"use one of {', '.join(table.names)}")
        column = table.column(key)
        if column.kind is Kind.CODES and value is not None:
            value = tuple(sorted(given.texts(key)))
        if column.allowed and value is not None:
            for each in value if isinstance(value, tuple) else (value,):
                if each not in column.allowed:
                    given.refuse(key, f"found {each!r}", f"use one of {', '.join(column.allowed)}")
        row[key] = value
    return row
