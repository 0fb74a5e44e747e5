"""What people do to the programme: put an activity in it, say more about it, confirm it, cancel it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools.models import School
from careers.schools.once import make_once

FREE_TEXT = ("note", "purpose", "learning_outcomes")
"""The audit says that these changed, not what they say: somebody may have named a pupil."""


class NotNow(Exception):
    """The deed does not fit the activity's status. Its text says why."""


def add(
    *, school: School, facts: dict[str, Any], partners: Iterable[Partner], by: User, stamp: str | None = None
) -> Activity:
    """Put an activity in the programme. `facts` are fields of Activity; `stamp` is the form's, so that twice is once."""
    with transaction.atomic():
        activity, new = make_once(Activity, school=school, stamp=stamp, facts=facts, owner=by)
        if new:
            _set_partners(activity, partners)
            since = activity.starts_on
            record("added an activity", by=by, school=school, subject=activity, since=since, title=activity.title)
    return activity


def change(
    *, activity: Activity, facts: dict[str, Any], partners: Iterable[Partner], stamp: str | None, by: User
) -> list[str]:
    """Record facts and judgements; the names of what changed.

    Raises `careers.design.editing.ChangedMeanwhile` when `stamp` is no longer that of what is recorded.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        wanted = {partner.reference: partner for partner in partners}
        held = {name: getattr(now, name) for name in facts} | {"partners": partners_of(now)}
        changed = changes(held, {**facts, "partners": sorted(wanted)}, stamp)
        was = now.starts_on
        fields = [name for name in changed if name != "partners"]
        for name in fields:
            setattr(now, name, facts[name])
        if fields:
            now.save(update_fields=fields)
        if "partners" in changed:
            names = sorted(now.partners.values_list("name", flat=True))
            _set_partners(now, wanted.values())
            changed["partners"] = [names, sorted(partner.name for partner in wanted.values())]
        if changed:
            days = [was, now.starts_on]
            since = None if None in days else min(day for day in days if day)
            record(
                "changed an activity", by=by, school=now.school, subject=now, since=since, changed=_for_audit(changed)
            )
    return list(changed)


def partners_of(activity: Activity) -> list[str]:
    """References of the partners who take part, in order."""
    return sorted(activity.partners.values_list("reference", flat=True))


def confirm(*, activity: Activity, by: User) -> None:
    """Plan an activity that was only proposed, or take back its cancelling."""
    _set_status(activity, {"proposed", "cancelled"}, Activity.Status.PLANNED, "confirmed an activity", by)


def cancel(*, activity: Activity, by: User) -> None:
    """Take an activity out of the plan. It stays on the list and can be confirmed again. What was attended cannot be cancelled."""
    if activity.encounters.filter(status="attended").exists():  # type: ignore[attr-defined]
        raise NotNow("Pupils have attended this activity, so it cannot be cancelled.")
    _set_status(activity, {"proposed", "planned", "delivered"}, Activity.Status.CANCELLED, "cancelled an activity", by)


def _set_status(activity: Activity, allowed: set[str], status: Activity.Status, verb: str, by: User) -> None:
    with transaction.atomic():
        found = Activity.objects.filter(pk=activity.pk, status__in=allowed)
        if not found.update(status=status):
            raise NotNow(
                f"This activity is {Activity.objects.get(pk=activity.pk).get_status_display().lower()} already."
            )
        since = activity.starts_on
        record(verb, by=by, school=activity.school, subject=activity, since=since, title=activity.title)
    activity.status = status


def _set_partners(activity: Activity, partners: Iterable[Partner]) -> None:
    wanted = {partner.pk: partner for partner in partners}
    held = ActivityPartner.objects.filter(activity=activity)
    held.exclude(partner_id__in=wanted).delete()
    there = set(held.values_list("partner_id", flat=True))
    ActivityPartner.objects.bulk_create(
        ActivityPartner(school=activity.school, activity=activity, partner=partner)
        for pk, partner in wanted.items()
        if pk not in there
    )


def _for_audit(changed: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        name: "changed" if name in FREE_TEXT else [_plain(value) for value in both] for name, both in changed.items()
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (date, Decimal)) else value
