"""Which evidence speaks for which benchmark: its own criteria's, and that of the activities that count for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from careers.accounts.models import Membership
from careers.evaluation.asking import Asked
from careers.evaluation.what_counts import Benchmark, Rule, benchmarks
from careers.evidence.models import Evidence
from careers.evidence.sight import visible_to
from careers.programme.models import Activity
from careers.programme.queries import hidden_from, is_appointment
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class OfActivity:
    activity: Activity
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class OfRule:
    """What there is for one criterion: said of itself, and by activities that count for it (appointments are only counted)."""

    rule: Rule
    own: tuple[Evidence, ...]
    shown: tuple[OfActivity, ...]
    bare: tuple[Activity, ...]
    appointments: int

    @property
    def bare_words(self) -> str:
        number = len(self.bare)
        return f"{number} activit{'y that counts has' if number == 1 else 'ies that count have'} no evidence"

    @property
    def pieces(self) -> int:
        return len(self.own) + sum(len(each.evidence) for each in self.shown)


@dataclass(frozen=True)
class OfBenchmark:
    benchmark: Benchmark
    rules: tuple[OfRule, ...]

    @property
    def evidence(self) -> list[Evidence]:
        """Each piece once, though it may speak for several criteria."""
        pieces = [e for rule in self.rules for e in (*rule.own, *(e for each in rule.shown for e in each.evidence))]
        return list({each.pk: each for each in pieces}.values())

    @property
    def activities(self) -> int:
        """How many activities count for it, appointments apart."""
        return len(self._with | {activity.pk for rule in self.rules for activity in rule.bare})

    @property
    def with_evidence(self) -> int:
        return len(self._with)

    @property
    def _with(self) -> set[int]:
        return {each.activity.pk for rule in self.rules for each in rule.shown}


def of_year(asked: Asked, year: AcademicYear, with_standing: bool = False) -> list[OfBenchmark]:
    """What there is for each benchmark and duty in an academic year, for this reader."""
    by_activity: dict[int, list[Evidence]] = defaultdict(list)
    by_rule: dict[str, list[Evidence]] = defaultdict(list)
    for piece in of_the_year(asked.request.membership, year):
        (by_activity[piece.activity_id] if piece.activity_id else by_rule[piece.criterion]).append(piece)
    activities = _activities(asked.request.membership, year)

    def of(rule: Rule) -> OfRule:
        counting = [activity for activity in activities if activity.pk in rule.activities]
        shown = tuple(OfActivity(a, tuple(by_activity[a.pk])) for a in counting if a.pk in by_activity)
        rest = [activity for activity in counting if activity.pk not in by_activity]
        bare = tuple(activity for activity in rest if not is_appointment(activity))
        return OfRule(rule, tuple(by_rule.get(rule.criterion, ())), shown, bare, len(rest) - len(bare))

    found = benchmarks(asked, year, with_standing)
    return [OfBenchmark(benchmark, tuple(of(rule) for rule in benchmark.rules)) for benchmark in found]


def of_the_year(membership: Membership, year: AcademicYear) -> Iterable[Evidence]:
    """Of an activity: by the activity's year. Of a criterion: what was dated in the year or before it, for a policy stays."""
    asked = Q(activity__academic_year=year.start_year) | Q(activity__isnull=True, dated__lte=year.closes)
    return light(visible_to(membership).filter(asked))


def light(found: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With what a list says of each piece, and without its file."""
    return found.select_related("activity", "content", "kept_by").defer("content__data", "content__thumbnail")


def _activities(membership: Membership, year: AcademicYear) -> list[Activity]:
    held = Activity.objects.filter(school_id=membership.school_id, academic_year=year.start_year)
    seen = held.exclude(pk__in=hidden_from(membership).values("pk"))
    return list(seen.order_by("starts_on", "title", "pk"))
