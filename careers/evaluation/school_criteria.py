"""What the school itself owes, answered: each criterion asked of a school, with what counted and what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from careers.evaluation.figures import ORDER
from careers.evaluation.people import setting_of
from careers.evaluation.pupil_file import Answer
from careers.evaluation.school_lending import milestone_rows, school_row
from careers.evaluation.standings import SchoolStandings
from careers.leadership.kinds import KINDS
from careers.schools.models import School
from criteria.conditions import Includes, Is, leaves
from criteria.explanation import explain
from criteria.model import About, Cover, Criterion, Framework, Heading
from criteria.standing import STATE_WORDS, Reason, State

DONE = (State.MET, State.BOOKED)


class SchoolAnswer(Answer):
    """One criterion for the school itself."""

    @property
    def next(self) -> str:
        """The least that would meet it, as a sentence; empty where nothing is owed."""
        if self.standing.reason is Reason.WINDOW:
            return "The day it hangs on is not on record."
        return super().next

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of milestone the criterion asks about."""
        return _kinds(self.criterion)

    def missing(self) -> list[tuple[str, str, dict[str, str]]]:
        """What is still wanted, each with the kind of milestone to record and what its form can have filled in already."""
        if self.state in DONE:
            return []
        if isinstance(self.criterion.measure, Cover):
            wanted = set(self.explanation.missing)
            return [(name, *_how(self, shown)) for name, shown in self.criterion.measure.groups if name in wanted]
        return [(KINDS[kind].name.lower(), kind, {}) for kind in self.kinds[:1]]


def _kinds(criterion: Criterion) -> tuple[str, ...]:
    found = [leaf for leaf in leaves(criterion.qualifying) if isinstance(leaf, Is) and leaf.attribute == "type"]
    return tuple(dict.fromkeys(str(value) for leaf in found for value in leaf.values))


def _how(answer: SchoolAnswer, shown: Any) -> tuple[str, dict[str, str]]:
    """Which kind of milestone would show a named thing, and the first code or fact that would."""
    kind, first = answer.kinds[0], {}
    website = any(leaf.attribute == "on_website" for leaf in leaves(answer.criterion.qualifying))
    for leaf in leaves(shown):
        match leaf:
            case Is("type", values):
                kind = str(values[0])
            case Includes("parties", values) if values:
                first["party"] = values[0]
            case Includes("features", values) if values:
                first["feature"] = values[0]
            case Is("on_website", _):
                website = True
    return kind, first | ({"website": "1"} if website else {})


@dataclass(frozen=True)
class Part:
    """The school's own part of one benchmark or duty."""

    framework: Framework
    heading: Heading
    answers: tuple[SchoolAnswer, ...]

    @property
    def words(self) -> str:
        """As "1 of 4 met, 1 booked, 2 due"."""
        found = Counter(answer.state for answer in self.answers)
        others = [f"{found[state]} {STATE_WORDS[state]}" for state in ORDER if found[state] and state is not State.MET]
        return ", ".join([f"{found[State.MET]} of {len(self.answers)} met", *others])


@dataclass(frozen=True)
class SchoolFile:
    """Everything asked of the school itself, in the order of the benchmarks, and all that is on record for it."""

    parts: tuple[Part, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def answers(self) -> list[SchoolAnswer]:
        return [answer for part in self.parts for answer in part.answers]

    def under(self, framework: Framework, heading: Heading) -> Part:
        """The part of a heading; empty where nothing is asked of the school."""
        found = (p for p in self.parts if (p.framework.id, p.heading.key) == (framework.id, heading.key))
        return next(found, Part(framework, heading, ()))

    def answer(self, id: str) -> SchoolAnswer | None:
        return next((answer for answer in self.answers if answer.criterion.id == id), None)

    def pressing(self, until: date) -> list[SchoolAnswer]:
        """What was missed, is due by a day or cannot be told, the law first, then the earliest."""
        owed = [
            a
            for a in self.answers
            if a.state in (State.MISSED, State.CANNOT_TELL)
            or (a.state is State.DUE and a.standing.due is not None and a.standing.due <= until)
        ]
        return sorted(owed, key=lambda a: (not a.statutory, a.standing.due or date.max, a.criterion.number))


def asked_of_school(school: School, framework: Framework) -> tuple[Criterion, ...]:
    setting = setting_of(school)
    return tuple(c for c in framework.criteria if c.about is About.SCHOOL and setting in c.settings)


def school_file(found: SchoolStandings) -> SchoolFile:
    """The school's own answers on the day and under the editions of these standings, remembered and forgotten with them."""
    return found.remember("the school's own", lambda: _school_file(found))


def _school_file(found: SchoolStandings) -> SchoolFile:
    school = School.objects.get(pk=found.school.pk)  # as it is in the record the standings were answered from
    subject, rows = school_row(school), milestone_rows(school, found.as_at)
    parts = []
    for framework in found.frameworks:
        asked = asked_of_school(school, framework)
        for heading in framework.headings:
            criteria = [criterion for criterion in asked if criterion.benchmark == heading.number]
            answers = tuple(SchoolAnswer(c, explain(c, subject, rows, found.as_at)) for c in criteria)
            if answers:
                parts.append(Part(framework, heading, answers))
    return SchoolFile(tuple(parts), tuple(rows))
