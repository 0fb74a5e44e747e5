"""How a list is to be understood: what each column means, what its words stand for, and what was asked once for this file.

`Mapping` is what is remembered of a source and used again; `Once` belongs to one file; `Fixes` are what a person put right in it.
All three are kept as plain JSON.
"""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from careers.imports.lists.meanings import IGNORE, MARKS, SESSIONS, WHO
from careers.imports.reading.table import key_of

LEAVE = "leave"
"""In place of a type or an attendance: what has this word is left out."""
NEW, NOBODY = "new", "nobody"
T = TypeVar("T")


@dataclass
class Mapping:
    sheet: str = ""
    header: int = 0
    headings: list[str] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    """For each heading, in the file's order, what its column means."""
    types: dict[str, str] = field(default_factory=dict)
    """The source's words for a type (or an activity's title, where it has none) to ours, or LEAVE."""
    marks: dict[str, str] = field(default_factory=dict)
    """The source's words for attendance to ours, or LEAVE."""
    blank: str = LEAVE
    """What an empty cell of attendance means."""
    listed: str = "attended"
    """What being listed means, where there is no column for attendance."""
    day_first: bool = True
    one_activity: bool = False
    """Several days of one title are one activity with several sessions, and not an activity for each day."""
    fill_down: bool = False
    """An empty title, type or date is that of the row above."""

    def has(self, *meanings: str) -> bool:
        return any(meaning in self.means for meaning in meanings)

    @property
    def shape(self) -> str:
        """`matrix` and `sessions` have marks in columns of their own; `long` a row for each pupil and activity; `activities` no
        pupils; `list` pupils and nothing else."""
        if self.has(MARKS):
            return "matrix"
        if self.has(SESSIONS):
            return "sessions"
        if not self.has(*WHO):
            return "activities"
        return "long" if self.has("title", "type", "activity_id") else "list"

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.headings)


@dataclass
class Once:
    """What the file does not say and is asked for it alone. `starts_on` as 2026-11-12."""

    title: str = ""
    type: str = ""
    starts_on: str = ""


@dataclass
class Fixes:
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the row's number and the column's place: what the cell is to say instead."""
    skip: list[int] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    """For each row's words of a pupil (`key_of_words`): the pupil's reference, or NOBODY."""
    partners: dict[str, str] = field(default_factory=dict)
    """For each name of an organisation, in lower case: the partner's reference, or NEW."""
    nobody: bool = False
    """Everybody with whom no pupil here can be compared is nobody of ours."""

    @property
    def any(self) -> bool:
        return bool(self.cells or self.skip or self.people or self.partners or self.nobody)


def to_json(record: Mapping | Once | Fixes) -> dict[str, Any]:
    return asdict(record)


def from_json(kind: type[T], kept: dict[str, Any] | None) -> T:
    """What was kept, as far as it is still known; a field that was added since has its usual value."""
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: deepcopy(value) for name, value in (kept or {}).items() if name in names})


def fingerprint(headings: list[str]) -> str:
    """The same for two files with the same headings, in whatever order and however written."""
    keys = sorted(filter(None, map(key_of, headings)))
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def likeness(one: list[str], other: list[str]) -> float:
    """How many of the headings of two files are the same, from 0 to 1."""
    ours, theirs = ({key_of(heading) for heading in headings} - {""} for headings in (one, other))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def carried_over(mapping: Mapping, headings: list[str], guessed: list[str]) -> list[str]:
    """What the columns of a file mean by a mapping made for one with other headings: what is not in it stays as guessed."""
    known: dict[str, list[str]] = {}
    for heading, meaning in zip(mapping.headings, mapping.means, strict=False):
        known.setdefault(key_of(heading), []).append(meaning)
    means = []
    for heading, guess in zip(headings, guessed, strict=True):
        left = known.get(key_of(heading), [])
        means.append(left.pop(0) if left else guess)
    return means


def faults_of(means: list[str]) -> list[str]:
    """Why columns cannot mean this together, in sentences."""
    said = []
    if not set(means) - {IGNORE}:
        said.append("Say what at least one column means.")
    elif MARKS in means and SESSIONS in means:
        said.append(
            "Columns with marks are either activities or days of one activity. Choose the same for all of them."
        )
    elif {MARKS, SESSIONS} & set(means) and not WHO & set(means):
        said.append("Say which column names the pupil: a UPN, an e-mail address or a name.")
    elif "forename" in means and not WHO & set(means):
        said.append("A forename alone is not enough to know a pupil. Say which column is the surname.")
    elif not WHO & set(means) and not {"title", "type"} & set(means):
        said.append("Say which column names the pupil, or which is the activity’s title.")
    return said
