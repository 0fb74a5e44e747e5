"""From a framework's folder to the model. Every refusal names the file and line, what was found, and what is allowed.

A framework is a folder: `framework.yaml` (what it is, when it is in force, its headings and sources) and one file of criteria
for each heading, each criterion with its examples.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from criteria.conditions import Condition
from criteria.examples import read_example
from criteria.model import (
    Count,
    Cover,
    Criterion,
    DatedValue,
    Distinct,
    EachSubject,
    Every,
    Framework,
    Heading,
    Measure,
    Participation,
    Severity,
    Source,
    Total,
    on_roll_only,
)  # fmt: skip
from criteria.moments import FORMS, Moment, parse_moment
from criteria.tables import ENCOUNTERS, OCCASION_COLUMNS, PUPILS, Kind
from criteria.vocabulary import read_condition
from criteria.yaml_lines import FrameworkError, Mapping, read_yaml

FRAMEWORKS = Path(__file__).resolve().parent.parent / "frameworks"
"""Where the frameworks shipped with Trigpoint stand."""


def names(folder: Path = FRAMEWORKS) -> list[str]:
    """The ids of the frameworks in a folder."""
    return sorted(path.parent.name for path in folder.glob("*/framework.yaml"))


def load(name: str, folder: Path = FRAMEWORKS) -> Framework:
    """Load one framework by its folder's name; FrameworkError says what is wrong and where."""
    if name not in names(folder):
        raise FrameworkError(f"There is no framework called '{name}'; there are: {', '.join(names(folder)) or 'none'}.")
    return _load(folder / name)


@cache
def load_all(folder: Path = FRAMEWORKS) -> tuple[Framework, ...]:
    return tuple(load(name, folder) for name in names(folder))


