"""What one pass over the log keeps for a pupil and a criterion, and how the three counts come of it.

Each aggregate takes a row of the log `e` beside the row of its pupil `p`, which carries the bounds of windows as opens_0,
closes_0, due_0 and so on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from criteria.conditions import All, Any_, Condition, Is, Not
from criteria.engines.dialects import Dialect
from criteria.engines.sql import leaf_sql
from criteria.model import Count, Cover, Criterion, Distinct, EachSubject, Every, Participation, Total

ALWAYS_KNOWN = {"type", "date"}
"""Columns no row of the log is without."""
Kept = tuple[str, str]
"""An aggregate: its name, and what it is of."""
Truthful = Callable[[Condition, Dialect, str], str]


def surely(condition: Condition, sql: Dialect, row: str = "") -> str:
    """Whether a condition is surely true. Beneath a NOT it is never NULL; elsewhere NULL is as good as false."""
    match condition:
        case All(parts):
            return "(" + " AND ".join(surely(part, sql, row) for part in parts) + ")"
        case Any_(parts):
            return "(" + " OR ".join(surely(part, sql, row) for part in parts) + ")"
        case Not(part):
            return f"(NOT {perhaps(part, sql, row)})"
        case Is(attribute, (True,)):
            return f"({row}{attribute} IS TRUE)"
        case Is(attribute, (False,)):
            return f"({row}{attribute} IS FALSE)"
    test = leaf_sql(condition, sql, row)
    return test if condition.attribute in ALWAYS_KNOWN else f"({row}{condition.attribute} IS NOT NULL AND {test})"


def perhaps(condition: Condition, sql: Dialect, row: str = "") -> str:
    """Whether a condition is true, or not known and so may be. Never NULL."""
    match condition:
        case All(parts):
            return "(" + " AND ".join(perhaps(part, sql, row) for part in parts) + ")"
        case Any_(parts):
            return "(" + " OR ".join(perhaps(part, sql, row) for part in parts) + ")"
        case Not(part):
            return f"(NOT {surely(part, sql, row)})"
        case Is(attribute, (True,)):
            return f"({row}{attribute} IS NOT FALSE)"
        case Is(attribute, (False,)):
            return f"({row}{attribute} IS NOT TRUE)"
    test = leaf_sql(condition, sql, row)
    return test if condition.attribute in ALWAYS_KNOWN else f"({row}{condition.attribute} IS NULL OR {test})"


@dataclass(frozen=True)
class Counting:
    """`kept` are the aggregates of one criterion; the rest are expressions of them, 0 for a pupil without a row in the log."""

    kept: tuple[Kept, ...]
    sure: str
    possible: str
    expected: str
    base: str = "0"
    sure_of: str = "0"
    possible_of: str = "0"
    expected_of: str = "0"


@dataclass(frozen=True)
class Rows:
    """Which rows of the log count for a criterion. `window` says which bounds of the pupil are its own."""

    criterion: Criterion
    number: int
    window: int
    as_at: date
    sql: Dialect

    def happened(self, *tests: Condition, only: str = "") -> str:
        """By the day asked about, in the window, surely the pupil's, and surely meeting every test."""
        return self._where(surely, tests, self._there("attended"), only, self._past)

    def may_have(self, *tests: Condition, only: str = "") -> str:
        """The same where each may be so: a place still booked after the day is a register never taken."""
        return self._where(perhaps, tests, self._there("attended", "booked"), only, self._past)

    def to_come(self, *tests: Condition, only: str = "") -> str:
        """After the day, in the window and by the due date, expected to be the pupil's, and surely meeting every test."""
        later = f"e.date > {self.sql.literal(self.as_at)} AND e.date <= p.due_{self.window}"
        return self._where(surely, tests, self._there("attended", "booked"), only, later)

    @property
    def _past(self) -> str:
        return f"e.date <= {self.sql.literal(self.as_at)}"

    def _there(self, *statuses: str) -> str:
        if self.criterion.participation is Participation.OFFERED:
            return ""
        return f"e.status IN ({', '.join(self.sql.literal(status) for status in statuses)})"

    def _where(self, how: Truthful, tests: tuple[Condition, ...], there: str, only: str, when: str) -> str:
        judged = (how(test, self.sql, "e.") for test in (self.criterion.qualifying, *tests))
        within = f"e.date BETWEEN p.opens_{self.window} AND p.closes_{self.window}"
        return " AND ".join(part for part in (*judged, there, only, when, within) if part)

    def name(self, what: str) -> str:
        return f"{what}_{self.number}"

    def sums(self, what: str, rows: str, of: str = "1") -> Kept:
        return self.name(
            what
        ), f"SUM(CASE WHEN {rows} THEN {of} END)" if of != "1" else f"COUNT(CASE WHEN {rows} THEN 1 END)"


