"""What people do to the log: book pupils' places, and take the register of an activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from careers.accounts.models import User
from careers.audit.record import record
from careers.encounters.models import EarlierMark, Encounter
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.clock import today

Status = Encounter.Status
TOOK = "took a register"
"""The verb of the audit: such a deed changes what is so of the pupils it concerns, and of nobody else."""
MARKS = (Status.ATTENDED, Status.ABSENT, Status.EXCUSED)
"""What a register says of a pupil."""
WORDS_OF = {str(mark): str(mark.label) for mark in MARKS}
NO_PLACE = ""
"""What the log says of a pupil who is not in it for an activity."""
UNMARKED = frozenset({NO_PLACE, Status.BOOKED, Status.OFFERED})
"""What no register has said anything about yet."""


@dataclass(frozen=True)
class Booked:
    """How many places were booked, and how many pupils had one already, whatever became of it."""

    new: int
    already: int


@dataclass(frozen=True)
class Taken:
    """What saving a register did: how many marks it changed, and the encounters it left as somebody else had marked them.

    `kept` were marked by somebody else while this person had the register open and touched nothing of theirs; `disputed` both
    marked, differently: nothing of theirs is saved, and the person is to choose.
    """

    changed: int
    kept: tuple[Encounter, ...]
    disputed: tuple[Encounter, ...]


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
            Encounter(school=now.school, activity=now, pupil=pupil, status=Status.BOOKED, recorded_by=by)
            for pupil in new
        )
        if new:
            who = [pupil.pk for pupil in new]
            since = now.starts_on
            record("booked places", by=by, school=now.school, subject=now, since=since, concerning=who, pupils=len(who))
    return Booked(len(new), len(there))


def usual_mark(seen: str) -> str:
    """The mark a register starts with: everyone is present, but for who was marked otherwise before."""
    return Status.ATTENDED if seen in (NO_PLACE, Status.BOOKED) else seen


def take_register(*, activity: Activity, marks: Mapping[Pupil, str], seen: Mapping[Pupil, str], by: User) -> Taken:
    """Say what became of pupils' places. Whoever has none is given one. A mark that is replaced is kept, with who gave it and when.

    `seen` is what the log said of each pupil when the register was opened. Marks are put together pupil by pupil, so two people
    who mark different pupils both have their way; who is meant is in `Taken`. An activity somebody attended becomes delivered.

    Raises NotNow for an activity whose register cannot be taken.
    """
    with transaction.atomic():
        # One register of an activity at a time: two would each give the same pupil a place.
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        if refusal := register_refused(now):
            raise NotNow(refusal)
        ours = {pupil: mark for pupil, mark in marks.items() if pupil.school_id == now.school_id and mark in MARKS}
        held = {e.pupil_id: e for e in Encounter.objects.filter(activity=now, pupil__in=ours)}
        wanted, kept, disputed = _put_together(ours, seen, held)
        changed = {pupil: mark for pupil, mark in wanted.items() if _said(held.get(pupil.pk)) != mark}
        if changed:
            _mark(now, changed, held, by)
            delivered = _deliver(now, changed.values())
            detail: dict[str, Any] = {**Counter(str(mark) for mark in changed.values())}
            if delivered:
                detail["delivered"] = True
            who = sorted(pupil.pk for pupil in changed)
            record(
                "took a register", by=by, school=now.school, subject=now, since=now.starts_on, concerning=who, **detail
            )
    return Taken(len(changed), tuple(kept), tuple(disputed))


def register_refused(activity: Activity) -> str:
    """Why an activity's register cannot be taken; nothing where it can."""
    if activity.status in (Activity.Status.PROPOSED, Activity.Status.CANCELLED):
        return f"This activity is {activity.get_status_display().lower()}, so it has no register."
    if activity.starts_on is None:
        return "This activity has no day yet, so its register cannot be taken."
    if activity.starts_on > today():
        return f"This activity is on {activity.starts_on:%-d %B %Y}. Its register can be taken from that day on."
    return ""


def _put_together(
    marks: Mapping[Pupil, str], seen: Mapping[Pupil, str], held: Mapping[int, Encounter]
) -> tuple[dict[Pupil, str], list[Encounter], list[Encounter]]:
    """The marks to record, the encounters somebody else marked that stay so, and those both marked, differently."""
    wanted: dict[Pupil, str] = {}
    kept, disputed = [], []
    for pupil, mark in marks.items():
        there, opened_on = held.get(pupil.pk), seen.get(pupil, NO_PLACE)
        if there is None or there.status in (mark, opened_on) or there.status in UNMARKED:
            wanted[pupil] = mark
        elif mark == usual_mark(opened_on):
            kept.append(there)
        else:
            disputed.append(there)
    return wanted, kept, disputed


def _said(encounter: Encounter | None) -> str:
    return NO_PLACE if encounter is None else encounter.status


def _mark(activity: Activity, changed: Mapping[Pupil, str], held: Mapping[int, Encounter], by: User) -> None:
    school, at = activity.school, timezone.now()
    there = {pupil: held[pupil.pk] for pupil in changed if pupil.pk in held}
    EarlierMark.objects.bulk_create(
        EarlierMark(
            school=school, encounter=e, status=e.status, recorded_by_id=e.recorded_by_id, recorded_at=e.recorded_at
        )
        for e in there.values()
        if e.status not in UNMARKED
    )
    for mark in set(changed.values()):
        keys = [encounter.pk for pupil, encounter in there.items() if changed[pupil] == mark]
        Encounter.objects.filter(pk__in=keys).update(status=mark, recorded_by=by, recorded_at=at)
    Encounter.objects.bulk_create(
        Encounter(school=school, activity=activity, pupil=pupil, status=mark, recorded_by=by)
        for pupil, mark in changed.items()
        if pupil not in there
    )


def _deliver(activity: Activity, marks: Iterable[str]) -> bool:
    """Somebody was there, so it was held."""
    if activity.status != Activity.Status.PLANNED or Status.ATTENDED not in marks:
        return False
    activity.status = Activity.Status.DELIVERED
    activity.save(update_fields=["status"])
    return True


def _may_be_booked(activity: Activity) -> None:
    if activity.status != Activity.Status.PLANNED:
        raise NotNow(f"This activity is {activity.get_status_display().lower()}, so nobody can be booked on it.")
    if activity.starts_on is not None and activity.starts_on < today():
        raise NotNow("This activity is past, so nobody can be booked on it.")
