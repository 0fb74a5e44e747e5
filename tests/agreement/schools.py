"""Random schools in the database, over everything that is lent to criteria: what is known, not known and known to be nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models
from django_scopes import scopes_disabled

from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Pupil
from careers.schools.models import School
from criteria.tables import OCCASION_COLUMNS, Kind
from tests.makers import TODAY, make_pupil, make_school, put_in_group

SUBJECTS = ("Art", "Mathematics", "Physics", "")
TYPES = [
    *(Activity.Type.EMPLOYER_ENCOUNTER, Activity.Type.WORKPLACE_EXPERIENCE, Activity.Type.PROVIDER_ENCOUNTER),
    *(
        Activity.Type.CAREERS_EVENT,
        Activity.Type.GUIDANCE_MEETING,
        Activity.Type.LMI_USE,
        Activity.Type.CURRICULUM_LINK,
    ),
    *(Activity.Type.SURVEY, Activity.Type.DESTINATION),
]
FLAGS = (True, True, True, True, True, False, None)


def make_random_school(seed: int) -> tuple[School, list[Pupil]]:
    """A school, its pupils in every year group and their log over several years."""
    dice = Random(seed)
    school = make_school(kind=School.Kind.SPECIAL if seed % 5 == 4 else School.Kind.MAINSTREAM)
    with scopes_disabled():
        pupils = [_pupil(school, dice, year) for year in (7, 8, 9, 9, 10, 11, 11, 12, 13, 13)]
        partners = [_partner(school, dice, number) for number in range(6)]
        activities = Activity.objects.bulk_create(_activity(school, dice, number) for number in range(90))
        ActivityPartner.objects.bulk_create(
            ActivityPartner(school=school, activity=activity, partner=partner)
            for activity in activities
            for partner in dice.sample(partners, dice.choice((0, 1, 1, 2, 3)))
        )
        Encounter.objects.bulk_create(
            Encounter(school=school, pupil=pupil, activity=activity, status=_status(dice))
            for activity in activities
            for pupil in pupils
            if dice.random() < 0.6
        )
    return school, pupils


def _pupil(school: School, dice: Random, year_group: int) -> Pupil:
    entered = date(TODAY.year - (year_group - 7), 9, 1)
    pupil = make_pupil(
        school,
        year_group,
        joined_on=dice.choice((entered, entered, None, date(2025, 10, 20))),
        left_on=dice.choice((None, None, None, date(2026, 8, 31), date(2027, 7, 31))) if year_group > 7 else None,
        considering_he=dice.choice(FLAGS),
        in_benchmark_cohort=dice.choice(FLAGS),
        date_of_birth=dice.choice(
            (None, date(TODAY.year - (year_group + 4), dice.randint(1, 12), 29 - dice.randint(1, 28)))
        ),
    )
    for subject in dice.sample(SUBJECTS[:3], dice.choice((0, 1, 2))):
        put_in_group(pupil, f"{year_group} {subject}", kind="class", subject=subject)
    return pupil


def _partner(school: School, dice: Random, number: int) -> Partner:
    return Partner.objects.create(
        school=school,
        name=f"Partner {number}",
        kind=dice.choice(("employer", "provider", "provider", "provider", "other")),
        provider_kind=dice.choice(("", *Partner.ProviderKind.values)),
        pal_eligible=dice.choice(FLAGS),
    )


def _activity(school: School, dice: Random, number: int) -> Activity:
    day = dice.choice((None, *[TODAY + timedelta(days=dice.randint(-1800, 250))] * 12))
    stored = {c.name: _value(c.name, c.kind, dice) for c in OCCASION_COLUMNS if c.name not in _NOT_STORED}
    return Activity(
        **stored,
        school=school,
        title=f"Activity {number}",
        type=dice.choice(TYPES),
        status=dice.choice(("delivered", "delivered", "delivered", "planned", "cancelled", "proposed")),
        academic_year=2026,
        starts_on=day,
    )


_NOT_STORED = {"date", "type", "employers", "provider_kinds", "eligible_providers"}


def _value(name: str, kind: Kind, dice: Random) -> Any:
    field = Activity._meta.get_field(name)
    if kind is Kind.FLAG:
        return dice.choice(FLAGS)
    if kind is Kind.NUMBER:
        return dice.choice((None, Decimal("0.5"), Decimal(1), Decimal("2.5"), Decimal(10)))
    if kind is Kind.INTEGER:
        return dice.choice((None, 1, 2, 3, 6, 7))
    if name == "subject":
        return dice.choice(SUBJECTS)
    assert isinstance(field, models.CharField)
    return dice.choice(("", *[value for value, _ in field.choices or ()]))


def _status(dice: Random) -> str:
    return dice.choice(("attended", "attended", "attended", "booked", *Encounter.Status.values))
