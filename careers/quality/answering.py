"""What pupils and partners say of an activity, and taking away what a pupil should not have written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_scopes import scope

from careers.accounts.models import User
from careers.audit.record import record
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.quality.models import Feedback, Link, Reflection
from careers.schools.clock import today
from careers.schools.once import make_once

MOST_REFLECTIONS = 1000
"""Through one link's activity. A whole year group is about 300: beyond this somebody is playing."""
MOST_ANSWERS = 10
"""Of one partner through one link."""


class EnoughSaid(Exception):
    """No more is taken through this link."""


def reflect(*, link: Link, facts: dict[str, Any], stamp: str) -> Reflection:
    """Keep what somebody says who opened the link: nobody knows who. Sent twice it is kept once. Raises EnoughSaid."""
    with scope(school=link.school), transaction.atomic():
        if Reflection.objects.filter(activity=link.activity, pupil=None).count() >= MOST_REFLECTIONS:
            raise EnoughSaid
        said, new = make_once(
            Reflection, school=link.school, stamp=stamp, facts={**facts, "activity": link.activity}, said_on=today()
        )
        if new:
            record("reflected by a link", by=None, school=link.school, subject=link.activity, changes=False)
    return said


def reflect_as(*, activity: Activity, pupil: Pupil, facts: dict[str, Any], by: User) -> Reflection:
    """Keep what a pupil says of an activity on their own record, in place of what they said before."""
    with transaction.atomic():
        said, _ = Reflection.objects.update_or_create(
            school=activity.school, activity=activity, pupil=pupil, defaults={**facts, "said_on": today()}
        )
        record(
            "reflected on an activity", by=by, school=activity.school, subject=activity, changes=False,
            concerning=[pupil.pk],
        )  # fmt: skip
    return said


def remove(*, reflection: Reflection, by: User) -> None:
    """Take a reflection away for good."""
    with transaction.atomic():
        whom = [reflection.pupil_id] if reflection.pupil_id else ()
        record(
            "removed a reflection", by=by, school=reflection.school, subject=reflection.activity, changes=False,
            concerning=whom,
        )  # fmt: skip
        reflection.delete()


def say_how_it_went(*, link: Link, facts: dict[str, Any], stamp: str) -> Feedback:
    """Keep a partner's answer, beside any earlier one. Sent twice it is kept once. Raises EnoughSaid."""
    with scope(school=link.school), transaction.atomic():
        if Feedback.objects.filter(link=link).count() >= MOST_ANSWERS:
            raise EnoughSaid
        said, new = make_once(Feedback, school=link.school, stamp=stamp, facts={**facts, "link": link}, said_on=today())
        if new:
            record("said how it went by a link", by=None, school=link.school, subject=link.activity, changes=False)
    return said
