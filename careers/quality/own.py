"""A pupil's own reflections: what they may still say, and on what."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.pupils.models import OwnRecord, Pupil
from careers.quality.meaning import TESTS
from careers.quality.models import Reflection
from careers.schools.clock import today
from careers.schools.models import School

LATELY = timedelta(weeks=6)
THERE = (Encounter.Status.ATTENDED, Encounter.Status.BOOKED)


def own_pupil(user: object, school: School) -> Pupil | None:
    """The pupil whose own record an account is for; None for anybody else, a parent too."""
    found = OwnRecord.objects.filter(school=school, user=user, relation=OwnRecord.Relation.SELF).select_related("pupil")
    held = found.first()
    return held.pupil if held else None


def may_be_said(pupil: Pupil) -> QuerySet[Activity]:
    """Encounters of the last weeks that the pupil was at, or had a place at whose register is not taken yet."""
    day = today()
    found = Activity.objects.filter(
        school=pupil.school_id, type__in=TESTS, starts_on__lte=day, starts_on__gte=day - LATELY,
        encounters__pupil=pupil, encounters__status__in=THERE,
    )  # fmt: skip
    return found.exclude(status=Activity.Status.CANCELLED).order_by("-starts_on", "title")


def still_to_say(pupil: Pupil) -> list[Activity]:
    """Those of them the pupil has said nothing of."""
    said = Reflection.objects.filter(school=pupil.school_id, pupil=pupil).values("activity_id")
    return list(may_be_said(pupil).exclude(pk__in=said))
