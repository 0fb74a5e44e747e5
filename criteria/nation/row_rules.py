"""What the rows of a nation's tables must hold: each rule as a condition of SQL that is true of a bad row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from criteria.nation.layout import text
from criteria.tables import Kind, Table

BETWEEN: dict[str, tuple[int, int]] = {
    "academic_year": (2000, 2100), "year_group": (-1, 15), "repeated_year": (-1, 15), "destination_point": (1, 3),
    "adviser_level": (0, 8), "employers": (0, 10_000), "hours": (0, 5000), "days": (0, 1000),
}  # fmt: skip
DATES = ("1980-01-01", "2100-12-31")
IN_ORDER = (("joined_on", "left_on"), ("programme_starts_on", "programme_ends_on"), ("born", "joined_on"))


@dataclass(frozen=True)
class Rule:
    """`bad` is true of a bad row; `shown` is what of it to show; `wanted` what to do about it."""

    column: str
    bad: str
    shown: str
    wanted: str


def rules_of(table: Table, present: Collection[str]) -> list[Rule]:
    """The rules for the columns that are there. The form of lists is looked at apart, value by value."""
    rules = []
    for column in table.columns:
        name = column.name
        if name not in present:
            continue
        if column.required:
            rules.append(Rule(name, f"{name} IS NULL", "NULL", "it is needed in every row"))
        if column.kind is Kind.CODE:
            allowed = ", ".join(column.allowed)
            listed = ", ".join(text(code) for code in column.allowed)
            rules.append(
                Rule(name, f"{name} NOT IN ({listed})", name, f"it is one of {allowed}, or NULL for not known")
            )
        if column.kind in (Kind.INTEGER, Kind.NUMBER):
            least, most = BETWEEN.get(name, (0, 1_000_000))
            rules.append(Rule(name, f"{name} NOT BETWEEN {least} AND {most}", name, f"it is from {least} to {most:,}"))
        if column.kind is Kind.DATE:
            first, last = DATES
            bad = f"{name} NOT BETWEEN DATE '{first}' AND DATE '{last}'"
            rules.append(Rule(name, bad, name, f"it is from {first} to {last}"))
    rules += [
        Rule(after, f"{after} < {before}", f"{after} || ', after ' || {before}", f"it is not before '{before}'")
        for before, after in IN_ORDER
        if before in present and after in present
    ]
    return rules


def wrong_list(value: str, allowed: tuple[str, ...]) -> str:
    """What is wrong with a list as it is kept; '' where nothing is."""
    if value == "":
        return ""
    if not (value.startswith("|") and value.endswith("|") and len(value) > 2):
        return "a list is written |a|b| with a bar at both ends, '' for known to be empty and NULL for not known"
    codes = value[1:-1].split("|")
    if codes != sorted(set(codes)) or "" in codes:
        return "a list holds each code once, in order"
    if allowed and not set(codes) <= set(allowed):
        return f"its codes are {', '.join(allowed)}"
    return ""
