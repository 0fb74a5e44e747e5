"""What people do about learning outcomes: keep the school's own, and set those of an activity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.programme.models import Activity, ActivityOutcome, SchoolOutcome
from careers.schools.models import School
from careers.schools.once import make_once


def add_outcome(*, school: School, facts: dict[str, Any], by: User, stamp: str | None = None) -> SchoolOutcome:
    """Add one of the school's own. `facts` are fields of SchoolOutcome; `stamp` is the form's, so that twice is once."""
    with transaction.atomic():
        outcome, new = make_once(SchoolOutcome, school=school, stamp=stamp, facts=facts)
        if new:
            record("added a learning outcome", by=by, school=school, subject=outcome, area=outcome.area)
    return outcome


def change_outcome(*, outcome: SchoolOutcome, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Put one of the school's own right, or use it no longer; the names of what changed.

    Activities that carry it go on doing so. Raises ChangedMeanwhile when `stamp` is no longer that of what is recorded.
    """
    with transaction.atomic():
        now = SchoolOutcome.objects.select_for_update().get(pk=outcome.pk)
        changed = changes({name: getattr(now, name) for name in facts}, facts, stamp)
        if changed:
            for name, (_, value) in changed.items():
                setattr(now, name, value)
            now.save(update_fields=list(changed))
            said = {name: "changed" if name == "text" else both for name, both in changed.items()}
            record("changed a learning outcome", by=by, school=now.school, subject=now, changed=said)
    return list(changed)


def codes_of(activity: Activity) -> list[str]:
    """The codes of the outcomes set for an activity, in order."""
    return sorted(ActivityOutcome.objects.filter(activity=activity).values_list("outcome", flat=True))


def set_outcomes(*, activity: Activity, codes: Iterable[str], stamp: str | None, by: User) -> bool:
    """Set what pupils should learn, by codes; whether anything changed. It is then on record that outcomes are set.

    Taking the last away does not record the opposite: outcomes may be set in words. Raises ChangedMeanwhile as `changes` does.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        wanted = sorted(set(codes))
        changed = changes({"outcomes": codes_of(now)}, {"outcomes": wanted}, stamp)
        if changed:
            held, _ = changed["outcomes"]
            ActivityOutcome.objects.filter(activity=now).exclude(outcome__in=wanted).delete()
            ActivityOutcome.objects.bulk_create(
                ActivityOutcome(school=now.school, activity=now, outcome=code) for code in wanted if code not in held
            )
            if wanted and not now.learning_outcomes_set:
                changed["learning_outcomes_set"] = [now.learning_outcomes_set, True]
                now.learning_outcomes_set = True
                now.save(update_fields=["learning_outcomes_set"])
            record("set learning outcomes", by=by, school=now.school, subject=now, since=now.starts_on, changed=changed)
    return bool(changed)
