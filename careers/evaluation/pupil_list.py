"""The list of pupils: each with one mark for every benchmark, narrowed and sorted as the address asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careers.evaluation.figures import GROUP_BY_KEY, WORST_FIRST, worst
from careers.evaluation.people import Person
from careers.evaluation.standings import BEYOND, SchoolStandings
from criteria.model import Heading
from criteria.standing import State

RANK = {state: rank for rank, state in enumerate(WORST_FIRST)}
LATE = "~"
"""Sorts after every form's name."""


@dataclass(frozen=True)
class Mark:
    """A heading that has criteria for single pupils, and where their standings are. `key` sorts by it in the address."""

    heading: Heading
    positions: tuple[int, ...]

    @property
    def key(self) -> str:
        return f"benchmark-{self.heading.key}" if self.heading.number else self.heading.key

    @property
    def short(self) -> str:
        return str(self.heading.number) if self.heading.number else "PA"

    @property
    def title(self) -> str:
        number = f"Benchmark {self.heading.number}: " if self.heading.number else ""
        return f"{number}{self.heading.title}"


def marks(found: SchoolStandings) -> list[Mark]:
    """The benchmarks and the duty, in order, less those that ask nothing of single pupils (Benchmark 1)."""
    position = found.standings.position
    rows = []
    for framework in (each for each in found.frameworks if each.id not in BEYOND):
        for heading in framework.headings:
            own = tuple(position[c.id] for c in framework.under(heading) if c.id in position)
            rows += [Mark(heading, own)] if own else []
    return rows


def weakest(found: SchoolStandings, person: Person, mark: Mark) -> State:
    """A pupil's state on a heading: the worst of its criteria."""
    row = found.row(person)
    return worst(row[i] for i in mark.positions)


def narrowed(people: Iterable[Person], asked: dict[str, Any], members: set[int] | None) -> list[Person]:
    """The people whom every filter that is on holds for. `members` are those of the group asked for, if one was."""
    left, year, form, trait = (asked.get(name) or "" for name in ("left", "year", "form", "has"))
    return [
        person
        for person in people
        if person.on_roll != (left == "yes")
        and (not year or str(person.year_group) == year)
        and (not form or person.form == form)
        and (not trait or GROUP_BY_KEY[trait].holds(person))
        and (members is None or person.pk in members)
    ]


def in_order(found: SchoolStandings, people: list[Person], shown: list[Mark], sort: str) -> list[Person]:
    """Sorted by "name", "year", "form" or a heading's key (worst first); "-" in front turns it round. Else as registers are."""
    key, turned = sort.removeprefix("-"), sort.startswith("-")
    for mark in shown:
        if key == mark.key:
            return sorted(people, key=lambda person: RANK[weakest(found, person, mark)], reverse=turned)
    if key == "year":
        return sorted(people, key=lambda person: (person.year_group or 99, form_order(person.form)), reverse=turned)
    if key == "form":
        return sorted(people, key=lambda person: form_order(person.form), reverse=turned)
    return people[::-1] if key == "name" and turned else people


def form_order(name: str) -> tuple[int, str]:
    """7B before 10A, and pupils with no form last."""
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return (int(digits) if digits else 99, name or LATE)
