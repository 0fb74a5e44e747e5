"""A nation's figures, fit to be published: by school, by area, and by each characteristic, with small numbers hidden.

All of them are one table (criteria/disclosure.py), so that none can be worked out from another.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from criteria.disclosure import Dimension, Key, Published, publish
from criteria.model import Criterion
from criteria.nation.asking import Line
from criteria.standing import STATE_WORDS, State

NATION, EVERYBODY, ALL = "nation", "everybody", "all"
NOT_KNOWN = "not known"
STATES = (State.MET, State.BOOKED, State.DUE, State.MISSED, State.CANNOT_TELL)
TELLING = ("sen_provision: K", "sen_provision: E", "fsm: true", "looked_after: true")
"""Characteristics that say something of a person (see criteria/disclosure.py)."""
HIDDEN = "c"
"""What is written in place of a number that is confidential, as official statistics do."""
COLUMNS = (
    "level", "place", "characteristic", "value", "criterion", "asked", *(str(state) for state in STATES), "met_percent",
)  # fmt: skip


@dataclass
class Figures:
    """Pupils counted by place, characteristic and standing, with every total."""

    criteria: tuple[Criterion, ...]
    counts: Counter[Key] = field(default_factory=Counter)
    areas: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)

    def add(self, lines: Iterable[Line]) -> Figures:
        for line in lines:
            if line.trait:
                value = f"{line.trait}: {NOT_KNOWN if line.value is None else line.value}"
                self.values.setdefault(line.trait, set()).add(value)
                self._count(line, (NATION,), value)
            else:
                area, school = f"area {line.area or NOT_KNOWN}", f"school {line.school}"
                self.areas.setdefault(area, set()).add(school)
                self._count(line, (NATION, area, school), ALL)
        return self

    def _count(self, line: Line, places: tuple[str, ...], value: str) -> None:
        standing = [standing_key(self.criteria[line.criterion], line.state)]
        if line.state is not State.DOES_NOT_APPLY:
            standing.append(asked_key(self.criteria[line.criterion]))
        if line.criterion == 0:
            standing.append(EVERYBODY)
        for place in places:
            for each in standing:
                self.counts[place, value, each] += line.pupils

    def published(self) -> Published:
        """What may be shown of them."""
        return publish(self.dimensions, self.counts, within=_in_the_table)

    @property
    def dimensions(self) -> tuple[Dimension, Dimension, Dimension]:
        places = (
            (NATION, tuple(sorted(self.areas))),
            *((area, tuple(sorted(own))) for area, own in sorted(self.areas.items())),
        )
        pupils = tuple((ALL, tuple(sorted(values))) for _, values in sorted(self.values.items()))
        standings: list[tuple[str, tuple[str, ...]]] = []
        for criterion in self.criteria:
            asked = asked_key(criterion)
            standings.append((EVERYBODY, (asked, standing_key(criterion, State.DOES_NOT_APPLY))))
            standings.append((asked, tuple(standing_key(criterion, state) for state in STATES)))
        return (
            Dimension("place", places), Dimension("pupils", pupils or ((ALL, ()),), frozenset(TELLING)),
            Dimension("standing", tuple(standings)),
        )  # fmt: skip


def _in_the_table(key: Key) -> bool:
    """Characteristics are given for the nation alone: for a school or an area they would be few."""
    return key[1] == ALL or key[0] == NATION


def asked_key(criterion: Criterion) -> str:
    return f"{criterion.id} asked"


def standing_key(criterion: Criterion, state: State) -> str:
    return f"{criterion.id} {state}"


Shown = Mapping[Key, int | None]


@dataclass(frozen=True)
class AsTheyAre:
    """The figures with nothing hidden, for those who may see every pupil."""

    counts: Mapping[Key, int]

    def __getitem__(self, key: Key) -> int | None:
        return self.counts.get(key, 0)

    def share(self, part: Key, whole: Key) -> float | None:
        return self.counts.get(part, 0) / self.counts[whole] if self.counts.get(whole) else None


def rows(figures: Figures, table: Published | AsTheyAre) -> Iterator[dict[str, str]]:
    """A row for each place or characteristic and criterion: the nation, its characteristics, areas, schools."""
    for level, place, trait, value in _lines(figures):
        pupils = f"{trait}: {value}" if trait else ALL
        for criterion in figures.criteria:
            whole = (place, pupils, asked_key(criterion))
            met = table.share((place, pupils, standing_key(criterion, State.MET)), whole)
            yield {
                "level": level,
                "place": place.partition(" ")[2],
                "characteristic": trait,
                "value": value,
                "criterion": criterion.id,
                "asked": _said(table[whole]),
                **{str(state): _said(table[place, pupils, standing_key(criterion, state)]) for state in STATES},
                "met_percent": "" if table[whole] == 0 else HIDDEN if met is None else f"{100 * met:.1f}",
            }


def _lines(figures: Figures) -> Iterator[tuple[str, str, str, str]]:
    yield NATION, NATION, "", ""
    for trait, values in sorted(figures.values.items()):
        for value in sorted(values):
            yield NATION, NATION, trait, value.partition(": ")[2]
    for area in sorted(figures.areas):
        yield "area", area, "", ""
    for area in sorted(figures.areas):
        for school in sorted(figures.areas[area]):
            yield "school", school, "", ""


def _said(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def write(figures: Figures, table: Published | AsTheyAre, path: Path) -> int:
    """Write every row as CSV; how many there are."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in rows(figures, table):
            writer.writerow(row)
            written += 1
    return written


def show(figures: Figures, table: Published | AsTheyAre, out: TextIO) -> None:
    """The nation's own lines, for a terminal."""
    out.write(f"{'criterion':<30}{'asked':>11}" + "".join(f"{STATE_WORDS[s]:>13}" for s in STATES) + f"{'met %':>8}\n")
    for row in rows(figures, table):
        if row["level"] != NATION or row["characteristic"]:
            break
        numbers = "".join(f"{_grouped(row[str(state)]):>13}" for state in STATES)
        out.write(f"{row['criterion']:<30}{_grouped(row['asked']):>11}{numbers}{row['met_percent']:>8}\n")


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number
