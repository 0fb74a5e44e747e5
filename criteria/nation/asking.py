"""One question put to a nation, whoever answers: DuckDB a batch of schools at a time, or Spark the whole at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from criteria.engines.columns import Question
from criteria.model import Criterion
from criteria.nation.people import TRAITS
from criteria.standing import LADDER, Reason, State

KEYS = ("school", "pupil")
RUNG_BITS = 4
"""Bits a place on the ladder takes; it has fewer than sixteen rungs."""
IN_A_WORD = 15


@dataclass(frozen=True)
class NationQuestion:
    criteria: tuple[Criterion, ...]
    as_at: date


@dataclass(frozen=True, order=True)
class Line:
    """How many pupils of one criterion stand on one rung, among those of a school, or of an area and one value of a trait.

    `trait` is empty for a school's line; a value not known is None.
    """

    criterion: int
    rung: int
    pupils: int
    school: str | None
    area: str | None
    trait: str
    value: str | None

    @property
    def state(self) -> State:
        return LADDER[self.rung].state


class Answerer(Protocol):
    """Who answers."""

    def summarise(self, question: NationQuestion) -> Iterator[Line]:
        """Lines for each school, and for each area and value of each trait."""

    def evaluate(self, question: NationQuestion, target: str) -> int:
        """Write a row for each pupil and criterion as Parquet files in a folder; how many rows."""


def packed(question: Question) -> list[str]:
    """The rungs of all criteria as whole numbers, a few bits each, to group pupils who stand alike."""
    places = [f"(CAST(rung_{n} AS BIGINT) << {RUNG_BITS * (n % IN_A_WORD)})" for n in range(len(question.criteria))]
    return [" | ".join(places[start : start + IN_A_WORD]) for start in range(0, len(places), IN_A_WORD)]


def grouped_sql(question: Question, standings: str) -> str:
    """Pupils who stand alike, counted by school, and by area and each trait in turn.

    The columns are school, area, trait, value, packed_0 and so on, and pupils.
    """
    words = [f"packed_{n}" for n in range(len(packed(question)))]
    alike = ", ".join(words)
    rungs = ", ".join(f"{word} AS packed_{n}" for n, word in enumerate(packed(question)))
    parts = [f"SELECT school, area, '' AS trait, CAST(NULL AS {question.sql.text_type}) AS value, {alike}, COUNT(*) AS pupils"
             f" FROM alike GROUP BY school, area, {alike}"]  # fmt: skip
    parts += [
        f"SELECT NULL AS school, area, '{trait}' AS trait, {question.sql.text(trait)} AS value, {alike}, COUNT(*) AS pupils"
        f" FROM alike GROUP BY area, {trait}, {alike}"
        for trait in TRAITS
    ]
    return (
        f"WITH alike AS {question.sql.materialized}(SELECT school, area, {', '.join(TRAITS)}, {rungs} FROM ({standings}) stood)\n"
        + "\nUNION ALL ".join(parts)
    )


def lines_sql(question: Question, grouped: str) -> str:
    """A row for each line: criterion, rung, pupils, school, area, trait, value."""
    parts = (
        f"SELECT {n} AS criterion, CAST((packed_{n // IN_A_WORD} >> {RUNG_BITS * (n % IN_A_WORD)}) & 15 AS INTEGER) AS rung,"
        f" CAST(SUM(pupils) AS BIGINT) AS pupils, school, area, trait, value FROM {grouped} GROUP BY 1, 2, 4, 5, 6, 7"
        for n in range(len(question.criteria))
    )
    return "\nUNION ALL ".join(parts)


OUTPUT = ("school", "pupil", "criterion", "state", "count", "needed", "due", "reason")


def rows_sql(question: Question, stood: str) -> str:
    """A row for each pupil and criterion, as OUTPUT, from a relation of standings."""
    sql = question.sql
    uncounted = [
        place for place, rung in enumerate(LADDER) if rung.state is State.DOES_NOT_APPLY or rung.reason in SILENT
    ]
    hidden = f"IN ({', '.join(map(str, uncounted))})"
    states, reasons = (
        _words(sql.literal, [rung.state for rung in LADDER]),
        _words(sql.literal, [r.reason for r in LADDER]),
    )
    return "\nUNION ALL ".join(
        f"SELECT school, pupil, {sql.literal(criterion.id)} AS criterion, {states.format(n)} AS state,"
        f" CASE WHEN rung_{n} {hidden} THEN 0 ELSE CAST(count_{n} AS DOUBLE) END AS count,"
        f" CASE WHEN rung_{n} {hidden} THEN NULL ELSE CAST(needed_{n} AS DOUBLE) END AS needed,"
        f" CASE WHEN rung_{n} {hidden} THEN NULL ELSE due_of_{n} END AS due, {reasons.format(n)} AS reason FROM {stood}"
        for n, criterion in enumerate(question.criteria)
    )


SILENT = (Reason.POPULATION, Reason.WINDOW)
"""Reasons with which nothing is said of counts (standing.standing_on)."""


def _words(literal: Iterable[str] | object, words: Sequence[str]) -> str:
    whens = " ".join(f"WHEN {place} THEN {literal(str(word))}" for place, word in enumerate(words))  # type: ignore[operator]
    return f"CASE rung_{{}} {whens} END"
