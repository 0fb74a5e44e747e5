"""A plan as the engine can judge it: each activity with what is known of it, when it is to be, and whom it is meant for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count

from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.pupils.models import GroupMembership, YearHeld
from careers.schools.half_terms import usual_half_terms
from careers.schools.models import School
from criteria.periods import AcademicYear
from criteria.tables import OCCASION_COLUMNS

IN_A_PLAN = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
DERIVED_FACTS = ("employers", "provider_kinds", "eligible_providers")
HALF = 2
"""Nobody has said whom it is for: with places for less than half of its year groups, it is not for everyone."""

FOR_NO_YEAR_GROUP = (Activity.Type.STAFF_DEVELOPMENT, Activity.Type.DESTINATION)
"""Staff, and pupils who have left: that no year group is given leaves nothing to record."""


class Audience(StrEnum):
    EVERYONE = "everyone"
    SOME = "some pupils only"
    NOT_SAID = "year groups not said"
    NOT_PUPILS = "not for a year group"


@dataclass(frozen=True)
class Span:
    """The first and last day it can be on: one day when it has a date, else its week, half-term or term, else the whole year."""

    first: date
    last: date

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) / 2


@dataclass(frozen=True)
class Planned:
    """One activity of a plan. `row` is what the engine reads of it, None for what is not recorded."""

    activity: Activity
    row: dict[str, Any]
    span: Span
    audience: Audience

    @property
    def places(self) -> int:
        """How many pupils have a place, whatever became of it; none where it was not asked."""
        return getattr(self.activity, "places", 0)

    @property
    def dated(self) -> bool:
        return self.activity.starts_on is not None

    @property
    def year_groups(self) -> tuple[int, ...]:
        return tuple(sorted(self.activity.year_groups))


def plan_of(school: School, year: AcademicYear, source: str = "", with_proposed: bool = False) -> list[Planned]:
    """What is planned or was held in a year, cancelled left out, and what is only proposed unless asked for. Three queries."""
    statuses = (*IN_A_PLAN, Activity.Status.PROPOSED) if with_proposed else IN_A_PLAN
    asked = Activity.objects.filter(school=school, academic_year=year.start_year, status__in=statuses)
    if source:
        asked = asked.filter(source=source)
    sizes = pupils_by_year_group(school, year)
    found = asked.annotate(places=Count("encounters")).prefetch_related("partners").order_by("starts_on", "pk")
    return [_planned(activity, year, sizes) for activity in found]


def _planned(activity: Activity, year: AcademicYear, sizes: Counter[int]) -> Planned:
    span = span_of(activity, year)
    return Planned(activity, row_of(activity, span), span, _audience(activity, sizes))


def planned_alone(activity: Activity) -> Planned:
    """One activity as a plan of its own: for everyone of its year groups, whatever else is planned."""
    span = span_of(activity, AcademicYear(activity.academic_year))
    return Planned(activity, row_of(activity, span), span, Audience.EVERYONE)


def _audience(activity: Activity, sizes: Counter[int]) -> Audience:
    if activity.whole_cohort is False or (activity.whole_cohort is None and activity.one_to_one and activity.starts_on):
        return Audience.SOME  # a one-to-one meeting with a date is one pupil's appointment
    pupils = sum(sizes[group] for group in activity.year_groups)
    places: int = activity.places  # type: ignore[attr-defined]
    if activity.whole_cohort is None and 0 < places * HALF < pupils:
        return Audience.SOME
    if activity.year_groups:
        return Audience.EVERYONE
    return Audience.NOT_PUPILS if activity.type in FOR_NO_YEAR_GROUP else Audience.NOT_SAID


def span_of(activity: Activity, year: AcademicYear) -> Span:
    if activity.starts_on:
        return Span(activity.starts_on, activity.starts_on)
    if activity.week_of:
        return Span(activity.week_of, activity.week_of + timedelta(days=4))
    for half_term in usual_half_terms(year):
        if half_term.key == activity.half_term:
            return Span(half_term.starts, half_term.ends)
    named = activity.term.casefold()
    for term in year.terms():
        if named.startswith(term.name.casefold()):
            return Span(term.starts, term.ends)
    return Span(year.starts, year.closes)


def row_of(activity: Activity, span: Span) -> dict[str, Any]:
    """The logical row of an activity, as `lending.occasions` gives it in SQL; one without a date stands at its span's middle."""
    row: dict[str, Any] = {"encounter": activity.reference, "status": "booked", "title": activity.title}
    for column in OCCASION_COLUMNS:
        value = getattr(activity, column.name, None)
        row[column.name] = None if value == "" else float(value) if isinstance(value, Decimal) else value
    return {**row, "date": span.middle, **_partner_facts(list(activity.partners.all()))}


def _partner_facts(partners: list[Partner]) -> dict[str, Any]:
    if not partners:
        return dict.fromkeys(DERIVED_FACTS)
    providers = [partner for partner in partners if partner.kind == Partner.Kind.PROVIDER]
    kinds = tuple(partner.provider_kind for partner in providers if partner.provider_kind)
    eligible = tuple(sorted(str(partner.pk) for partner in providers if partner.pal_eligible))
    return {
        "employers": sum(partner.kind == Partner.Kind.EMPLOYER for partner in partners),
        "provider_kinds": _known(kinds, any(not partner.provider_kind for partner in providers)),
        "eligible_providers": _known(eligible, any(partner.pal_eligible is None for partner in providers)),
    }


def _known(codes: tuple[str, ...], doubtful: bool) -> tuple[str, ...] | None:
    return codes or (None if doubtful else ())


def pupils_by_year_group(school: School, year: AcademicYear) -> Counter[int]:
    held = YearHeld.objects.filter(school=school, academic_year=year.start_year).values_list("year_group")
    return Counter(dict(held.annotate(pupils=Count("pk"))))


def subjects_by_year_group(school: School, year: AcademicYear) -> dict[int, tuple[str, ...]]:
    """The subjects taught to anybody of a year group, as the school's teaching classes have it."""
    taught = (
        GroupMembership.objects.filter(
            school=school,
            group__kind="class",
            group__academic_year=year.start_year,
            pupil__years__academic_year=year.start_year,
        )
        .exclude(group__subject="")
        .values_list("pupil__years__year_group", "group__subject")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for group, subject in sorted(taught):
        found.setdefault(group, []).append(subject)
    return {group: tuple(subjects) for group, subjects in found.items()}
