"""Answering one of the questions that criteria ask about an activity, with what the answer rests on."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile
from careers.programme.models import Activity

BY_HAND = "somebody answered"
"""What an answer rests on where a person gave it. What a deed gives (`settle`) never takes its place."""
VERB = "judged an activity"


def judge(
    *, activity: Activity, answers: dict[str, Any], seen: dict[str, Any], because: str = BY_HAND, by: User
) -> list[str]:
    """Record a person's answers; the names of what changed. `answers` are facts of Activity, `seen` what the page showed of each.

    Raises ChangedMeanwhile where one is neither as it was seen nor as it is to become.
    """
    with transaction.atomic():
        now = _locked(activity)
        changed = {name: value for name, value in answers.items() if getattr(now, name) != value}
        if any(getattr(now, name) != seen[name] for name in changed):
            raise ChangedMeanwhile
        return _write(now, changed, because, by)


def settle(*, activity: Activity, answers: dict[str, Any], because: str, by: User | None) -> list[str]:
    """Record what a deed shows, such as that a message was sent, where nobody has answered yet. A person's no stays no."""
    with transaction.atomic():
        now = _locked(activity)
        open_still = {name: value for name, value in answers.items() if getattr(now, name) in (None, "")}
        return _write(now, open_still, because, by)


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update().get(pk=activity.pk)


def _write(now: Activity, changed: dict[str, Any], because: str, by: User | None) -> list[str]:
    if changed:
        both = {name: [getattr(now, name), value] for name, value in changed.items()}
        for name, value in changed.items():
            setattr(now, name, value)
        now.save(update_fields=list(changed))
        since = now.starts_on
        record(
            "judged an activity",
            by=by,
            school=now.school,
            subject=now,
            since=since,
            changed=both,
            because=because,
        )
    return list(changed)
