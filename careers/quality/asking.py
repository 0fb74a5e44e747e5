"""Asking pupils what they took from an activity, and a partner how it went: making links, sending them, closing them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django_scopes import scope

from careers.accounts.models import User
from careers.accounts.posting import send
from careers.audit.record import record
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.quality.links import address_of, code_of, digest_of
from careers.quality.models import Link
from careers.schools.clock import today
from careers.schools.models import make_reference

WEEKS = {Link.Kind.REFLECTION: timedelta(weeks=4), Link.Kind.FEEDBACK: timedelta(weeks=6)}
"""How long a link works after the activity, or after it is made, whichever is later."""


def ask_pupils(*, activity: Activity, by: User) -> Link:
    """Open the link for reflection. Open already, it works as long again. A poster is not time: it answers no test."""
    with transaction.atomic():
        link = _open(activity, Link.Kind.REFLECTION, None, by)
        record("asked pupils to reflect", by=by, school=activity.school, subject=activity, changes=False)
    return link


def ask_partner(*, activity: Activity, partner: Partner, email: str, at: str, by: User) -> Link:
    """Open a partner's link, or let the open one work as long again. With an address, send it there once this is committed."""
    with transaction.atomic():
        link = _open(activity, Link.Kind.FEEDBACK, partner, by)
        Link.objects.filter(pk=link.pk).update(email=email, sent=None)
        link.email, link.sent = email, None
        record("asked a partner how it went", by=by, school=activity.school, subject=activity, changes=False)
        if email:
            transaction.on_commit(lambda: _post(link, at))
    return link


def close(*, link: Link, by: User) -> None:
    """The link opens nothing from now on. What was said stays."""
    with transaction.atomic():
        if Link.objects.filter(pk=link.pk, closed=False).update(closed=True):
            record("closed a link", by=by, school=link.school, subject=link.activity, changes=False, kind=link.kind)


def _open(activity: Activity, kind: Link.Kind, partner: Partner | None, by: User) -> Link:
    day = today()
    last = max(activity.ends_on or activity.starts_on or day, day) + WEEKS[kind]
    Activity.objects.select_for_update().get(pk=activity.pk)  # two people at once make one link
    held = Link.objects.filter(activity=activity, kind=kind, partner=partner, closed=False).first()
    if held is not None and held.last_day >= day and held.digest == digest_of(code_of(kind, held.reference)):
        Link.objects.filter(pk=held.pk).update(last_day=last)
        held.last_day = last
        return held
    if held is not None:
        Link.objects.filter(pk=held.pk).update(closed=True)
    reference = make_reference()
    return Link.objects.create(
        school=activity.school,
        activity=activity,
        kind=kind,
        partner=partner,
        reference=reference,
        digest=digest_of(code_of(kind, reference)),
        asked_by=by,
        asked_on=day,
        last_day=last,
    )


def _post(link: Link, at: str) -> None:
    """A mail server that is down loses no link: that the message did not go is kept and shown."""
    sent = send(to=link.email, subject=f"{link.activity.title}: how did it go?", words=letter(link, at))
    with transaction.atomic(), scope(school=link.school):
        Link.objects.filter(pk=link.pk).update(sent=sent)


def letter(link: Link, at: str) -> str:
    """The words of the message to a partner. Names no pupil."""
    activity, until = link.activity, link.last_day
    held = f" on {_day(activity.starts_on)}" if activity.starts_on else ""
    return f"""Thank you for {activity.title}{held}.

How did it go? It is about two minutes, and you need no account:

{address_of(link, at)}

The link works until {_day(until)}. What you say is read by the staff of {link.school.name} who answer for its careers programme.
Please name no pupil. If you are worried about a pupil, ring the school and ask for its designated safeguarding lead.

{link.school.name}
"""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
