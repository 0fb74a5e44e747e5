"""Small pictures of tables: read into rows for the engines, written as Markdown for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from criteria.criterion_file import Around, read_criterion
from criteria.model import About, Criterion, Reading
from criteria.schools import milestone_as_encounter, school_as_subject
from criteria.standing import State
from criteria.tables import NO_CODES, Kind, Table
from criteria.yaml_lines import read_yaml

AS_AT = date(2026, 11, 22)
USUAL = f"""
id: spec
number: "1"
benchmark: null
title: A question
rule: A question.
remedy: whatever it asks
unit: encounters
severity: guidance
settings: [school]
population: {{year_group: [7, 8, 9, 10, 11, 12, 13]}}
window: {{opens: start of academic year, closes: end of academic year}}
due: close of academic year
qualifying: {{type: employer_encounter}}
measure: count
threshold: [{{from: 2014-09-01, value: 1, source: S}}]
sources: [S]
checked on: 2026-11-22
examples: []
unreachable: {{{", ".join(f"{state.value}: not shown" for state in State)}}}
"""
USUAL_OF_SCHOOLS = USUAL.replace("{year_group: [7, 8, 9, 10, 11, 12, 13]}", "{setting: school}").replace(
    "employer_encounter", "programme_published"
)
USUAL_ROWS: dict[str, dict[str, Any]] = {
    "pupils": {"setting": "school", "year_group": 9},
    "encounters": {"type": "employer_encounter", "status": "attended", "date": date(2026, 10, 6)},
    "schools": {"setting": "school"},
    "milestones": {"type": "programme_published", "status": "done", "date": date(2026, 10, 6)},
}


@dataclass(frozen=True)
class Spec:
    """An operation shown: what it means, the question as a framework writes it, whose records, and the answer for each.

    `question` is laid over USUAL, so that only what is shown need be written. Tables are lines with bars; blank is not known.
    """

    title: str
    says: str
    question: str
    subjects: str
    log: str
    answers: str
    as_at: date = AS_AT
    readings: tuple[Reading, ...] = ()

    @cached_property
    def about(self) -> About:
        return About.SCHOOL if "about: school" in self.question else About.PUPIL

    @cached_property
    def written(self) -> Criterion:
        usual = yaml.safe_load(USUAL if self.about is About.PUPIL else USUAL_OF_SCHOOLS)
        given = yaml.safe_load(self.question)
        if "window" in given:
            del usual["due"]
        if given.get("measure") == "each subject studied" or "every" in given.get("measure", ""):
            del usual["threshold"]
        with TemporaryDirectory() as folder:
            for name, content in (("question.yaml", {**usual, **given}), ("framework.yaml", {"title": "none"})):
                (Path(folder) / name).write_text(yaml.safe_dump(content))
            question, top = (read_yaml(Path(folder) / name) for name in ("question.yaml", "framework.yaml"))
            return read_criterion(question, Around(top, frozenset("S"), {r.key: r for r in self.readings}, {}))

    @property
    def criterion(self) -> Criterion:
        return self.written.on(self.as_at)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        found = rows(self.subjects, self.about.subjects)
        return found if self.about is About.PUPIL else [school_as_subject(row) for row in found]

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        found = rows(self.log, self.about.log)
        return found if self.about is About.PUPIL else [milestone_as_encounter(row) for row in found]

    @property
    def asked(self) -> tuple[list[Criterion], list[dict[str, Any]], list[dict[str, Any]], date]:
        """What every engine is given."""
        return [self.criterion], self.rows, self.records, self.as_at

    @property
    def expected(self) -> dict[str, tuple[str, float]]:
        """State and count by subject."""
        return {row[0]: (row[1].replace(" ", "_"), float(row[2])) for row in _cells(self.answers)[1:]}


def _cells(picture: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in picture.strip().splitlines()]


def rows(picture: str, table: Table) -> list[dict[str, Any]]:
    """The rows of a picture, each value as its column holds it. A picture may be empty."""
    if not picture.strip():
        return []
    names, *lines = _cells(picture)
    usual = USUAL_ROWS[table.name]
    return [
        {**usual, **{name: _value(cell, table.column(name).kind) for name, cell in zip(names, line, strict=True)}}
        for line in lines
    ]


def _value(cell: str, kind: Kind) -> Any:
    if not cell:
        return None
    match kind:
        case Kind.FLAG:
            return {"yes": True, "no": False}[cell]
        case Kind.INTEGER:
            return int(cell)
        case Kind.NUMBER:
            return float(cell)
        case Kind.DATE:
            return date.fromisoformat(cell)
        case Kind.CODES:
            return () if cell == NO_CODES else tuple(sorted(code.strip() for code in cell.split(",")))
    return cell


def markdown(picture: str) -> list[str]:
    """A picture as a Markdown table, with what is blank said."""
    head, *lines = _cells(picture)
    shown = [[cell or "*not known*" for cell in line] for line in lines]
    return [_line(head), _line(["---"] * len(head)), *map(_line, shown)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
