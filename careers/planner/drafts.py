"""A draft programme: the usual activities of a kind of school, placed in a year and put into it as proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.evaluation.coverage_words import year_groups
from careers.evaluation.supposing import Drafted
from careers.programme import actions
from careers.programme.facts import label, shown
from careers.programme.models import Activity, ActivityOutcome
from careers.programme.outcomes import framework
from careers.programme.usual import Usual, all_usual, usual_at
from careers.schools.clock import current_year, today
from careers.schools.half_terms import HalfTerms, half_terms_of
from careers.schools.models import School
from criteria.periods import AcademicYear

APPROVED = ("fe_college", "itp_apprenticeship", "utc", "studio_school", "specialist_post16")
"""The kinds of provider of which one is taken to offer approved technical routes where the description asks for one that does."""
LABELS = dict(Activity.HalfTerm.choices)


@dataclass(frozen=True)
class Line:
    """A usual activity in a year's draft. `late`: its usual half-term has gone by, so it stands in the one to come."""

    usual: Usual
    years: tuple[int, ...]
    half_term: str
    day: date
    late: bool
    held: Activity | None
    """The activity begun from it this year, if there is one: it is not added twice."""

    @property
    def when(self) -> str:
        return str(LABELS[self.half_term])

    @property
    def whom(self) -> str:
        """For whom it is, in words."""
        if not self.years:
            return "Last year’s leavers" if self.usual.type == Activity.Type.DESTINATION else "Staff"
        words = year_groups(self.years)
        return words if self.usual.for_everyone else f"Some pupils of {words}"

    @property
    def usual_when(self) -> str:
        return str(LABELS[self.usual.half_term])

    @property
    def outcome_texts(self) -> list[str]:
        known = framework()
        named = (known.named(code) for code in self.usual.outcomes_for(self.years))
        return [outcome.text for outcome in named if outcome]

    @property
    def decided(self) -> list[str]:
        """What is so once it is planned, in words."""
        return _in_words(self.usual.planned)

    @property
    def to_come(self) -> list[str]:
        """What a good one has besides, which nobody can know before."""
        return _in_words(self.usual.when_held)

    @property
    def drafted(self) -> Drafted:
        """As the engine is to suppose it: held as it is described, by partners as described."""
        usual, partners = self.usual, self.usual.partners
        facts: dict[str, Any] = {"type": usual.type, **usual.facts_for(self.years), **usual.when_held}
        if partners.employers or partners.provider_kinds:
            eligible = [kind for kind in partners.provider_kinds if partners.approved and kind in APPROVED]
            facts |= {"employers": partners.employers, "provider_kinds": partners.provider_kinds}
            facts["eligible_providers"] = tuple(f"one {kind}" for kind in eligible)
        number = -1 - all_usual().index(usual)
        return Drafted(number, self.day, self.years if usual.for_everyone else (), facts)


def _in_words(facts: Mapping[str, Any]) -> list[str]:
    activity = Activity(**facts)
    said = ((label(fact), shown(activity, fact)) for fact in facts)
    return [words if value == "yes" else f"{words}: {value}" for words, value in said]


def first_year() -> AcademicYear:
    """The year a draft is for unless another is chosen: this one until the end of the autumn term, then the next."""
    year = current_year()
    return year if today() <= year.terms()[0].ends else year.pending


def draft_of(school: School, kind: str, year: AcademicYear) -> list[Line]:
    """The usual activities of a kind of school for its year groups, in the order of the year. Two queries."""
    halves = half_terms_of(school, year)
    begun = Activity.objects.filter(school=school, academic_year=year.start_year).exclude(template="")
    held = {activity.template: activity for activity in begun.exclude(status=Activity.Status.CANCELLED)}
    lines = [
        _line(usual, usual.years_at(school), halves, held.get(usual.key))
        for usual in usual_at(kind)
        if usual.years_at(school) or not usual.years
    ]
    order = [half.key for half in halves]
    return sorted(lines, key=lambda line: order.index(line.half_term))


def _line(usual: Usual, years: tuple[int, ...], halves: HalfTerms, held: Activity | None) -> Line:
    own = next(half for half in halves if half.key == usual.half_term)
    late = own.ends <= today()
    to_come = [half for half in halves if half.ends > today()] or [halves[-1]]
    half = to_come[0] if late else own
    middle = max(half.starts + (half.ends - half.starts) / 2, today() + timedelta(days=1))
    return Line(usual, years, half.key, middle, late, held)


def by_half_term(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    return [(when, list(found)) for when, found in groupby(lines, key=lambda line: line.when)]


def propose(
    *, school: School, year: AcademicYear, lines: Collection[Line], by: User, only: Collection[str]
) -> list[Activity]:
    """Put those of these lines whose keys are in `only` into the year as proposed. What was begun there already is left alone."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # two people at once add each activity once
        there = Activity.objects.filter(school=school, academic_year=year.start_year, template__in=only)
        begun = set(there.exclude(status=Activity.Status.CANCELLED).values_list("template", flat=True))
        wanted = [line for line in lines if line.usual.key in only and line.usual.key not in begun]
        return [_propose(school, year, line, by) for line in wanted]


def _propose(school: School, year: AcademicYear, line: Line, by: User) -> Activity:
    facts = line.usual.facts_for(line.years) | {
        "status": Activity.Status.PROPOSED,
        "academic_year": year.start_year,
        "template": line.usual.key,
        "half_term": line.half_term,
    }
    made = actions.add(school=school, facts=facts, partners=(), by=by)
    outcomes = line.usual.outcomes_for(line.years)
    ActivityOutcome.objects.bulk_create(
        ActivityOutcome(school=school, activity=made, outcome=code) for code in outcomes
    )
    return made