@cache
def _load(folder: Path) -> Framework:
    top = read_yaml(folder / "framework.yaml")
    top.only({"title", "edition", "in force from", "in force to", "headings", "sources"})
    headings, sources = _headings(top), _sources(top)
    given = [each for path in _files(folder) for each in read_yaml(path).mappings("criteria")]
    criteria = tuple(_criterion(each, {source.code for source in sources}) for each in given)
    _check_places(given, headings)
    return Framework(
        folder.name, top.text("title"), top.text("edition"), top.day("in force from"), top.optional_day("in force to"),
        headings, criteria, sources,
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


KEYS = {
    "id", "number", "benchmark", "title", "rule", "remedy", "unit", "severity", "settings", "population", "window", "due",
    "qualifying", "measure", "participation", "threshold", "sources", "checked on", "unconfirmed", "note", "examples",
}  # fmt: skip


def _criterion(given: Mapping, sources: set[str]) -> Criterion:
    given.only(KEYS)
    window = given.mapping("window")
    window.only({"opens", "closes"})
    closes = _moment(window, "closes")
    population = read_condition(given.mapping("population"), {c.name: c for c in PUPILS.columns})
    if population.truth({}) is True:
        given.refuse(
            "population",
            "it is true of a pupil about whom nothing is known",
            "ask something of the pupil, such as year_group",
        )
    cited = tuple(given.texts("sources"))
    for code in cited:
        if code not in sources:
            given.refuse(
                "sources",
                f"'{code}' is not among the framework's sources",
                f"use one of {', '.join(sorted(sources))}, or add it to framework.yaml",
            )
    criterion = Criterion(
        id=given.text("id"), number=given.text("number"), benchmark=given.optional("benchmark"), title=given.text("title"),
        rule=given.text("rule"), remedy=given.text("remedy"), unit=given.text("unit"),
        severity=given.choice("severity", Severity), settings=_settings(given),
        population=on_roll_only(population) if not _asks_roll(population) else population,
        qualifying=_qualifying(given.mapping("qualifying")), opens=_moment(window, "opens"), closes=closes,
        due=_moment(given, "due") if "due" in given else closes, measure=_measure(given),
        participation=given.choice("participation", Participation) if "participation" in given else Participation.ATTENDED,
        threshold=_threshold(given, sources), sources=cited, checked_on=given.day("checked on"),
        unconfirmed=given.text("unconfirmed") if "unconfirmed" in given else "",
        note=given.text("note") if "note" in given else "",
        examples=tuple(read_example(example) for example in given.mappings("examples")),
    )  # fmt: skip
    if isinstance(criterion.measure, (Every, EachSubject)) == bool(criterion.threshold):
        given.refuse("threshold", "the measure sets how many are needed" if criterion.threshold else "none was given",
                     "leave it out for 'every' and 'each subject'; give at least one dated value for the rest")  # fmt: skip
    return criterion


SETTINGS = ("school", "special", "college", "itp")


def _settings(given: Mapping) -> tuple[str, ...]:
    for setting in given.texts("settings"):
        if setting not in SETTINGS:
            given.refuse("settings", f"found '{setting}'", f"use some of {', '.join(SETTINGS)}")
    return tuple(given.texts("settings"))


def _asks_roll(population: Condition) -> bool:
    from criteria.conditions import leaves

    return any(leaf.attribute == "on_roll" for leaf in leaves(population))


OCCASION = {column.name: column for column in OCCASION_COLUMNS}


def _qualifying(given: Mapping) -> Condition:
    return read_condition(given, OCCASION)


def _moment(given: Mapping, key: str) -> Moment:
    text = given.text(key)
    try:
        return parse_moment(text)
    except ValueError as error:
        given.refuse(key, str(error), f"write one of: {'; '.join(FORMS)}")


def _measure(given: Mapping) -> Measure:
    value = given["measure"]
    if value == "count":
        return Count()
    if value == "each subject studied":
        return EachSubject()
    if isinstance(value, Mapping):
        value.only({"distinct", "cover", "groups", "total", "every"})
        if "distinct" in value:
            return Distinct(_attribute(value, "distinct", set(Kind)))
        if "total" in value:
            return Total(_attribute(value, "total", {Kind.NUMBER, Kind.INTEGER}))
        if "every" in value:
            return Every(_qualifying(value.mapping("every")))
        if "cover" in value:
            attribute = _attribute(value, "cover", {Kind.CODES, Kind.TEXT})
            groups = value.mapping("groups")
            return Cover(attribute, tuple((name, tuple(groups.texts(name))) for name in groups))
    given.refuse(
        "measure",
        f"found {value!r}",
        "write count, each subject studied, or a mapping with distinct, cover, total or every",
    )


def _attribute(given: Mapping, key: str, kinds: set[Kind]) -> str:
    name = given.text(key)
    if name not in ENCOUNTERS.names or ENCOUNTERS.column(name).kind not in kinds:
        allowed = [column.name for column in OCCASION_COLUMNS if column.kind in kinds]
        given.refuse(key, f"'{name}' cannot be measured this way", f"use one of {', '.join(allowed)}")
    return name


def _threshold(given: Mapping, sources: set[str]) -> tuple[DatedValue, ...]:
    if "threshold" not in given:
        return ()
    for each in given.mappings("threshold"):
        each.only({"from", "value", "source"})
    values = [DatedValue(v.day("from"), v.number("value"), v.text("source")) for v in given.mappings("threshold")]
    for value in values:
        if value.source not in sources:
            given.refuse(
                "threshold",
                f"'{value.source}' is not among the framework's sources",
                f"use one of {', '.join(sorted(sources))}",
            )
    return tuple(sorted(values, key=lambda value: value.starts))


def in_force(kind: str, day: date, folder: Path = FRAMEWORKS) -> Framework:
    """The edition of a family ("gatsby", "provider-access") in force on a day: editions choose themselves by date."""
    family = [
        framework for framework in load_all(folder) if framework.id == kind or framework.id.startswith(kind + "-")
    ]
    chosen = [framework for framework in family if framework.in_force(day)] or sorted(family, key=lambda f: f.starts)[
        :1
    ]
    if not chosen:
        raise FrameworkError(f"There is no framework of the family '{kind}'.")
    return chosen[-1]


def sort_key(criterion: Criterion) -> Any:
    return (criterion.benchmark or 0, criterion.id)
