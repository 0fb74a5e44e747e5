"""Of whom a file for the local authority may be.

Education and Skills Act 2008: section 72 speaks of a pupil who attends, and lets the authority ask only for its support services.
Those are for young persons (13 and not yet 20) and relevant young adults (20 and not yet 25, with special educational needs):
sections 68 and 78(1), and 17(8) alike. Section 14 is narrower: over compulsory school age, under 18, without a level 3
qualification. That nobody younger than 13 belongs in a file is our reading, said in decision 0024.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from careers.protection.consent import may_be_followed
from careers.protection.sharing import birthday
from careers.pupils.models import Characteristic, Pupil, YearHeld
from careers.schools.models import School
from criteria.periods import AcademicYear

FROM, TO, TO_WITH_SEN = 13, 20, 25
"""Ages: from the first birthday, until the day before the others."""
YEAR_OF_13 = 9
"""The first year group in which everybody is 13: it decides where no date of birth is held."""
SEN = ("K", "E")
LEFT_WITHIN_YEARS = 2


@dataclass(frozen=True)
class Population:
    """Pupils by name, and how many of the same year groups are left out because of their age."""

    pupils: list[Pupil]
    outside: int


def population_of(school: School, *, purpose: str, year_groups: list[int], day: date) -> Population:
    """On roll in these year groups. For destinations also who left from them within two years, if they may be followed."""
    now = AcademicYear.containing(day).start_year
    years = YearHeld.objects.filter(
        school=school, academic_year__gte=now - LEFT_WITHIN_YEARS, academic_year__lte=now
    ).order_by("academic_year")
    latest: dict[int, int] = dict(years.values_list("pupil_id", "year_group"))
    wanted = [pk for pk, year in latest.items() if year in year_groups]
    found: Any = Pupil.objects.filter(school=school, pk__in=wanted).order_by("surname", "forename", "pk")
    pupils = list(found if purpose == "destinations" else found.on_roll(day))
    if purpose == "destinations":
        followed = may_be_followed(school, pupils, day)
        pupils = [pupil for pupil in pupils if pupil.pk in followed]
    with_sen = _with_sen(school, [pupil.pk for pupil in pupils], day)
    inside = [pupil for pupil in pupils if of_an_age(pupil, latest[pupil.pk], pupil.pk in with_sen, day)]
    return Population(inside, len(pupils) - len(inside))


def of_an_age(pupil: Pupil, year_group: int, has_sen: bool, day: date) -> bool:
    """Whether the authority's support services are for somebody of this age."""
    born = pupil.date_of_birth
    if born is None:
        return year_group >= YEAR_OF_13
    return birthday(born, FROM) <= day < birthday(born, TO_WITH_SEN if has_sen else TO)


def _with_sen(school: School, keys: list[int], day: date) -> set[int]:
    facts = Characteristic.objects.filter(school=school, pupil__in=keys, kind=Characteristic.Kind.SEN_PROVISION)
    facts = facts.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return set(facts.filter(value__in=SEN).values_list("pupil_id", flat=True))
