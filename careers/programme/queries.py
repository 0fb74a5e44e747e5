"""What lists of the programme ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, DateField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from careers.accounts.models import Membership
from careers.accounts.roles import Policy, Reach
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.visibility import pupils_visible_to
from careers.schools.half_terms import usual_half_terms
from careers.schools.models import School
from criteria.periods import AcademicYear, Term, term_containing


def programme(school: School, year: AcademicYear) -> QuerySet[Activity]:
    """The activities of a year in order: by date, those without one by the week, half-term or term they name, else last."""
    named = [When(half_term=each.key, then=Value(each.until)) for each in usual_half_terms(year)]
    named += [When(term__istartswith=term.name, then=Value(term.ends)) for term in year.terms()]
    in_term = Case(*named, default=Value(year.ends), output_field=DateField())
    placed = Coalesce(F("starts_on"), F("week_of"), in_term)
    asked = Activity.objects.filter(school=school, academic_year=year.start_year)
    return asked.annotate(placed_on=placed).order_by("placed_on", "title", "pk")


def appointments() -> Q:
    """One-to-one meetings with a date: each is one pupil's, and there may be hundreds."""
    return Q(one_to_one=True, starts_on__isnull=False, source="")


def is_appointment(activity: Activity) -> bool:
    """The same of one activity."""
    return bool(activity.one_to_one and activity.starts_on and not activity.source)


def hidden_from(membership: Membership) -> QuerySet[Activity]:
    """One-to-one meetings of pupils whom the person does not see by name: counted for them, neither named nor dated."""
    if Policy.SEE_PUPILS in membership.policies and membership.reach is Reach.ALL:
        return Activity.objects.none()
    meetings = Activity.objects.filter(appointments(), school_id=membership.school_id)
    if Policy.SEE_PUPILS not in membership.policies:
        return meetings
    theirs = Activity.objects.filter(
        school_id=membership.school_id, encounters__pupil__in=pupils_visible_to(membership)
    )
    return meetings.exclude(pk__in=theirs.values("pk"))


def for_year_group(found: QuerySet[Activity], group: int) -> QuerySet[Activity]:
    """Those for a year group. As text, because only some databases look inside a list; no year group is part of another's name."""
    return found.annotate(groups_text=Cast("year_groups", TextField())).filter(groups_text__contains=str(group))


def with_partner_kind(found: QuerySet[Activity], school: School, kind: str) -> QuerySet[Activity]:
    named = ActivityPartner.objects.filter(school=school, partner__kind=kind)
    return found.filter(pk__in=named.values("activity_id"))


def sources(school: School, year: AcademicYear) -> list[str]:
    """Where the year's activities were published."""
    named = Activity.objects.filter(school=school, academic_year=year.start_year).exclude(source="")
    return list(named.order_by("source").values_list("source", flat=True).distinct())


@dataclass(frozen=True)
class Grid:
    """How many activities each year group has in each term. One for several year groups is counted in each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def grid(found: QuerySet[Activity], year: AcademicYear, year_groups: tuple[int, ...]) -> Grid:
    terms = year.terms()
    columns = (*(term.name for term in terms), "No term given")
    counts: dict[str, list[int]] = {f"Year {group}": [0] * len(columns) for group in year_groups}
    counts["Year groups not said"] = [0] * len(columns)
    for groups, day, week, half, named in found.order_by().values_list(
        "year_groups", "starts_on", "week_of", "half_term", "term"
    ):
        column = _column(terms, day or week, half or named)
        for row in [f"Year {group}" for group in groups] or ["Year groups not said"]:
            counts.setdefault(row, [0] * len(columns))[column] += 1
    return Grid(
        columns, tuple((row, tuple(numbers)) for row, numbers in counts.items() if any(numbers) or "not" not in row)
    )


def _column(terms: tuple[Term, ...], day: date | None, named: str) -> int:
    said = term_containing(day).name if day else named
    found = [number for number, term in enumerate(terms) if said.casefold().startswith(term.name.casefold())]
    return found[0] if found else len(terms)
