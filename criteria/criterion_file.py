"""One criterion from a framework's file: every part of it checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping as Chosen
from dataclasses import dataclass, replace

from criteria.conditions import All, Condition, Is, leaves
from criteria.examples import read_example
from criteria.measures import read_measure, read_of_which
from criteria.model import (
    About,
    Change,
    Criterion,
    DatedValue,
    EachSubject,
    Every,
    Example,
    Joiners,
    Participation,
    Reading,
    Severity,
    on_roll_only,
)  # fmt: skip
from criteria.moments import FORMS, Moment, parse_moment
from criteria.standing import State
from criteria.tables import SETTINGS
from criteria.vocabulary import askable, read_condition
from criteria.yaml_lines import Mapping

CHANGEABLE = {
    "title", "rule", "remedy", "unit", "severity", "window", "due", "qualifying", "measure", "of which", "participation",
    "threshold", "unconfirmed", "note",
}  # fmt: skip
"""What may read differently from a day on."""
KEYS = CHANGEABLE | {
    "id", "number", "benchmark", "about", "settings", "population", "joiners", "sources", "checked on", "changes", "unreachable",
    "examples",
}  # fmt: skip


@dataclass(frozen=True)
class Around:
    """What of a framework its criteria may refer to: sources by code, open readings by key, and the choice made for each.

    `top` is framework.yaml, which may say for all of them what is said of joiners.
    """

    top: Mapping
    sources: frozenset[str]
    readings: dict[str, Reading]
    chosen: Chosen[str, str]

    def choice(self, given: Mapping) -> tuple[str, str]:
        """The reading a mapping refers to, and the choice made for it."""
        key = given.text("reading")
        if key not in self.readings:
            given.refuse(
                "reading",
                f"'{key}' is not among the framework's readings",
                f"use one of {', '.join(sorted(self.readings)) or '(there are none)'}, or add it to framework.yaml",
            )
        return key, self.chosen.get(key, self.readings[key].default)

    def cite(self, given: Mapping, key: str, code: str) -> str:
        """A source's code, which must be one of the framework's."""
        if code not in self.sources:
            known = ", ".join(sorted(self.sources))
            given.refuse(
                key,
                f"'{code}' is not among the framework's sources",
                f"use one of {known}, or add it to framework.yaml",
            )
        return code


def read_criterion(given: Mapping, around: Around) -> Criterion:
    """A criterion with its examples and its changes."""
    given.only(KEYS)
    criterion = _as_written(given, around)
    examples = tuple(_example(each, criterion) for each in given.mappings("examples"))
    _check_states(given, examples)
    changes = given.mappings("changes") if "changes" in given else []
    made = []
    for change in sorted(changes, key=lambda each: each.day("from")):
        change.only(CHANGEABLE | {"from", "source", "checked on"})
        given = given.changed_by(change)
        source = around.cite(change, "source", change.text("source"))
        made.append(Change(change.day("from"), source, change.day("checked on"), _as_written(given, around)))
    changed = tuple(replace(each, criterion=replace(each.criterion, examples=examples)) for each in made)
    return replace(criterion, examples=examples, changes=changed)


def _as_written(given: Mapping, around: Around) -> Criterion:
    about = given.choice("about", About) if "about" in given else About.PUPIL
    window = given.mapping("window")
    window.only({"opens", "closes"})
    used: list[str] = []
    closes = _moment(window, "closes", around, used)
    criterion = Criterion(
        id=given.text("id"), number=given.text("number"), benchmark=given.optional("benchmark"), title=given.text("title"),
        rule=given.text("rule"), remedy=given.text("remedy"), unit=given.text("unit"),
        severity=given.choice("severity", Severity), settings=_settings(given), population=_population(given, about),
        qualifying=read_condition(given.mapping("qualifying"), askable(about.log)),
        opens=_moment(window, "opens", around, used), closes=closes,
        due=_moment(given, "due", around, used) if "due" in given else closes, measure=read_measure(given, about),
        participation=given.choice("participation", Participation) if "participation" in given else Participation.ATTENDED,
        threshold=_threshold(given, around, used), sources=tuple(around.cite(given, "sources", c) for c in given.texts("sources")),
        checked_on=given.day("checked on"), about=about, of_which=read_of_which(given, about),
        joiners=_joiners(given, around, used), readings=tuple(dict.fromkeys(used)),
        unconfirmed=given.text("unconfirmed") if "unconfirmed" in given else "",
        note=given.text("note") if "note" in given else "",
    )  # fmt: skip
    if isinstance(criterion.measure, (Every, EachSubject)) == bool(criterion.threshold):
        given.refuse("threshold", "the measure sets how many are needed" if criterion.threshold else "none was given",
                     "leave it out for 'every' and 'each subject'; give at least one dated value for the rest")  # fmt: skip
    return criterion


def _settings(given: Mapping) -> tuple[str, ...]:
    for setting in given.texts("settings"):
        if setting not in SETTINGS:
            given.refuse("settings", f"found '{setting}'", f"use some of {', '.join(SETTINGS)}")
    return tuple(given.texts("settings"))


def _population(given: Mapping, about: About) -> Condition:
    """Whom it is asked of: as written, in the settings named, and on roll unless it asks about that itself."""
    population = read_condition(given.mapping("population"), {c.name: c for c in about.subjects.columns})
    if population.truth({}) is True:
        given.refuse(
            "population",
            f"it is true of a {about} about whom nothing is known",
            f"ask something of the {about}, such as {'year_group' if about is About.PUPIL else 'setting'}",
        )
    within = All((Is("setting", _settings(given)), population))
    asks_roll = any(leaf.attribute == "on_roll" for leaf in leaves(population))
    return within if asks_roll or about is About.SCHOOL else on_roll_only(within)


def _moment(given: Mapping, key: str, around: Around, used: list[str]) -> Moment:
    """A moment as written, or the one that goes with the choice made for a reading."""
    if isinstance(given[key], Mapping):
        open_to = given.mapping(key)
        reading, choice = around.choice(open_to)
        open_to.only({"reading", *(key for key, _ in around.readings[reading].choices)})
        used.append(reading)
        given, key = open_to, choice
    text = given.text(key)
    try:
        return parse_moment(text)
    except ValueError as error:
        given.refuse(key, str(error), f"write one of: {'; '.join(FORMS)}")


def _joiners(given: Mapping, around: Around, used: list[str]) -> Joiners:
    given = given if "joiners" in given else around.top
    if "joiners" not in given:
        return Joiners.CANNOT_TELL
    if not isinstance(given["joiners"], Mapping):
        return given.choice("joiners", Joiners)
    reading, choice = around.choice(given.mapping("joiners"))
    used.append(reading)
    if choice not in list(Joiners):
        found = f"the reading '{reading}' has the choice '{choice}'"
        given.refuse("joiners", found, f"let its choices be some of {', '.join(Joiners)}")
    return Joiners(choice)


def _threshold(given: Mapping, around: Around, used: list[str]) -> tuple[DatedValue, ...]:
    if "threshold" not in given:
        return ()
    values = []
    for each in given.mappings("threshold"):
        each.only({"from", "value", "source", "checked on"})
        source = around.cite(each, "source", each.text("source"))
        looked = each.day("checked on") if "checked on" in each else given.day("checked on")
        values.append(DatedValue(each.day("from"), _value(each, around, used), source, looked))
    return tuple(sorted(values, key=lambda value: value.starts))


def _value(given: Mapping, around: Around, used: list[str]) -> float:
    if not isinstance(given["value"], Mapping):
        return given.number("value")
    reading, choice = around.choice(given.mapping("value"))
    used.append(reading)
    try:
        return float(choice)
    except ValueError:
        given.refuse("value", f"the reading '{reading}' has the choice '{choice}'", "let its choices be numbers")


def _example(given: Mapping, criterion: Criterion) -> Example:
    example = read_example(given, criterion.about)
    usual = {"setting": criterion.settings[0]}
    return replace(example, pupil=usual | example.pupil)


def _check_states(given: Mapping, examples: tuple[Example, ...]) -> None:
    """Every state has an example, but those the file says nobody can be in, and why."""
    unreachable = set(given.mapping("unreachable")) if "unreachable" in given else set()
    for state in sorted(unreachable):
        if state not in list(State):
            given.refuse("unreachable", f"found '{state}'", f"use one of {', '.join(State)}")
    shown = {example.state for example in examples}
    if missing := [state for state in State if state not in shown and state not in unreachable]:
        given.refuse(
            "examples",
            f"there is none in which the answer is {' or '.join(missing)}",
            "add one for each state, or say under 'unreachable' why nobody can be in it",
        )
