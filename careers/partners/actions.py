"""What people do to partners: add one, put its facts right, say that it no longer works with the school."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.partners.facts import answers_of, stored
from careers.partners.models import Partner
from careers.schools.clock import today
from careers.schools.models import School
from careers.schools.once import make_once

MAY_BE_A_PERSON = ("name", "specialism", "town", "travel", "website")
"""The audit says that these changed, not what they say: a partner may be one self-employed person."""


def add(*, school: School, facts: dict[str, Any], by: User, stamp: str | None = None) -> Partner:
    """Put a partner on record. `facts` are those of `careers.partners.facts`; `stamp` is the form's, so that twice is once."""
    with transaction.atomic():
        partner, new = make_once(Partner, school=school, stamp=stamp, facts=stored(facts))
        if new:
            record("added a partner", by=by, school=school, subject=partner, kind=partner.kind)
    return partner


def change(*, partner: Partner, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Record facts of a partner; the names of what changed.

    Raises `careers.design.editing.ChangedMeanwhile` when `stamp` is no longer that of what is recorded.
    """
    with transaction.atomic():
        now = Partner.objects.select_for_update().get(pk=partner.pk)
        changed = changes(answers_of(now), facts, stamp)
        for name, value in stored({name: facts[name] for name in changed}).items():
            setattr(now, name, value)
        if changed:
            now.save()
            said = {name: "changed" if name in MAY_BE_A_PERSON else both for name, both in changed.items()}
            record("changed a partner", by=by, school=now.school, subject=now, changed=said)
    return list(changed)


def retire(*, partner: Partner, by: User) -> bool:
    """Say that a partner no longer works with the school, from today. What it did stays. False where that was said already."""
    with transaction.atomic():
        changed = Partner.objects.filter(pk=partner.pk, gone_on=None).update(gone_on=today())
        if changed:
            record("retired a partner", by=by, school=partner.school, subject=partner)
    return bool(changed)


def bring_back(*, partner: Partner, by: User) -> bool:
    """Say that it works with the school again. False where nobody had said otherwise."""
    with transaction.atomic():
        changed = Partner.objects.filter(pk=partner.pk).exclude(gone_on=None).update(gone_on=None)
        if changed:
            record("brought back a partner", by=by, school=partner.school, subject=partner)
    return bool(changed)
