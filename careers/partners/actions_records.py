"""What people do to what is recorded of a partner: its contacts, offers and checks, and how something went."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile, changes, stamp_of
from careers.partners.models import Contact, Partner, PartnerRecord, Remark
from careers.partners.records import Kind
from careers.schools.clock import today
from careers.schools.once import make_once


def add(*, partner: Partner, kind: Kind, facts: dict[str, Any], by: User, stamp: str | None = None) -> PartnerRecord:
    """Record something of a partner. Sent twice it is recorded once."""
    with transaction.atomic():
        made, new = make_once(kind.model, school=partner.school, stamp=stamp, facts=facts, partner=partner)
        if new:
            record("added to a partner's record", by=by, school=partner.school, subject=partner, what=kind.word)
    return made


def remark(*, partner: Partner, activity: str, facts: dict[str, Any], by: User, stamp: str | None = None) -> Remark:
    """Record how an activity (its reference) went with a partner."""
    beside = {"partner": partner, "occasion": activity, "written_by": by}
    with transaction.atomic():
        made, new = make_once(Remark, school=partner.school, stamp=stamp, facts=facts, **beside)
        if new:
            record("added to a partner's record", by=by, school=partner.school, subject=partner, what="remark")
    return made


def change(*, kind: Kind, found: PartnerRecord, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Put right what is recorded; the names of what changed. What it says is not put in the audit: a contact is a person.

    A contact looked at and saved is known to be right today. Raises ChangedMeanwhile when `stamp` is no longer that of
    what is recorded.
    """
    with transaction.atomic():
        now = kind.model.objects.select_for_update().get(pk=found.pk)
        changed = list(changes({name: getattr(now, name) for name in facts}, facts, stamp))
        for name in changed:
            setattr(now, name, facts[name])
        if isinstance(now, Contact) and now.right_on != today():
            now.right_on = today()
            changed.append("right_on")
        if changed:
            now.save()
            about, what = now.partner, kind.word
            record(
                "changed a partner's record",
                by=by,
                school=now.school,
                subject=about,
                what=what,
                changed=sorted(changed),
            )
    return changed


def remove(*, kind: Kind, found: PartnerRecord, stamp: str | None, by: User) -> None:
    """Take something out for good. Raises ChangedMeanwhile when it is no longer what whoever removes it was shown."""
    with transaction.atomic():
        now = kind.model.objects.select_for_update().get(pk=found.pk)
        if stamp is not None and stamp != stamp_of(kind.answers_of(now)):
            raise ChangedMeanwhile
        record("removed from a partner's record", by=by, school=now.school, subject=now.partner, what=kind.word)
        now.delete()
