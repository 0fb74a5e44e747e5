"""What a statement says, which of the parts the Act names it has, and what is published of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateparse import parse_date

from careers.provider_access.limits import Limit, limits_in
from careers.provider_access.models import PublishedStatement, Statement
from careers.schools.models import School

FIELDS = (
    "procedure",
    "contact_role",
    "contact_email",
    "contact_phone",
    "reply_days",
    "grounds_for",
    "grounds_against",
    "premises",
    "times",
    "compliance_plan",
    "entitlement",
    "destinations",
    "complaints",
    "shows_providers",
    "shows_occasions",
    "approved_by",
    "approved_on",
    "next_review_on",
)
DATES = ("approved_on", "next_review_on")
SOON = timedelta(days=30)
YEAR = timedelta(days=365)

PARTS = (
    ("procedure", "How to ask for access", ("procedure",)),
    ("grounds", "Grounds for giving or refusing it", ("grounds_for", "grounds_against")),
    ("premises_and_times", "Premises, facilities and times", ("premises", "times")),
    ("compliance_plan", "How every pupil will get the encounters the Act asks for", ("compliance_plan",)),
)
"""What section 42B(5) names: the feature of the school's record it becomes, its name, and the answers it wants."""


def words_of(statement: Statement) -> dict[str, object]:
    return {name: getattr(statement, name) for name in FIELDS}


def as_kept(words: dict[str, object]) -> dict[str, object]:
    """As a version keeps them: dates as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in words.items()}


def as_read(kept: dict[str, object]) -> dict[str, object]:
    """The words of a version, with its dates as dates."""
    return kept | {name: parse_date(str(kept[name])) if kept.get(name) else None for name in DATES}


def features_of(words: dict[str, object]) -> list[str]:
    """The parts that are really there, in the order of the law: half of one is not the part."""
    return [feature for feature, _, answers in PARTS if all(words.get(name) for name in answers)]


def lacking(words: dict[str, object]) -> list[str]:
    """The names of the parts that are not there."""
    held = features_of(words)
    return [name for feature, name, _ in PARTS if feature not in held]


def limits_of(words: dict[str, object]) -> list[Limit]:
    """Limits that its grounds or its times look like, which the law does not allow."""
    grounds = [str(line) for name in ("grounds_for", "grounds_against") for line in words.get(name) or ()]  # type: ignore[attr-defined]
    return limits_in(*grounds, str(words.get("times") or ""))


def published(school: School) -> PublishedStatement | None:
    """What everybody reads now. Needs the school in scope."""
    return PublishedStatement.objects.filter(school=school, ended_on__isnull=True).first()


@dataclass(frozen=True)
class Review:
    """When the statement is next to be looked at. Once a year is recommended, and not law."""

    on: date
    named: bool
    overdue: bool
    soon: bool


def review_of(version: PublishedStatement, today: date) -> Review:
    """The day it names, else a year after it was published."""
    named = as_read(version.words)["next_review_on"]
    on = named if isinstance(named, date) else version.published_on + YEAR
    return Review(on, isinstance(named, date), on < today, today <= on <= today + SOON)
