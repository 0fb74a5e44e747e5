"""Moving an activity to another day, week or half-term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.encounters.models import Encounter
from careers.planner.grid import MOVABLE, when_of
from careers.programme.actions import NotNow
from careers.programme.models import Activity, Session
from careers.schools.clock import today

PLACE = ("starts_on", "ends_on", "week_of", "half_term", "term")
"""The fields that say when an activity is."""
MARKS = (Encounter.Status.ATTENDED, Encounter.Status.ABSENT, Encounter.Status.EXCUSED)


@dataclass(frozen=True)
class Place:
    """When an activity is or was, as plain values: what an undoing needs."""

    starts_on: date | None = None
    ends_on: date | None = None
    week_of: date | None = None
    half_term: str = ""
    term: str = ""

    @classmethod
    def of(cls, activity: Activity) -> Place:
        return cls(*(getattr(activity, name) for name in PLACE))

    @classmethod
    def kept(cls, held: dict[str, Any]) -> Place:
        """From what `to_keep` gave."""
        days = {name: date.fromisoformat(held[name]) if held[name] else None for name in PLACE[:3]}
        return cls(**days, half_term=held["half_term"], term=held["term"])

    def to_keep(self) -> dict[str, str]:
        """For a session, which holds only text."""
        return {name: str(getattr(self, name) or "") for name in PLACE}


def move(*, activity: Activity, when: str, starts_on: date | None, stamp: str | None, by: User) -> Place | None:
    """Move it to a day (`starts_on`), else to a half-term's key or the Monday of a week (`when`), else to no time.

    Gives where it was, if it moved. Its last day and its sessions go with its day; without a day it has no last day. Places booked
    stay booked.
    Raises NotNow where it cannot be moved, `ChangedMeanwhile` where somebody else has moved it since `stamp` was made.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        held = {"when": when_of(now), "starts_on": now.starts_on}
        if not changes(held, {"when": when, "starts_on": starts_on}, stamp):
            return None
        was, week = Place.of(now), date.fromisoformat(when) if when[:1].isdigit() else None
        last = starts_on + (was.ends_on - was.starts_on) if starts_on and was.ends_on and was.starts_on else None
        _put(now, Place(starts_on, last, week, "" if week else when), by)
        return was


def put_back(*, activity: Activity, place: Place, stamp: str | None, by: User) -> bool:
    """Undo a move: put it where it was. Raises as `move` does."""
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        wanted = {"when": place.week_of.isoformat() if place.week_of else place.half_term, "starts_on": place.starts_on}
        if not changes({"when": when_of(now), "starts_on": now.starts_on}, wanted, stamp):
            return False
        _put(now, place, by)
        return True


def refused(activity: Activity) -> str:
    """Why it cannot be moved; nothing where it can. One query at most."""
    if activity.status not in MOVABLE:
        return f"This activity is {activity.get_status_display().lower()}, so it stays where it is."
    if Encounter.objects.filter(activity=activity, status__in=MARKS).exists():
        return "Pupils are marked in this activity's register, so it stays where it is."
    return ""


def _put(now: Activity, place: Place, by: User) -> None:
    if refusal := refused(now):
        raise NotNow(refusal)
    was = Place.of(now)
    _move_sessions(now, was.starts_on, place.starts_on)
    for name in PLACE:
        setattr(now, name, getattr(place, name))
    now.save(update_fields=PLACE)
    # Without a day it counts for nobody, so nothing before the first of its days can be touched.
    days = [day for day in (was.starts_on, place.starts_on) if day]
    since, said = min(days, default=today()), {"was": _said(was), "becomes": _said(place)}
    record("moved an activity", by=by, school=now.school, subject=now, since=since, title=now.title, moved=said)


def _move_sessions(now: Activity, was: date | None, day: date | None) -> None:
    held = list(Session.objects.filter(activity=now))
    if held and (was is None or day is None):
        raise NotNow("This activity has sessions on days of their own. Change those in its form.")
    if was and day:
        for each in held:
            each.day += timedelta(days=(day - was).days)
        Session.objects.bulk_update(held, ["day"])


def _said(place: Place) -> str:
    return str(place.starts_on or place.week_of or place.half_term or place.term or "no time")
