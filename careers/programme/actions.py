"""What people do to the programme: put an activity in it, say more about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.partners.models import Partner
from careers.programme import sessions as times
from careers.programme.models import Activity, ActivityGroup, ActivityPartner
from careers.pupils.models import Group
from careers.schools.models import School
from careers.schools.once import make_once

FREE_TEXT = (
    "note", "purpose", "learning_outcomes", "send_adjustments", "parents_involved", "agreed_with_partner", "status_reason",
)  # fmt: skip
"""The audit says that these changed, not what they say: somebody may have named a pupil."""


class NotNow(Exception):
    """The deed does not fit the activity's status. Its text says why."""


def add(
    *,
    school: School,
    facts: dict[str, Any],
    partners: Iterable[Partner],
    by: User,
    groups: Iterable[Group] = (),
    sessions: Sequence[str] = (),
    stamp: str | None = None,
) -> Activity:
    """Put an activity in the programme. `facts` are fields of Activity; `stamp` is the form's, so that twice is once.

    `sessions` are lines as `careers.programme.sessions` writes them. Its owner is `by` unless the facts name one.
    """
    with transaction.atomic():
        beside = {} if "owner" in facts else {"owner": by}
        activity, new = make_once(Activity, school=school, stamp=stamp, facts=facts, **beside)
        if new:
            _set_partners(activity, partners)
            _set_groups(activity, groups)
            times.put(activity, [times.read(line) for line in sessions])
            since = activity.starts_on
            record("added an activity", by=by, school=school, subject=activity, since=since, title=activity.title)
    return activity


def change(
    *,
    activity: Activity,
    facts: dict[str, Any],
    partners: Iterable[Partner],
    stamp: str | None,
    by: User,
    groups: Iterable[Group] | None = None,
    sessions: Sequence[str] | None = None,
) -> list[str]:
    """Record facts and judgements; the names of what changed. `groups` and `sessions` are left as they are where not given.

    Raises `careers.design.editing.ChangedMeanwhile` when `stamp` is no longer that of what is recorded.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        wanted = {partner.reference: partner for partner in partners}
        chosen = {group.reference: group for group in groups} if groups is not None else None
        given = {name: _said(name, value) for name, value in facts.items()} | {"partners": sorted(wanted)}
        held = {name: _said(name, getattr(now, name)) for name in facts} | {"partners": partners_of(now)}
        if chosen is not None:
            given["groups"], held["groups"] = sorted(chosen), groups_of(now)
        if sessions is not None:
            given["sessions"], held["sessions"] = list(sessions), times.lines_of(now)
        changed = changes(held, given, stamp)
        was = now.starts_on
        fields = [name for name in changed if name in facts]
        for name in fields:
            setattr(now, name, facts[name])
        if fields:
            now.save(update_fields=fields)
        if "partners" in changed:
            names = sorted(now.partners.values_list("name", flat=True))
            _set_partners(now, wanted.values())
            changed["partners"] = [names, sorted(partner.name for partner in wanted.values())]
        if "groups" in changed and chosen is not None:
            _set_groups(now, chosen.values())
        if "sessions" in changed:
            times.put(now, [times.read(line) for line in sessions or ()])
        if changed:
            since = earliest(was, now.starts_on)
            record(
                "changed an activity", by=by, school=now.school, subject=now, since=since, changed=_for_audit(changed)
            )
    return list(changed)


def earliest(*days: date | None) -> date | None:
    """The day from which a change between these can matter; None where one is not known."""
    return None if None in days else min(day for day in days if day)


def partners_of(activity: Activity) -> list[str]:
    """References of the partners who take part, in order."""
    return sorted(activity.partners.values_list("reference", flat=True))


def groups_of(activity: Activity) -> list[str]:
    """References of the forms, classes and groups it is for, in order."""
    return sorted(activity.groups.values_list("reference", flat=True))


def _said(name: str, value: Any) -> Any:
    """An owner as a form names one; anything else as it is."""
    if name != "owner":
        return value
    return person_key(value.pk) if value else ""


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


def _set_groups(activity: Activity, groups: Iterable[Group]) -> None:
    wanted = {group.pk: group for group in groups}
    held = ActivityGroup.objects.filter(activity=activity)
    held.exclude(group_id__in=wanted).delete()
    there = set(held.values_list("group_id", flat=True))
    ActivityGroup.objects.bulk_create(
        ActivityGroup(school=activity.school, activity=activity, group=group)
        for pk, group in wanted.items()
        if pk not in there
    )


def _for_audit(changed: dict[str, list[Any]]) -> dict[str, Any]:
    untold = (*FREE_TEXT, "owner", "groups", "sessions")
    return {name: "changed" if name in untold else [_plain(value) for value in both] for name, both in changed.items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (date, Decimal)) else value
