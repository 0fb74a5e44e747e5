"""From a framework's folder to the model. Every refusal names the file and line, what was found, and what is allowed.

A framework is a folder: `framework.yaml` (what it is, when it is in force, its headings and sources) and one file of criteria
for each heading, each criterion with its examples.
"""

from __future__ import annotations

from collections.abc import Mapping as Chosen
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from criteria.criterion_file import Around, cite, read_criterion
from criteria.model import Criterion, Example, Framework, Heading, Reading, Source
from criteria.tables import SETTINGS
from criteria.yaml_lines import FrameworkError, Mapping, read_yaml

FRAMEWORKS = Path(__file__).resolve().parent.parent / "frameworks"
"""Where the frameworks shipped with Trigpoint stand."""
AS_THEY_STAND: Chosen[str, str] = MappingProxyType({})
"""No reading chosen by a school: each has its default."""


def names(folder: Path = FRAMEWORKS) -> list[str]:
    """The ids of the frameworks in a folder."""
    return sorted(path.parent.name for path in folder.glob("*/framework.yaml"))


def load(name: str, folder: Path = FRAMEWORKS, readings: Chosen[str, str] = AS_THEY_STAND) -> Framework:
    """Load one framework by its folder's name; FrameworkError says what is wrong and where.

    `readings` are a school's choices for the questions the framework leaves open, by key; those of other frameworks are
    passed over.
    """
    if name not in names(folder):
        raise FrameworkError(f"There is no framework called '{name}'; there are: {', '.join(names(folder)) or 'none'}.")
    plain = _load(folder / name, ())
    chosen = {each.key: readings[each.key] for each in plain.readings if each.key in readings}
    for each in plain.readings:
        if chosen.get(each.key, each.default) not in dict(each.choices):
            allowed = ", ".join(key for key, _ in each.choices)
            raise FrameworkError(f"'{each.key}' of {name}: found '{chosen[each.key]}'; use one of {allowed}.")
    unusual = {
        each.key: chosen[each.key] for each in plain.readings if chosen.get(each.key, each.default) != each.default
    }
    return _load(folder / name, tuple(sorted(unusual.items()))) if unusual else plain


@cache
def load_all(folder: Path = FRAMEWORKS) -> tuple[Framework, ...]:
    return tuple(load(name, folder) for name in names(folder))


@cache
def _load(folder: Path, chosen: tuple[tuple[str, str], ...]) -> Framework:
    top = read_yaml(folder / "framework.yaml")
    top.only({"title", "edition", "in force from", "in force to", "headings", "sources", "readings", "joiners"})
    headings, sources = _headings(top), _sources(top)
    codes = frozenset(source.code for source in sources)
    readings = _readings(top, codes)
    around = Around(top, codes, {reading.key: reading for reading in readings}, dict(chosen))
    given = [each for path in _files(folder) for each in read_yaml(path).mappings("criteria")]
    _check_places(given, headings)
    criteria = tuple(read_criterion(each, around) for each in given)
    return Framework(
        folder.name, top.text("title"), top.text("edition"), top.day("in force from"), top.optional_day("in force to"),
        headings, criteria, sources, readings,
    )  # fmt: skip


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != "framework.yaml"]


def _headings(top: Mapping) -> tuple[Heading, ...]:
    found = top.mappings("headings")
    for each in found:
        each.only({"key", "number", "title", "summary"})
    return tuple(Heading(h.text("key"), h.optional("number"), h.text("title"), h.text("summary")) for h in found)


def _sources(top: Mapping) -> tuple[Source, ...]:
    found = top.mappings("sources")
    for each in found:
        each.only({"code", "title", "address"})
    return tuple(Source(s.text("code"), s.text("title"), s.text("address")) for s in found)


def _readings(top: Mapping, sources: frozenset[str]) -> tuple[Reading, ...]:
    """The questions the law leaves open. Each has choices by key, one of them the default."""
    if "readings" not in top:
        return ()
    found = []
    for each in top.mappings("readings"):
        each.only({"key", "question", "default", "choices", "note", "source", "checked on"})
        words = each.mapping("choices")
        cite(each, "source", each.text("source"), sources)
        choices = tuple((str(key), words.text(key)) for key in words)
        if each.text("default") not in dict(choices):
            each.refuse("default", f"found '{each.text('default')}'", f"use one of {', '.join(dict(choices))}")
        found.append(
            Reading(each.text("key"), each.text("question"), each.text("default"), choices, each.text("note"),
                    each.text("source"), each.day("checked on"))
        )  # fmt: skip
    return tuple(found)


def _check_places(criteria: list[Mapping], headings: tuple[Heading, ...]) -> None:
    """Every criterion has an id of its own and a heading to stand under."""
    seen: dict[str, str] = {}
    numbers = [heading.number for heading in headings]
    for given in criteria:
        name, benchmark = given.text("id"), given.optional("benchmark")
        if name in seen:
            given.refuse(
                "id", f"'{name}' is also the id of the criterion at {seen[name]}", "give one of them another id"
            )
        if benchmark not in numbers:
            known = ", ".join("null" if number is None else str(number) for number in numbers)
            found = f"framework.yaml has no heading numbered {benchmark!r}"
            given.refuse("benchmark", found, f"use one of {known}, or add a heading")
        seen[name] = given.where


def in_force(kind: str, day: date, folder: Path = FRAMEWORKS, setting: str = "school") -> Framework:
    """The edition of a family ("gatsby", "provider-access") in force on a day for a kind of place: editions choose themselves.

    Before the first edition there is for that kind of place, it is that one.
    """
    family = [
        framework for framework in load_all(folder) if framework.id == kind or framework.id.startswith(kind + "-")
    ]
    if not family:
        raise FrameworkError(f"There is no framework of the family '{kind}'.")
    own = sorted((framework for framework in family if setting in framework.settings), key=lambda f: f.starts)
    if not own:
        allowed = ", ".join(s for s in SETTINGS if any(s in framework.settings for framework in family))
        raise FrameworkError(f"The family '{kind}' asks nothing of the setting '{setting}'; use one of {allowed}.")
    chosen = [framework for framework in own if framework.in_force(day)] or own[:1]
    return chosen[-1]


def as_read(name: str, criterion: Criterion, example: Example, folder: Path = FRAMEWORKS) -> Criterion:
    """A criterion as an example asks about it: with the readings it chooses, as the rule stands on its day."""
    chosen = load(name, folder, dict(example.readings)) if example.readings else None
    return (chosen.criterion(criterion.id) if chosen else criterion).on(example.as_at)
