"""Example pupils, written beside each criterion: the answer a careers person would give, which every engine must give too."""

from __future__ import annotations

from typing import Any

from criteria.model import About, Example
from criteria.schools import milestone_as_encounter, school_as_subject
from criteria.standing import State
from criteria.tables import Kind, Table
from criteria.yaml_lines import Mapping

USUAL_PUPIL = {"pupil": "the pupil"}
USUAL_ENCOUNTER = {"pupil": "the pupil", "status": "attended"}
USUAL_SCHOOL = {"school": "the pupil"}
USUAL_MILESTONE = {"school": "the pupil", "status": "done"}


def read_example(given: Mapping, about: About) -> Example:
    """An example pupil with their encounters, or an example school with its milestones, as rows the engines read."""
    subject, log = ("pupil", "encounters") if about is About.PUPIL else ("school", "milestones")
    given.only({"name", "as at", subject, log, "readings", "state", "count"})
    rows = [read_row(each, about.log) for each in (given.mappings(log) if given.optional(log) else [])]
    own = read_row(given.mapping(subject), about.subjects)
    chosen = given.mapping("readings") if "readings" in given else None
    if about is About.SCHOOL:
        own, rows = (
            school_as_subject(USUAL_SCHOOL | own),
            [milestone_as_encounter(USUAL_MILESTONE | row) for row in rows],
        )
    return Example(
        name=given.text("name"),
        as_at=given.day("as at"),
        pupil=USUAL_PUPIL | own,
        encounters=tuple(USUAL_ENCOUNTER | {"encounter": f"encounter {n}"} | row for n, row in enumerate(rows, 1)),
        readings=tuple((key, str(chosen[key])) for key in chosen) if chosen else (),
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
