"""What people do to the log: book pupils' places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.clock import today


@dataclass(frozen=True)
class Booked:
    """How many places were booked, and how many pupils had one already, whatever became of it."""

    new: int
    already: int


def book(*, activity: Activity, pupils: Iterable[Pupil], by: User) -> Booked:
    """Book places for pupils of the activity's school. Done twice it changes nothing more: a place that is there is left as it is.

    Raises NotNow for an activity that is not planned, or is past.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        _may_be_booked(now)
        wanted = {pupil.pk: pupil for pupil in pupils if pupil.school_id == now.school_id}
        there = set(Encounter.objects.filter(activity=now, pupil__in=wanted).values_list("pupil_id", flat=True))
        new = [pupil for pk, pupil in wanted.items() if pk not in there]
        Encounter.objects.bulk_create(
            Encounter(school=now.school, activity=now, pupil=pupil, status=Encounter.Status.BOOKED, recorded_by=by)
            for pupil in new
        )
        if new:
            who = [pupil.pk for pupil in new]
            since = now.starts_on
            record("booked places", by=by, school=now.school, subject=now, since=since, concerning=who, pupils=len(who))
    return Booked(len(new), len(there))


def _may_be_booked(activity: Activity) -> None:
    if activity.status != Activity.Status.PLANNED:
        raise NotNow(f"This activity is {activity.get_status_display().lower()}, so nobody can be booked on it.")
    if activity.starts_on is not None and activity.starts_on < today():
        raise NotNow("This activity is past, so nobody can be booked on it.")
