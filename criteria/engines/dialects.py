"""The few words in which databases differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Dialect:
    """`then_join` joins in the order written: SQLite, which cannot guess how many rows a computed relation has, may otherwise
    meet every pupil with every occasion first. (PostgreSQL is told by settings; DuckDB guesses well.) With `plain_flags` a flag
    is a truth by itself, which column stores test more quickly than whether it equals one.
    """

    name: str
    materialized: str
    text_type: str
    number_type: str
    position: str
    typed_dates: bool
    then_join: str = "JOIN"
    plain_flags: bool = False

    def literal(self, value: object) -> str:
        """A value as SQL. Only values of the closed vocabulary come here, but a quote is still doubled and a NUL refused."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, (int, float)):
            return repr(value)
        if isinstance(value, date):
            return f"DATE '{value.isoformat()}'" if self.typed_dates else f"'{value.isoformat()}'"
        if isinstance(value, str) and "\0" not in value:
            value = value.replace("\\", "\\\\") if self.name == "spark" else value
            return "'" + value.replace("'", "''") + "'"
        raise TypeError(f"{value!r} cannot stand in a query")

    def months_after(self, day: str, months: int) -> str:
        """A day so many months on, and the last of the month where there is no such day (criteria.moments.months_after)."""
        if not months:
            return day
        if self.name == "sqlite":
            last = f"date({day}, 'start of month', '{months + 1:+d} months', '-1 day')"
            return f"min(date({day}, '{months:+d} months'), {last})"
        if self.name == "spark":
            return f"add_months({day}, {months})"
        return f"CAST({day} + INTERVAL '{months} months' AS DATE)"

    def holds(self, codes: str, code: str) -> str:
        """Whether a list kept as |a|b| holds a code given as |a|: not LIKE, to which an underscore means something."""
        found = f"{self.position}({codes}, {code})"
        return found if self.position == "contains" else f"({found} > 0)"

    def fingerprint(self, value: str) -> str:
        """A number by which different values are told apart, but for one chance in ten million million million."""
        return f"XXHASH64({value})" if self.name == "spark" else f"HASH({value})"

    def gathered(self, value: str, rows: str) -> str:
        """An aggregate: the values of those rows as a list, each perhaps several times."""
        if self.name == "spark":
            return f"COLLECT_SET(CASE WHEN {rows} THEN {value} END)"
        return f"LIST({value}) FILTER (WHERE {rows})"

    def different(self, *lists: str) -> str:
        """How many different values there are in gathered lists together; a list that is NULL has none."""
        if self.name == "spark":
            sets = [f"COALESCE({each}, CAST(ARRAY() AS ARRAY<STRING>))" for each in lists]
            return f"SIZE(ARRAY_UNION({sets[0]}, {sets[-1]}))"
        held = ", ".join(f"COALESCE({each}, [])" for each in lists)
        return f"LEN(LIST_DISTINCT({held if len(lists) == 1 else f'LIST_CONCAT({held})'}))"

    def shared(self, codes: str, *lists: str) -> str:
        """How many different values of the gathered lists are among the codes of a list kept as |a|b|."""
        if self.name == "spark":
            sets = [f"COALESCE({each}, CAST(ARRAY() AS ARRAY<STRING>))" for each in lists]
            own = f"SPLIT(COALESCE({codes}, ''), '[|]')"
            return f"SIZE(ARRAY_INTERSECT(ARRAY_UNION({sets[0]}, {sets[-1]}), {own}))"
        held = ", ".join(f"COALESCE({each}, [])" for each in lists)
        every = held if len(lists) == 1 else f"LIST_CONCAT({held})"
        return f"LEN(LIST_INTERSECT(LIST_DISTINCT({every}), STRING_SPLIT(COALESCE({codes}, ''), '|')))"

    def place(self, row: str, keys: Sequence[str]) -> str:
        """A number for each row where numbers are quick to group by, or else its keys as one value."""
        if self.name == "spark":
            return f"STRUCT({', '.join(f'{row}{key}' for key in keys)})"
        return "CAST(ROW_NUMBER() OVER () AS INTEGER)"

    def days_after(self, day: str, days: int) -> str:
        return f"DATE_ADD({day}, {days})" if self.name == "spark" else f"({day} + {days})"

    def text(self, expression: str) -> str:
        return f"CAST({expression} AS {self.text_type})"

    def number(self, expression: str) -> str:
        return expression if expression == "1" else f"CAST({expression} AS {self.number_type})"


SQLITE = Dialect("sqlite", "MATERIALIZED ", "TEXT", "REAL", "instr", typed_dates=False, then_join="CROSS JOIN")
POSTGRESQL = Dialect("postgresql", "MATERIALIZED ", "TEXT", "DOUBLE PRECISION", "strpos", typed_dates=True)
DUCKDB = Dialect("duckdb", "MATERIALIZED ", "VARCHAR", "DOUBLE", "contains", typed_dates=True, plain_flags=True)
SPARK = Dialect("spark", "", "STRING", "DOUBLE", "contains", typed_dates=True, plain_flags=True)

DIALECTS = {dialect.name: dialect for dialect in (SQLITE, POSTGRESQL, DUCKDB, SPARK)}
