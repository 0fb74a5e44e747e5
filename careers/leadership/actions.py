"""What people do to the school's own record: add to it, correct it, take something out; and choose how a rule is read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.leadership.models import ChosenReading, Milestone
from careers.programme.models import Activity
from careers.schools.models import School

FREE_TEXT = ("note",)
"""The audit says that these changed, not what they say."""


def add(*, school: School, kind: str, facts: dict[str, Any], by: User, activity: Activity | None = None) -> Milestone:
    """Put a milestone on record. `facts` are fields of Milestone."""
    with transaction.atomic():
        milestone = Milestone.objects.create(school=school, kind=kind, activity=activity, recorded_by=by, **facts)
        day = milestone.date.isoformat()
        record("added to the school's record", by=by, school=school, subject=milestone, kind=kind, date=day)
    return milestone


def correct(*, milestone: Milestone, facts: dict[str, Any], by: User) -> list[str]:
    """Put right what is recorded; the names of what changed."""
    with transaction.atomic():
        now = Milestone.objects.select_for_update().get(pk=milestone.pk)
        changed = {name: [getattr(now, name), value] for name, value in facts.items() if getattr(now, name) != value}
        if changed:
            for name, (_, value) in changed.items():
                setattr(now, name, value)
            now.recorded_by = by
            now.save()
            said = {name: "changed" if name in FREE_TEXT else _plain(both) for name, both in changed.items()}
            record("corrected the school's record", by=by, school=now.school, subject=now, kind=now.kind, changed=said)
    return list(changed)


def remove(*, milestone: Milestone, by: User) -> None:
    """Take out what should never have been recorded. What has ended is given its last day and stays."""
    with transaction.atomic():
        kind, day = milestone.kind, milestone.date.isoformat()
        record(
            "removed from the school's record", by=by, school=milestone.school, subject=milestone, kind=kind, date=day
        )
        milestone.delete()


def name_next_review(*, school: School, day: date, reviewed_on: date | None, by: User) -> None:
    """Say by which day the published careers information will next be reviewed and, where it has just been, on which day."""
    with transaction.atomic():
        if reviewed_on is not None:
            add(school=school, kind="information_reviewed", facts={"date": reviewed_on}, by=by)
        was, school.next_review_on = school.next_review_on, day
        school.save(update_fields=["next_review_on"])
        days = [was and was.isoformat(), day.isoformat()]
        record("named the next review", by=by, school=school, subject=school, changed={"next_review_on": days})


def choose_reading(*, school: School, framework: str, key: str, choice: str, by: User) -> None:
    """Choose how the school reads a question that a framework leaves open. Every standing is worked out afresh."""
    with transaction.atomic():
        held = ChosenReading.objects.filter(school=school, framework=framework, key=key).first()
        if held is not None and held.choice == choice:
            return
        ChosenReading.objects.update_or_create(
            school=school, framework=framework, key=key, defaults={"choice": choice, "chosen_by": by}
        )
        was = held.choice if held else "the default"
        record(
            "chose a reading", by=by, school=school, subject=school, rule=f"{framework} {key}", changed=[was, choice]
        )


def _plain(both: list[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in both]
