"""What people do to the programme: put an activity in it, say more about it, confirm it, cancel it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools.models import School

FREE_TEXT = ("note", "purpose", "learning_outcomes")
"""The audit says that these changed, not what they say: somebody may have named a pupil."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the activity while it was being edited."""


class NotNow(Exception):
    """The deed does not fit the activity's status. Its text says why."""


def stamp_of(activity: Activity) -> str:
    """Stands for everything recorded about an activity: a different stamp means that something was changed."""
    fields = {field.name: field.value_from_object(activity) for field in Activity._meta.concrete_fields}
    held = json.dumps([fields, sorted(_partners(activity))], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()[:24]


def add(*, school: School, facts: dict[str, Any], partners: Iterable[Partner], by: User) -> Activity:
    """Put an activity in the programme. `facts` are fields of Activity."""
    with transaction.atomic():
        activity = Activity.objects.create(school=school, owner=by, **facts)
        _set_partners(activity, partners)
        since = activity.starts_on
        record("added an activity", by=by, school=school, subject=activity, since=since, title=activity.title)
    return activity


def change(
    *, activity: Activity, facts: dict[str, Any], partners: Iterable[Partner], stamp: str, by: User
) -> list[str]:
    """Record facts and judgements; the names of what changed. Raises ChangedMeanwhile when `stamp` is no longer the activity's."""
    partners = list(partners)
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        if stamp_of(now) != stamp:
            raise ChangedMeanwhile
        was = now.starts_on
        changed = {name: [getattr(now, name), value] for name, value in facts.items() if getattr(now, name) != value}
        for name, value in facts.items():
            setattr(now, name, value)
        if changed:
            now.save(update_fields=list(changed))
        if {partner.pk for partner in partners} != set(_partners(now)):
            names = sorted(now.partners.values_list("name", flat=True))
            _set_partners(now, partners)
            changed["partners"] = [names, sorted(partner.name for partner in partners)]
        if changed:
            days = [was, now.starts_on]
            since = None if None in days else min(day for day in days if day)
            record(
                "changed an activity", by=by, school=now.school, subject=now, since=since, changed=_for_audit(changed)
            )
    return list(changed)


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


def _partners(activity: Activity) -> Iterable[int]:
    return ActivityPartner.objects.filter(activity=activity).values_list("partner_id", flat=True)


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
