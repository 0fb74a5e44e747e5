"""What people do to the school's own record: add to it, correct it, take something out; and choose how a rule is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile, changes, stamp_of
from careers.leadership.models import ChosenReading, Milestone
from careers.programme.models import Activity
from careers.schools.models import School
from careers.schools.once import make_once

REVIEWED = "information_reviewed"
FREE_TEXT = ("note",)
"""The audit says that these changed, not what they say."""


def add(
    *,
    school: School,
    kind: str,
    facts: dict[str, Any],
    by: User,
    activity: Activity | None = None,
    stamp: str | None = None,
) -> Milestone:
    """Put a milestone on record. `facts` are fields of Milestone; `stamp` is the form's, so that twice is once."""
    with transaction.atomic():
        milestone, new = make_once(
            Milestone, school=school, stamp=stamp, facts={**facts, "kind": kind}, activity=activity, recorded_by=by
        )
        if new:
            day = milestone.date.isoformat()
            record("added to the school's record", by=by, school=school, subject=milestone, kind=kind, date=day)
    return milestone


def correct(*, milestone: Milestone, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Put right what is recorded; the names of what changed.

    Raises ChangedMeanwhile when `stamp` is no longer that of what is recorded.
    """
    with transaction.atomic():
        now = Milestone.objects.select_for_update().get(pk=milestone.pk)
        changed = changes({name: getattr(now, name) for name in facts}, facts, stamp)
        if changed:
            for name, (_, value) in changed.items():
                setattr(now, name, value)
            now.recorded_by = by
            now.save()
            said = {name: "changed" if name in FREE_TEXT else _plain(both) for name, both in changed.items()}
            record("corrected the school's record", by=by, school=now.school, subject=now, kind=now.kind, changed=said)
    return list(changed)


def remove(*, milestone: Milestone, seen: Mapping[str, Any], stamp: str | None, by: User) -> None:
    """Take out what should never have been recorded. What has ended is given its last day and stays.

    `seen` names the fields that whoever removes it was shown. Raises ChangedMeanwhile when one has changed since.
    """
    with transaction.atomic():
        now = Milestone.objects.select_for_update().get(pk=milestone.pk)
        if stamp is not None and stamp != stamp_of({name: getattr(now, name) for name in seen}):
            raise ChangedMeanwhile
        kind, day = now.kind, now.date.isoformat()
        record("removed from the school's record", by=by, school=now.school, subject=now, kind=kind, date=day)
        now.delete()


def name_next_review(
    *, school: School, day: date, reviewed_on: date | None, by: User, stamp: str | None = None
) -> None:
    """Say by which day the published careers information will next be reviewed and, where it has just been, on which day.

    Raises ChangedMeanwhile when `stamp` is no longer that of the day on record.
    """
    with transaction.atomic():
        now = School.objects.select_for_update().get(pk=school.pk)
        changed = changes({"next_review_on": now.next_review_on}, {"next_review_on": day}, stamp)
        reviews = Milestone.objects.filter(school=school, kind=REVIEWED, date=reviewed_on)
        if reviewed_on is not None and not reviews.exists():
            add(school=school, kind=REVIEWED, facts={"date": reviewed_on}, by=by)
        if changed:
            School.objects.filter(pk=school.pk).update(next_review_on=day)
            days = _plain(changed["next_review_on"])
            record("named the next review", by=by, school=school, subject=school, changed={"next_review_on": days})
        school.next_review_on = day


def choose_reading(
    *, school: School, framework: str, key: str, choice: str, by: User, stamp: str | None = None
) -> None:
    """Choose how the school reads a question that a framework leaves open. Every standing is worked out afresh.

    Raises ChangedMeanwhile when `stamp` is no longer that of the choice on record (`recorded_choice`).
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # there may be no row of the choice to lock
        held = ChosenReading.objects.filter(school=school, framework=framework, key=key).first()
        changed = changes(recorded_choice(held), {"choice": choice}, stamp)
        if not changed:
            return
        ChosenReading.objects.update_or_create(
            school=school, framework=framework, key=key, defaults={"choice": choice, "chosen_by": by}
        )
        was = held.choice if held else "the default"
        record(
            "chose a reading", by=by, school=school, subject=school, rule=f"{framework} {key}", changed=[was, choice]
        )


def recorded_choice(held: ChosenReading | None) -> dict[str, str | None]:
    """What is recorded of a reading, for its form's stamp: nothing, while the default holds."""
    return {"choice": held.choice if held else None}


def _plain(both: list[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in both]
