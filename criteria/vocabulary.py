"""Reads a condition as a framework writes it, refusing anything outside the closed vocabulary.

type: employer_encounter            is this
year_group: [7, 8, 9]               is one of these
adviser_level: {at least: 6}        is at least this
provider_kinds: {includes: [utc]}   the list has one of these
eligible_providers: {some: true}    the list has anything at all
all: [...]  any: [...]  not: {...}  of further conditions; several lines together mean all
"""

from __future__ import annotations

from typing import Any

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not
from criteria.tables import ENCOUNTERS, MILESTONE_COLUMNS, OCCASION_COLUMNS, Column, Kind, Table
from criteria.yaml_lines import Mapping


def askable(log: Table) -> dict[str, Column]:
    """What a criterion may ask about what is counted, by name."""
    return {column.name: column for column in (OCCASION_COLUMNS if log is ENCOUNTERS else MILESTONE_COLUMNS)}


def read_condition(given: Mapping, columns: dict[str, Column]) -> Condition:
    """All the lines of a mapping as one condition on these columns."""
    found = [_line(given, key, columns) for key in given]
    return found[0] if len(found) == 1 else All(tuple(found))


def _line(given: Mapping, key: str, columns: dict[str, Column]) -> Condition:
    if key in ("all", "any"):
        inner = tuple(read_condition(each, columns) for each in given.mappings(key))
        return All(inner) if key == "all" else Any_(inner)
    if key == "not":
        return Not(read_condition(given.mapping(key), columns))
    if key not in columns:
        given.refuse(key, "it is not something that can be asked here", f"ask of one of {', '.join(sorted(columns))}")
    return _test(given, columns[key], given[key])


def _test(given: Mapping, column: Column, value: Any) -> Condition:
    if isinstance(value, Mapping):
        value.only({"at least", "includes", "some"})
        if "at least" in value and column.kind in (Kind.INTEGER, Kind.NUMBER):
            return AtLeast(column.name, value.number("at least"))
        if "includes" in value and column.kind is Kind.CODES:
            return Includes(column.name, tuple(_checked(given, column, code) for code in value.texts("includes")))
        if "some" in value and column.kind is Kind.CODES:
            return Includes(column.name)
        given.refuse(
            column.name,
            f"that cannot be asked of a {column.kind.value}",
            "use 'at least' for numbers, 'includes' or 'some' for lists",
        )
    if column.kind is Kind.CODES:
        given.refuse(column.name, "a list cannot be equal to a value", "use {includes: [...]} or {some: true}")
    values = value if isinstance(value, list) else [value]
    if not values:
        given.refuse(column.name, "found an empty list", "name at least one value")
    return Is(column.name, tuple(_checked(given, column, each) for each in values))


TYPES: dict[Kind, type | tuple[type, ...]] = {
    Kind.FLAG: bool, Kind.INTEGER: int, Kind.NUMBER: (int, float), Kind.TEXT: str, Kind.CODE: str, Kind.CODES: str,
}  # fmt: skip


def _checked(given: Mapping, column: Column, value: Any) -> Any:
    wanted = TYPES.get(column.kind)
    wrong = wanted is None or not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool))
    if wrong:
        given.refuse(column.name, f"found {value!r}", f"it is a {column.kind.value}")
    if column.allowed and value not in column.allowed:
        given.refuse(column.name, f"found '{value}'", f"use one of {', '.join(column.allowed)}")
    return value