def counting(rows: Rows) -> Counting:
    """How a criterion's measure is counted."""
    match rows.criterion.measure:
        case Count():
            return _special(rows, _adding(rows))
        case Total(attribute):
            return _special(rows, _adding(rows, attribute), known(attribute))
        case Every(test):
            return _every(rows, test)
        case Distinct(attribute):
            return _distinct(rows, attribute)
        case EachSubject():
            return _subjects(rows)
        case Cover(groups):
            return _cover(rows, [condition for _, condition in groups])


def known(attribute: str) -> str:
    return f"e.{attribute} IS NOT NULL"


def of(name: str) -> str:
    """An aggregate as the outer query reads it."""
    return f"COALESCE(c.{name}, 0)"


def _adding(rows: Rows, attribute: str = "") -> Counting:
    """A number of encounters, or the sum of an attribute; one not known may be all that is needed."""
    value, only = (f"e.{attribute}", known(attribute)) if attribute else ("1", "")
    hoped = f"COALESCE({value}, {rows.criterion.needed_on(rows.as_at) or 0})" if attribute else "1"
    kept = (
        rows.sums("sure", rows.happened(only=only), value),
        rows.sums("possible", rows.may_have(), hoped),
        rows.sums("ahead", rows.to_come(only=only), value),
    )
    sure, possible, ahead = (of(name) for name, _ in kept)
    return Counting(kept, sure, possible, f"({sure} + {ahead})")


def _special(rows: Rows, plain: Counting, only: str = "") -> Counting:
    """The same with those among them that pass the further test of `of which`."""
    if rows.criterion.of_which is None:
        return plain
    test = rows.criterion.of_which.test
    kept = (
        rows.sums("sure_of", rows.happened(test, only=only)),
        rows.sums("possible_of", rows.may_have(test)),
        rows.sums("ahead_of", rows.to_come(test, only=only)),
    )
    sure, possible, ahead = (of(name) for name, _ in kept)
    return replace(
        plain, kept=(*plain.kept, *kept), sure_of=sure, possible_of=possible, expected_of=f"({sure} + {ahead})"
    )


def _every(rows: Rows, test: Condition) -> Counting:
    """What has yet to happen cannot make good what has, so nothing is expected."""
    kept = (
        rows.sums("base", rows.happened()),
        rows.sums("sure", rows.happened(test)),
        rows.sums("possible", rows.may_have(test)),
    )
    base, sure, possible = (of(name) for name, _ in kept)
    return Counting(kept, sure, possible, sure, base)


def _distinct(rows: Rows, attribute: str) -> Counting:
    """Different values; two encounters for which the value is not known may be two more."""
    sql, value = rows.sql, f"e.{attribute}"
    kept = (
        (rows.name("sure"), sql.gathered(value, rows.happened(only=known(attribute)))),
        (rows.name("possible"), sql.gathered(value, rows.may_have(only=known(attribute)))),
        (rows.name("ahead"), sql.gathered(value, rows.to_come(only=known(attribute)))),
        rows.sums("unknown", rows.may_have(only=f"{value} IS NULL")),
    )
    sure, possible, ahead, unknown = (f"c.{name}" for name, _ in kept)
    return Counting(
        kept, sql.different(sure), f"({sql.different(possible)} + COALESCE({unknown}, 0))", sql.different(sure, ahead)
    )


def _subjects(rows: Rows) -> Counting:
    """Subjects that the pupil studies; an encounter of no subject belongs to none of them."""
    sql, studied = rows.sql, rows.sql.holds("p.subjects", "'|' || e.subject || '|'")
    kept = (
        (rows.name("sure"), sql.gathered("e.subject", rows.happened(only=studied))),
        (rows.name("possible"), sql.gathered("e.subject", rows.may_have(only=studied))),
        (rows.name("ahead"), sql.gathered("e.subject", rows.to_come(only=studied))),
    )
    sure, possible, ahead = (f"c.{name}" for name, _ in kept)
    return Counting(kept, sql.different(sure), sql.different(possible), sql.different(sure, ahead))


def _cover(rows: Rows, things: list[Condition]) -> Counting:
    """A bit for each thing to show."""

    def bits(what: str, of_rows: str, how: Truthful) -> Kept:
        shown = " + ".join(
            f"CASE WHEN {how(thing, rows.sql, 'e.')} THEN {2**place} ELSE 0 END" for place, thing in enumerate(things)
        )
        return rows.name(what), f"BIT_OR(CASE WHEN {of_rows} THEN {shown} END)"

    kept = (
        bits("sure", rows.happened(), surely),
        bits("possible", rows.may_have(), perhaps),
        bits("ahead", rows.to_come(), surely),
    )
    sure, possible, ahead = (of(name) for name, _ in kept)
    return Counting(kept, f"BIT_COUNT({sure})", f"BIT_COUNT({possible})", f"BIT_COUNT({sure} | {ahead})")
