"""Saying whom to ask about data, and publishing a notice. Each is audited."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.protection.notice import as_kept, draft
from careers.protection.record_of_notices import DataContact, PublishedNotice
from careers.schools.clock import today
from careers.schools.models import School


class NoticeRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def set_contact(*, school: School, facts: dict[str, Any], by: User) -> None:
    """`facts` are fields of DataContact."""
    with transaction.atomic():
        contact, _ = DataContact.objects.update_or_create(school=school, defaults=facts)
        record("said whom to ask about data", by=by, school=school, subject=contact)


def publish(*, school: School, audience: str, by: User) -> PublishedNotice:
    """Everybody can read the notice as it is now. Raises NoticeRefused while it says of nobody whom to ask."""
    contact = DataContact.of(school)
    if not contact.officer or not contact.email:
        raise NoticeRefused("Say first whom to ask about data: the law wants it in every notice.")
    with transaction.atomic():
        words = {"parts": as_kept(draft(school, audience)), "published_on": today(), "published_by": by}
        notice, _ = PublishedNotice.objects.update_or_create(school=school, audience=audience, defaults=words)
        record("published a privacy notice", by=by, school=school, subject=notice, audience=audience)
    return notice


def withdraw(*, school: School, audience: str, by: User) -> None:
    """Nobody can read it any more at its public address."""
    with transaction.atomic():
        if PublishedNotice.objects.filter(school=school, audience=audience).delete()[0]:
            record("withdrew a privacy notice", by=by, school=school, audience=audience)
