"""What becomes of an activity: proposed, planned, delivered, cancelled; from which to which, and with what reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.schools.clock import today
from careers.schools.models import School

Status = Activity.Status

OPEN_TO: dict[str, tuple[str, ...]] = {
    Status.PROPOSED: (Status.PLANNED, Status.CANCELLED),
    Status.PLANNED: (Status.PROPOSED, Status.DELIVERED, Status.CANCELLED),
    Status.DELIVERED: (Status.PLANNED, Status.CANCELLED),
    Status.CANCELLED: (Status.PROPOSED, Status.PLANNED),
}
"""What each may become. What pupils have attended stays delivered."""

REASONS = {
    "partner": "The partner cannot come",
    "staff": "Nobody is free to run it",
    "clash": "It clashes with something else",
    "pupils": "Too few pupils",
    "cost": "It costs too much",
    "instead": "Something else takes its place",
    "other": "Another reason",
}
"""Usual reasons. Their keys stand in the audit; own words do not, because they may name somebody."""


def attended(activity: Activity) -> bool:
    """Whether a register says that somebody was there."""
    return bool(activity.encounters.filter(status="attended").exists())  # type: ignore[attr-defined]


def has_come(activity: Activity) -> bool:
    """Whether its day is here or past."""
    return activity.starts_on is not None and activity.starts_on <= today()


def refused(activity: Activity, status: str) -> str:
    """Why an activity cannot become this now; nothing where it can. One query at most."""
    if status not in OPEN_TO[activity.status]:
        return f"This activity is {activity.get_status_display().lower()}, so it cannot become {Status(status).label.lower()}."
    if status == Status.DELIVERED and not has_come(activity):
        return "An activity is delivered once its day has come. Give it its day first."
    if activity.status == Status.DELIVERED and attended(activity):
        return "Pupils have attended this activity, so it stays delivered."
    return ""


def change_status(
    *, activity: Activity, status: str, why: str = "", words: str = "", stamp: str | None = None, by: User
) -> bool:
    """Make it this; whether anything changed. `why` is a key of REASONS, `words` are the person's own.

    Pupils' places stay as they are: what is cancelled or only proposed counts for nobody, and planned again, for whom it did.
    Raises NotNow where it cannot become this, `ChangedMeanwhile` where somebody else has changed it since the form was opened.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        if not changes({"status": now.status}, {"status": status}, stamp):
            return False
        if refusal := refused(now, status):
            raise NotNow(refusal)
        was, now.status, now.status_reason = now.status, status, reason_of(why, words)
        now.save(update_fields=["status", "status_reason"])
        _on_record(now, was, why, by)
    activity.status, activity.status_reason = now.status, now.status_reason
    return True


MANY_FROM: dict[str, tuple[str, ...]] = {
    Status.PLANNED: (Status.PROPOSED,),
    Status.CANCELLED: (Status.PROPOSED, Status.PLANNED),
}
"""What many may become at once, and from what. What was held or cancelled is looked at one by one."""


def change_statuses(
    *, school: School, seen: Mapping[str, str], status: str, why: str = "", words: str = "", by: User
) -> tuple[list[Activity], list[Activity]]:
    """Confirm or cancel many at once: those that changed, and those left because somebody had changed them meanwhile.

    `seen` is the status at which each was seen, by reference. What is already what it is to be is in neither list.
    """
    done, left = [], []
    with transaction.atomic():
        for now in _asked(school, seen).select_for_update():
            if now.status == status:
                continue
            if now.status != seen[now.reference] or now.status not in MANY_FROM[status]:
                left.append(now)
                continue
            was, now.status, now.status_reason = now.status, status, reason_of(why, words)
            now.save(update_fields=["status", "status_reason"])
            _on_record(now, was, why, by)
            done.append(now)
    return done, left


def _asked(school: School, references: Iterable[str]) -> QuerySet[Activity]:
    return Activity.objects.filter(school=school, reference__in=list(references)).order_by("title", "pk")


def reason_of(why: str, words: str) -> str:
    """What is kept: the usual reason, the person's words, or both."""
    usual = REASONS.get(why, "") if why != "other" else ""
    return ": ".join(part for part in (usual, words.strip()) if part)[:300]


def _on_record(activity: Activity, was: str, why: str, by: User) -> None:
    beside: dict[str, Any] = {
        "by": by, "school": activity.school, "subject": activity, "since": activity.starts_on, "title": activity.title,
        "was": was, **({"reason": why} if why else {}),
    }  # fmt: skip
    if activity.status == Status.CANCELLED:
        record("cancelled an activity", **beside)
    elif activity.status == Status.PROPOSED:
        record("proposed an activity", **beside)
    elif activity.status == Status.DELIVERED:
        record("said that an activity was held", **beside)
    else:
        record("confirmed an activity", **beside)
