"""Usual activities to start from, read from `frameworks/usual-activities`.

What a school decides alone is a fact once it is planned (`DECIDED`): how long it lasts, that it is in the school day.
What hangs on a partner or on the day is not: it is kept apart (`when_held`), shown as what a good one has, and never written
into the programme from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from django.db import models

from careers.partners.models import Partner
from careers.programme import outcomes
from careers.programme.facts import FACTS, FLAGS
from careers.programme.models import Activity
from careers.schools.models import School
from criteria.yaml_lines import Mapping, read_yaml

FOLDER = outcomes.FRAMEWORKS / "usual-activities"
KINDS = {
    "11-16": "Secondary school to 16",
    "11-18": "Secondary school with a sixth form",
    "special": "Special school",
    "alternative": "Alternative provision",
}
DECIDED = frozenset(
    {
        "in_school_day",
        "mode",
        "hours",
        "days",
        "in_workplace",
        "visit",
        "one_to_one",
        "part_time_job",
    }
    | {"stem", "career_relevance"}
)
"""Facts that a school settles by planning. That outcomes are set follows from their being chosen, and is written with them."""
PARTS = (
    "key", "title", "type", "at", "years", "half term", "for everyone", "purpose", "outcomes", "planned", "when held", "partners",
    "ask the partner", "pupils with SEND", "parents and carers",
)  # fmt: skip
Facts = MappingProxyType[str, Any]


@dataclass(frozen=True)
class Partners:
    """Who should take part: how many employers, which kinds of provider, and whether one offers approved technical routes."""

    employers: int
    provider_kinds: tuple[str, ...]
    approved: bool

    @property
    def words(self) -> str:
        labels = dict(Partner.ProviderKind.choices)
        named = [f"{self.employers} employer{'' if self.employers == 1 else 's'}"] if self.employers else []
        named += [str(labels[kind]).lower() for kind in self.provider_kinds]
        if self.approved:
            which = "" if len(self.provider_kinds) == 1 else "at least one "
            named[-1] += f", {which}offering approved technical education or apprenticeships"
        return "; ".join(named)


@dataclass(frozen=True)
class Usual:
    """A usual activity. `planned` and `when_held` are fields of Activity; `for_everyone` is None where it is for no year group."""

    key: str
    title: str
    type: str
    at: tuple[str, ...]
    years: tuple[int, ...]
    half_term: str
    for_everyone: bool | None
    purpose: str
    outcomes: tuple[str, ...]
    planned: Facts
    when_held: Facts
    partners: Partners
    ask: tuple[str, ...]
    send: str
    parents: str

    def years_at(self, school: School) -> tuple[int, ...]:
        return tuple(group for group in self.years if group in school.year_groups)

    def outcomes_for(self, years: tuple[int, ...]) -> tuple[str, ...]:
        """The outcomes for any of these year groups."""
        known = outcomes.framework()
        named = ((code, known.named(code)) for code in self.outcomes)
        return tuple(code for code, outcome in named if outcome and set(outcome.year_groups) & set(years))

    def facts_for(self, years: tuple[int, ...]) -> dict[str, Any]:
        """What is true as soon as it is planned for these year groups, as fields of Activity. Everything else stays unrecorded."""
        set_out = {"learning_outcomes_set": True} if self.outcomes_for(years) else {}
        return {
            "title": self.title,
            "type": self.type,
            "year_groups": list(years),
            "whole_cohort": self.for_everyone,
            "half_term": self.half_term,
            "purpose": self.purpose,
            "send_adjustments": self.send,
            "parents_involved": self.parents,
            **set_out,
            **self.planned,
        }


def kind_of(school: School) -> str:
    """The kind of school whose usual activities fit, by the school's record."""
    if school.kind in (School.Kind.SPECIAL, School.Kind.ALTERNATIVE):
        return str(school.kind)
    return "11-18" if school.has_sixth_form else "11-16"


def usual_at(kind: str) -> tuple[Usual, ...]:
    """The usual activities of a kind of school in the order of the year."""
    return tuple(usual for usual in all_usual() if kind in usual.at)


def named(key: str) -> Usual | None:
    return next((usual for usual in all_usual() if usual.key == key), None)


