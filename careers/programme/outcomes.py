"""Learning outcomes: the six areas of the Career Development Framework with our own summaries, and a school's own beside them.

Read from `frameworks/learning-outcomes`. A national outcome's code is `cdi2021.<area>.<stage>.<number>`; a school's own
is `own.` and its reference. What is wrong in a file is refused with its file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from careers.programme.models import Activity, ActivityOutcome, SchoolOutcome
from careers.schools.models import School
from criteria.yaml_lines import Mapping, read_yaml

FRAMEWORKS = Path(__file__).resolve().parents[2] / "frameworks"
FOLDER = FRAMEWORKS / "learning-outcomes"
EDITION = "cdi2021"
OWN = "own."
AREAS = range(1, 7)


@dataclass(frozen=True)
class Stage:
    key: str
    name: str
    year_groups: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """`text` is our own summary and never the framework's words. `area` is None for a school's own that stands in none."""

    code: str
    area: int | None
    year_groups: tuple[int, ...]
    text: str
    stage: str = ""
    retired: bool = False

    @property
    def is_own(self) -> bool:
        return self.code.startswith(OWN)


@dataclass(frozen=True)
class Area:
    """`confirmed` is whether a source we could read bears the summaries out."""

    number: int
    name: str
    about: str
    confirmed: bool
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Framework:
    title: str
    publisher: str
    published: str
    address: str
    note: str
    stages: tuple[Stage, ...]
    areas: tuple[Area, ...]

    def area(self, number: int) -> Area:
        return self.areas[number - 1]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome for area in self.areas for outcome in area.outcomes)

    def named(self, code: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)


@cache
def framework(folder: Path = FOLDER) -> Framework:
    """The six areas with their outcomes; FrameworkError says what is wrong and where."""
    top = read_yaml(folder / "about.yaml")
    top.only({"title", "publisher", "published", "address", "note", "stages"})
    given = top.mapping("stages")
    stages = tuple(_stage(key, given.mapping(key)) for key in given)
    areas = tuple(_area(read_yaml(folder / f"area-{number}.yaml"), number, stages) for number in AREAS)
    title, publisher, published = top.text("title"), top.text("publisher"), top.text("published")
    return Framework(title, publisher, published, top.text("address"), top.text("note"), stages, areas)


def _stage(key: str, given: Mapping) -> Stage:
    given.only({"name", "year groups"})
    return Stage(key, given.text("name"), whole_numbers(given, "year groups", range(7, 15)))


def _area(top: Mapping, number: int, stages: tuple[Stage, ...]) -> Area:
    top.only({"number", "name", "about", "confirmed", "outcomes"})
    if top.number("number") != number:
        top.refuse("number", f"found {top['number']!r}", f"this file is area {number}'s: write {number}")
    given = top.mapping("outcomes")
    given.only(stage.key for stage in stages)
    found = [outcome for stage in stages for outcome in _outcomes(given.mapping(stage.key), number, stage)]
    return Area(number, top.text("name"), top.text("about"), flag(top, "confirmed"), tuple(found))


def _outcomes(given: Mapping, area: int, stage: Stage) -> list[Outcome]:
    found = []
    for place, key in enumerate(given, 1):
        if key != str(place):
            given.refuse(key, f"found the number {key} where {place} comes next", "number outcomes from 1 with no gap")
        code = f"{EDITION}.{area}.{stage.key}.{place}"
        found.append(Outcome(code, area, stage.year_groups, given.text(key), stage.key))
    return found


def whole_numbers(given: Mapping, key: str, allowed: range) -> tuple[int, ...]:
    """A list of whole numbers within a range, in order and each once."""
    value: Any = given[key]
    if not isinstance(value, list) or not value or not all(type(n) is int and n in allowed for n in value):
        given.refuse(key, f"found {value!r}", f"write a list of whole numbers from {allowed[0]} to {allowed[-1]}")
    return tuple(sorted(set(value)))


def flag(given: Mapping, key: str) -> bool:
    value = given[key]
    if not isinstance(value, bool):
        given.refuse(key, f"found {value!r}", "write true or false")
    return value


def of_a_record(own: SchoolOutcome) -> Outcome:
    return Outcome(OWN + own.reference, own.area, tuple(own.year_groups), own.text, retired=own.retired)


def known_at(school: School) -> dict[str, Outcome]:
    """Every outcome that can be set at a school by its code: the framework's, and its own, retired ones too. One query."""
    own = (of_a_record(each) for each in SchoolOutcome.objects.filter(school=school))
    return {outcome.code: outcome for outcome in (*framework().outcomes, *own)}


def outcomes_of(activity: Activity) -> list[Outcome]:
    """What pupils should learn from an activity, in the order of the areas. Two queries, one where none is the school's own."""
    codes = list(ActivityOutcome.objects.filter(activity=activity).values_list("outcome", flat=True))
    own = any(code.startswith(OWN) for code in codes)
    known = known_at(activity.school) if own else {each.code: each for each in framework().outcomes}
    return [outcome for code, outcome in known.items() if code in codes]
