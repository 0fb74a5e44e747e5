"""An example pupil of a criterion in words: what is known, what is not, and the answer. A blank is said to be not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from criteria.conditions import leaves
from criteria.model import Criterion, Example
from criteria.rule_words import MILESTONES, TYPES
from criteria.standing import STATE_WORDS, State
from criteria.tables import Kind, Table

NOT_KNOWN = "not known"
ALREADY_SAID = {"pupil", "school", "encounter", "date", "type", "status", "on_roll"}
STATUS_WORDS = {
    "attended": "the pupil was there", "booked": "the pupil has a place", "absent": "the pupil was absent",
    "excused": "the pupil was excused", "declined": "the pupil declined", "offered": "the pupil was offered a place",
}  # fmt: skip
DONE_WORDS = {"attended": "done", "booked": "planned"}
"""The same of what a school itself does."""


@dataclass(frozen=True)
class Occasion:
    """One encounter of an example: its title, and facts as (what, value, whether it is known)."""

    title: str
    facts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class ShownExample:
    example: Example
    word: str
    facts: tuple[tuple[str, str, bool], ...]
    occasions: tuple[Occasion, ...]


def shown_examples(criterion: Criterion) -> list[ShownExample]:
    """The examples of a criterion, with every fact the criterion asks about, given or blank."""
    subjects, log = criterion.about.subjects, criterion.about.log
    of_pupil = [leaf.attribute for leaf in leaves(criterion.population)]
    of_log = [leaf.attribute for leaf in criterion.asked_of_log]
    return [
        ShownExample(
            example,
            STATE_WORDS[State(example.state)].capitalize(),
            _facts(example.pupil, of_pupil, subjects),
            tuple(Occasion(_title(row), _facts(row, of_log, log)) for row in example.encounters),
        )
        for example in criterion.examples
    ]


def _title(row: Mapping[str, Any]) -> str:
    kind = str(row.get("type") or "")
    of_school = "school" in row  # a milestone; encounters say whose they are by the pupil
    words = (MILESTONES if of_school else TYPES).get(kind, kind.replace("_", " "))
    status = (DONE_WORDS if of_school else STATUS_WORDS).get(str(row.get("status")), "")
    parts = [words[:1].upper() + words[1:], _value(row.get("date")) if row.get("date") else "date not known", status]
    return ", ".join(part for part in parts if part)


def _facts(row: Mapping[str, Any], asked: Iterable[str], table: Table) -> tuple[tuple[str, str, bool], ...]:
    """What is asked about, then whatever else the example gives."""
    names = [name for name in dict.fromkeys((*asked, *row)) if name in table.names and name not in ALREADY_SAID]
    return tuple(_fact(table, name, row.get(name)) for name in names)


def _fact(table: Table, name: str, value: Any) -> tuple[str, str, bool]:
    column = table.column(name)
    if column.kind is Kind.FLAG:
        words = column.yes or column.meaning
        return words[0].upper() + words[1:], NOT_KNOWN if value is None else "yes" if value else "no", value is not None
    return name[0].upper() + name[1:].replace("_", " "), _value(value), value is not None


def _value(value: Any) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, tuple):
        return ", ".join(str(each).replace("_", " ") for each in value) or "none"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
