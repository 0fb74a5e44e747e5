"""A nation answered on one machine: a batch of schools at a time, so that memory is bounded however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.engines.columns import Question, standings_sql
from criteria.engines.dialects import DUCKDB
from criteria.engines.needs import attributes_asked
from criteria.nation.asking import KEYS, Line, NationQuestion, grouped_sql, lines_sql, rows_sql
from criteria.nation.layout import Nation, School, text
from criteria.nation.people import TRAITS, asked_by, kept_columns, people_sql, profile_columns
from criteria.nation.progress import Progress

ROWS_AT_ONCE = 15_000_000
"""Pupils and encounters read together: enough to keep every processor busy, few enough for a small machine's memory."""


@dataclass(frozen=True)
class ByDuckDB:
    nation: Nation
    progress: Progress

    def summarise(self, question: NationQuestion) -> Iterator[Line]:
        for batch in self._batches():
            asked, stood = self._standings(question, batch, exact=False)
            self._execute(f"CREATE OR REPLACE TEMP TABLE grouped AS {grouped_sql(asked, stood)}")
            rows = self._execute(lines_sql(asked, "grouped")).fetchall()
            yield from (Line(*row) for row in rows)
            self._done(batch)
        self.progress.finish()

    def evaluate(self, question: NationQuestion, target: str) -> int:
        folder = Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        written = 0
        for number, batch in enumerate(self._batches()):
            asked, stood = self._standings(question, batch, exact=True)
            self._execute(f"CREATE OR REPLACE TEMP TABLE stood AS {stood}")
            part = text(folder / f"part-{number:04}.parquet")
            copied = self._execute(f"COPY ({rows_sql(asked, 'stood')}) TO {part} (FORMAT parquet, COMPRESSION zstd)")
            written += copied.fetchall()[0][0]
            self._done(batch)
        self.progress.finish()
        return written

    def _batches(self) -> Iterator[tuple[School, ...]]:
        self._execute("SET preserve_insertion_order = false")
        return self.nation.batches(ROWS_AT_ONCE)

    def _done(self, batch: Sequence[School]) -> None:
        self.progress.advance(sum(school.encounter_rows for school in batch), len(batch))

    def _standings(self, question: NationQuestion, batch: Sequence[School], exact: bool) -> tuple[Question, str]:
        """The question as this batch is asked it, and its query."""
        criteria = question.criteria
        pupils = self.nation.pupils_sql(batch, kept_columns(criteria))
        people = people_sql(
            pupils, self.nation.schools_sql(("school", "setting", "area")), criteria, question.as_at, DUCKDB
        )
        profiles = self._execute(f"SELECT DISTINCT {', '.join(profile_columns(criteria))} FROM ({people})").fetchall()
        taught = self._execute(f"SELECT DISTINCT subjects FROM ({people}) WHERE subjects IS NOT NULL").fetchall()
        columns = ("school", "pupil", "date", "status", *sorted(attributes_asked(criteria) - {"date"}))
        asked = Question(
            criteria, asked_by(profiles, criteria, question.as_at), question.as_at, DUCKDB, KEYS, exact,
            tuple(row[0] for row in taught),
        )  # fmt: skip
        return asked, standings_sql(asked, people, self.nation.encounters_sql(batch, columns), ("area", *TRAITS))

    def _execute(self, sql: str) -> Any:
        return self.nation.connection.execute(sql)
