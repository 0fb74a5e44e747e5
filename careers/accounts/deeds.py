"""Who did what: events of the audit with the names of the people and the things they are about.

The audit itself is the lowest layer and keeps only numbers; names are joined here, when somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.accounts.models import User
from careers.audit.models import Event
from careers.schools.models import School

LATELY = 5_000
"""How many events back the lists to choose from look."""

NOBODY = "Trigpoint itself"


PUPIL = "pupils.pupil"
"""The kind of record a list concerns many of. Its folder lies above this one."""


@dataclass(frozen=True)
class Deed:
    number: int
    at: datetime
    who: str
    verb: str
    about: str
    changes: bool
    detail: str


def deeds(events: Iterable[Event], school: School) -> list[Deed]:
    """The events in words, in the order given: one query for the people and one for each kind of thing."""
    events = list(events)
    people = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "name"))
    things = _things(events, school)
    return [
        Deed(
            number=event.number,
            at=event.at,
            who=NOBODY if event.actor_id is None else people.get(event.actor_id, "Somebody no longer here"),
            verb=event.verb,
            about=things.get((event.subject_kind, event.subject_id), "") or _how_many(event),
            changes=event.changes,
            detail="; ".join(
                f"{name.replace('_', ' ')}: {_said(value)}" for name, value in event.detail.items() if _said(value)
            ),
        )
        for event in events
    ]


def _how_many(event: Event) -> str:
    """A list is about many, and its reader is not told who they are: what they ask is who looked at one."""
    number = event.concerns.count(",") - 1 if event.concerns else 0
    return f"{number} pupil{'' if number == 1 else 's'}" if number else ""


def _said(value: object) -> str:
    """A recorded value in words: filters as "year 9, state due", a list with commas, nothing for an empty one."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    return "" if value is None else str(value)


def events_about(subject: models.Model, school: School) -> models.QuerySet[Event]:
    """Every event about one record, newest first; of a pupil also the lists, exports and deeds they were one of many in."""
    about = models.Q(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
    if subject._meta.label_lower == PUPIL:
        about |= models.Q(concerns__isnull=False, concerns__contains=f",{subject.pk},")
    return Event.objects.filter(about, school_id=school.pk)


def deeds_about(subject: models.Model, school: School, limit: int | None = 20) -> list[Deed]:
    """The latest deeds about one record, newest first; with no limit, every one, as for a subject access request."""
    return deeds(events_about(subject, school)[:limit], school)


def last_changed(subject: models.Model) -> str:
    """Who changed a record last and when, as a sentence without its full stop; nothing where the audit says nothing."""
    about = {"subject_kind": subject._meta.label_lower, "subject_id": str(subject.pk)}
    event = Event.objects.filter(**about, changes=True).order_by("-pk").first()
    if event is None:
        return ""
    who = User.objects.filter(pk=event.actor_id).values_list("name", flat=True).first() or NOBODY
    return f"{who} changed it on {date_format(localtime(event.at), 'j F Y, H:i')}"


def _things(events: list[Event], school: School) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for kind in {event.subject_kind for event in events if event.subject_kind}:
        keys = {event.subject_id for event in events if event.subject_kind == kind}
        found |= {(kind, key): _kind_words(kind) + " no longer here" for key in keys}
        found |= {(kind, str(thing.pk)): str(thing) for thing in _of_kind(kind, keys, school)}
    return found


def _of_kind(kind: str, keys: set[str], school: School) -> Iterable[models.Model]:
    """Records of this school only: an event never lends its reader another school's words."""
    try:
        model = apps.get_model(kind)
    except LookupError:  # a kind of record there used to be
        return []
    if model is School:
        return [school] if str(school.pk) in keys else []
    if model is User:
        # A person's name is no school's, and the deed was done to them at this one.
        return User.objects.filter(pk__in=keys)
    fields = {field.name for field in model._meta.get_fields()}
    if "school" not in fields:
        return []
    return model._default_manager.filter(pk__in=keys, school=school)


def _kind_words(kind: str) -> str:
    return f"A {kind.partition('.')[2]}"


def person_key(user_pk: int) -> str:
    """What stands for a person in an address: it cannot be guessed, nor turned back into who it is."""
    return salted_hmac("careers.accounts.deeds", str(user_pk)).hexdigest()[:12]


def lately(events: models.QuerySet[Event]) -> tuple[dict[str, tuple[int, str]], list[str]]:
    """People (by key: number and name) and verbs in the latest of some events: what there is to choose from."""
    recent = events.values_list("actor_id", "verb")[:LATELY]
    rows: set[tuple[Any, str]] = set(recent)
    people = User.objects.filter(pk__in={actor for actor, _ in rows}).order_by("name").values_list("pk", "name")
    return {person_key(pk): (pk, name) for pk, name in people}, sorted({verb for _, verb in rows})