@cache
def all_usual(folder: Path = FOLDER) -> tuple[Usual, ...]:
    """Every usual activity; FrameworkError says what is wrong with a file and where."""
    found: dict[str, tuple[Usual, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        top = read_yaml(path)
        top.only({"activities"})
        for given in top.mappings("activities"):
            usual = _usual(given)
            if usual.key in found:
                given.refuse("key", f"'{usual.key}' is also at {found[usual.key][1]}", "give one of them another key")
            found[usual.key] = usual, given.where
    order = list(Activity.HalfTerm.values)
    return tuple(
        sorted(
            (each for each, _ in found.values()),
            key=lambda u: (order.index(u.half_term), min(u.years, default=0), u.key),
        )
    )


def _usual(given: Mapping) -> Usual:
    given.only(PARTS)
    at = given.texts("at")
    if not at or not set(at) <= set(KINDS):
        given.refuse("at", f"found {at}", f"use {', '.join(KINDS)}")
    years = outcomes.whole_numbers(given, "years", range(7, 15)) if given["years"] != [] else ()
    everyone = given["for everyone"]
    if everyone is not None or years:
        everyone = outcomes.flag(given, "for everyone")
    return Usual(
        given.text("key"), given.text("title"), _code(given, "type", Activity.Type.values), tuple(at), years,
        _code(given, "half term", Activity.HalfTerm.values), everyone, given.text("purpose"), _outcomes(given, years),
        _facts(given, "planned", DECIDED), _facts(given, "when held", frozenset(FACTS) - DECIDED - {"learning_outcomes_set"}),
        _partners(given.mapping("partners")), tuple(given.texts("ask the partner")), given.text("pupils with SEND"),
        given.text("parents and carers"),
    )  # fmt: skip


def _code(given: Mapping, key: str, allowed: list[str]) -> str:
    if given[key] not in allowed:
        given.refuse(key, f"found {given[key]!r}", f"use one of {', '.join(allowed)}")
    return str(given[key])


def _outcomes(given: Mapping, years: tuple[int, ...]) -> tuple[str, ...]:
    for code in given.texts("outcomes"):
        outcome = outcomes.framework().named(code)
        if outcome is None:
            given.refuse("outcomes", f"there is no outcome '{code}'", "use a code of frameworks/learning-outcomes")
        if not set(outcome.year_groups) & set(years):
            given.refuse("outcomes", f"'{code}' is for other year groups", "use one of a stage it is held in")
    return tuple(given.texts("outcomes"))


def _facts(given: Mapping, key: str, allowed: frozenset[str]) -> Facts:
    """Facts under a key, each one that may stand there and with a value its field takes."""
    facts = given.mapping(key)
    for name, value in facts.items():
        if name not in FACTS:
            facts.refuse(name, "it is no fact of an activity", f"use one of {', '.join(sorted(allowed))}")
        if name not in allowed:
            remedy = "write it under 'when held'" if name not in DECIDED else "write it under 'planned'"
            facts.refuse(name, f"it may not stand under '{key}'", remedy)
        field = cast("models.Field[Any, Any]", Activity._meta.get_field(name))
        if name in FLAGS:
            fits = isinstance(value, bool)
        elif field.choices:
            fits = value in dict(field.flatchoices)
        else:
            fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits:
            facts.refuse(name, f"found {value!r}", "write what the activity's own form would take")
    return MappingProxyType(dict(facts.items()))


def _partners(given: Mapping) -> Partners:
    given.only({"employers", "provider kinds", "approved"})
    kinds = given.texts("provider kinds") if "provider kinds" in given else []
    unknown = [kind for kind in kinds if kind not in Partner.ProviderKind.values]
    if unknown:
        given.refuse("provider kinds", f"found {unknown[0]!r}", f"use {', '.join(Partner.ProviderKind.values)}")
    approved = outcomes.flag(given, "approved") if "approved" in given else False
    if approved and not kinds:
        given.refuse("approved", "no kind of provider is named", "name one, or leave it out")
    return Partners(int(given.number("employers")) if "employers" in given else 0, tuple(kinds), approved)
