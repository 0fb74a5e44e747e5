"""What people do to the statement: write it, publish it, withdraw it. The school's own record follows by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.leadership import actions as leadership
from careers.leadership.models import Milestone
from careers.provider_access.models import PublishedStatement, Statement
from careers.provider_access.statement import as_kept, features_of, words_of
from careers.schools.clock import today
from careers.schools.models import School

POLICY = "access_policy_published"
TITLE = "Provider access policy statement"


class StatementRefused(Exception):
    """It cannot be done now. Its text says why."""


def write(*, school: School, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Change what the draft says; the names of what changed. Raises ChangedMeanwhile."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # there may be no statement to lock
        held = Statement.objects.filter(school=school).first() or Statement(school=school)
        changed = changes({name: getattr(held, name) for name in facts}, facts, stamp)
        if changed:
            for name in changed:
                setattr(held, name, facts[name])
            held.changed_by = by
            held.save()
            record("wrote the access statement", by=by, school=school, subject=held, fields=sorted(changed))
    return list(changed)


def publish(*, school: School, by: User) -> PublishedStatement:
    """Publish the draft as the next version, and put on the school's record what it really contains.

    Published again without a change, it stays the version it is. Raises StatementRefused where it says nothing to anybody.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        draft = Statement.objects.filter(school=school).first()
        if draft is None or not (draft.procedure and (draft.contact_email or draft.contact_phone)):
            raise StatementRefused(
                "Say how to ask for access, and give an e-mail address or a telephone number to ask at."
            )
        words = as_kept(words_of(draft))
        latest = PublishedStatement.objects.filter(school=school).first()
        if latest and latest.ended_on is None and latest.words == words:
            return latest
        if latest and latest.ended_on is None:
            _end(latest)
        milestone = _on_record(school, features_of(words), by)
        number = latest.number + 1 if latest else 1
        made = PublishedStatement.objects.create(
            school=school, number=number, words=words, published_on=today(), published_by=by, milestone=milestone
        )
        record("published the access statement", by=by, school=school, subject=made, version_number=number)
    return made


def withdraw(*, school: School, by: User) -> None:
    """Nobody can read it any more. Raises StatementRefused where nobody could."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        found = PublishedStatement.objects.filter(school=school, ended_on__isnull=True).first()
        if found is None:
            raise StatementRefused("It is not published.")
        _end(found)
        for standing in _standing(school):
            _take_off(standing, by)
        record("withdrew the access statement", by=by, school=school, subject=found, version_number=found.number)


def _end(version: PublishedStatement) -> None:
    version.ended_on = today()
    version.save(update_fields=["ended_on"])


def _standing(school: School) -> list[Milestone]:
    """What the school's record says stands as its policy, whoever put it there."""
    found = Milestone.objects.filter(school=school, kind=POLICY, status="done", until__isnull=True)
    return list(found.order_by("date", "pk"))


def _on_record(school: School, features: list[str], by: User) -> Milestone:
    """One milestone stands and says what the published version contains: the one there is, where it says so already."""
    standing = _standing(school)
    same = [each for each in standing if sorted(each.features or []) == sorted(features) and each.on_website]
    for other in standing:
        if not same or other.pk != same[0].pk:
            _take_off(other, by)
    if same:
        return same[0]
    facts = {"date": today(), "status": "done", "title": TITLE, "features": features, "on_website": True}
    return leadership.add(school=school, kind=POLICY, facts=facts, by=by)


def _take_off(milestone: Milestone, by: User) -> None:
    """It held until yesterday. What was put on record today never held for a day, so it is taken out."""
    if milestone.date >= today():
        leadership.remove(milestone=milestone, seen={}, stamp=None, by=by)
    else:
        leadership.correct(milestone=milestone, facts={"until": today() - timedelta(days=1)}, stamp=None, by=by)
