"""What is held about a pupil where no foreign key leads: the audit, traces of imports, activities' facts, the pupil's own account.

A pupil's data include that somebody looked at it, and when. Who that was by name is the data of another person: the role is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, Q

from careers.accounts.models import Membership, User
from careers.accounts.roles import ROLES
from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.programme.facts import FACTS, label
from careers.programme.models import Activity, ActivityPartner
from careers.protection.holdings import about_people, about_pupils, holding
from careers.protection.whole_record import (
    Entry,
    Item,
    Section,
    described,
    field_at,
    form_key,
    in_words,
    plain,
    section_of,
)
from careers.pupils.models import OwnRecord, Pupil

WORDS = (
    "note", "purpose", "learning_outcomes", "location", "status_reason", "send_adjustments", "parents_involved",
    "agreed_with_partner",
)  # fmt: skip
NOBODY, GONE = "Trigpoint itself", "Somebody who no longer works here"


def traces_of(pupil: Pupil) -> list[Section]:
    return [activity_facts(pupil), *own_account(pupil), seen_and_changed(pupil), imported(pupil)]


def item(name: str, label: str, value: Any, shown: str = "", **more: Any) -> Item:
    return Item(name, label, plain(value), shown or in_words(value), **more)


def activity_facts(pupil: Pupil) -> Section:
    """What is known of each activity the pupil was put down for, and with whom it was: the part of the log that pupils share."""
    partners = ActivityPartner.objects.select_related("partner").order_by("partner__name", "pk")
    rows = (
        Activity.objects.filter(
            school_id=pupil.school_id, pk__in=Encounter.objects.filter(pupil=pupil).values("activity_id")
        )
        .prefetch_related(Prefetch("activity_partners", queryset=partners))
        .order_by("starts_on", "pk")
    )
    entries = tuple(Entry(row.title, tuple(_facts_of(row))) for row in rows)
    return Section(
        "activity-facts",
        "About the activities",
        "What is on record about each activity itself. It is the same for everybody who took part.",
        entries,
        why="Rules about careers programmes ask how long an activity was, what it was for and who took part.",
        source="Staff, and files brought in.",
        seen_by="Everybody who may see the programme.",
        rule="programme",
    )


def _facts_of(activity: Activity) -> Iterable[Item]:
    yield item("title", "Activity", activity.title, key=form_key("activity", activity.pk, "title"), free=True)
    yield item("starts_on", "Day", activity.starts_on)
    partners = [link.partner.name for link in activity.activity_partners.all()]
    if partners:
        yield item("partners", "With", partners)
    for fact in FACTS:
        value = getattr(activity, fact)
        if value not in (None, "", []):
            free = fact in WORDS
            key = form_key("activity", activity.pk, fact) if free else ""
            yield Item(fact, label(fact), plain(value), in_words(value, field_at(Activity, fact)), key, free)
    for fact in WORDS:
        if fact not in FACTS and getattr(activity, fact):
            words, name = getattr(activity, fact), fact.replace("_", " ").capitalize()
            yield item(fact, name, words, key=form_key("activity", activity.pk, fact), free=True)


def own_account(pupil: Pupil) -> list[Section]:
    """The account with which the pupil signs in, where there is one. A parent's account is the parent's."""
    own = OwnRecord.objects.filter(school_id=pupil.school_id, pupil=pupil, relation=OwnRecord.Relation.SELF)
    found = [section for link in own.select_related("user") for section in account_of(link.user)]
    return [section for section in found if section.entries]


def account_of(user: User) -> list[Section]:
    """Everything held about somebody who signs in, at the school in scope, but the records of pupils they are linked to."""
    pupils = {held.key for held in about_pupils()}
    kinds = [held for held in about_people() if held.handed_over and held.key not in pupils]
    return [section_of(held, held.rows_of_person(user), to_read=False) for held in kinds]


def seen_and_changed(pupil: Pupil) -> Section:
    """Every deed in the audit that was about the pupil or showed the pupil in a list, by the role of whoever did it."""
    about = Q(subject_kind="pupils.pupil", subject_id=str(pupil.pk))
    shown = Q(concerns__contains=f",{pupil.pk},") | Q(detail__icontains=pupil.reference)
    events = list(Event.objects.filter(about | shown, school_id=pupil.school_id).order_by("pk"))
    roles = _roles(pupil, {event.actor_id for event in events if event.actor_id})
    entries = tuple(
        Entry(
            "",
            (
                item("at", "When", event.at),
                item("role", "Who, by role", NOBODY if event.actor_id is None else roles.get(event.actor_id, GONE)),
                item("verb", "What was done", event.verb),
            ),
        )
        for event in events
    )
    held = holding("audit")
    return Section(
        "audit",
        "Who looked at the record or changed it",
        "Every time. People are named by their role: their names are their own data.",
        entries,
        why=held.why,
        source=held.source,
        seen_by=held.seen_by,
        rule=held.rule,
    )


def _roles(pupil: Pupil, actors: set[int]) -> dict[int, str]:
    held = Membership.objects.filter(school_id=pupil.school_id, user_id__in=actors).values_list("user_id", "role")
    roles = {user: ROLES[role].title if role in ROLES else GONE for user, role in held}
    own = OwnRecord.objects.filter(school_id=pupil.school_id, pupil=pupil, user_id__in=actors)
    return roles | {
        user: OwnRecord.Relation(relation).label for user, relation in own.values_list("user_id", "relation")
    }


def imported(pupil: Pupil) -> Section:
    """What files added to the record, changed in it or took out of it, before and after; and files that still wait."""
    changes = apps.get_model("imports.importchange")._default_manager.filter(school_id=pupil.school_id)
    rows = changes.filter(_about(pupil)).select_related("of_import").order_by("pk")
    entries = [
        Entry(
            "",
            (
                item("at", "When", row.of_import.applied_at or row.of_import.uploaded_at),
                item("kind", "File", row.of_import.get_kind_display()),
                item("record", "Record", _called(row.model)),
                *_values(row),
            ),
        )
        for row in rows
    ]
    waiting = [Entry("", tuple(_waiting(one))) for one in _files_naming(pupil)]
    held = holding("import-change")
    return described(held, (*entries, *waiting))


def _values(row: Any) -> Iterable[Item]:
    for name, words in (("before", "Before"), ("after", "After")):
        values = {key: value for key, value in (getattr(row, name) or {}).items() if not _is_number(key)}
        if values:
            yield item(name, words, values, key=form_key("import-change", row.pk, name), free=True)


def _is_number(name: str) -> bool:
    """A key of the database, which says nothing to anybody and may be another's."""
    return name == "id" or (name.endswith("_id") and name != "mis_id")


def _about(pupil: Pupil) -> Q:
    """Rows whose record is the pupil's now, or was when it was taken out."""
    found = Q(before__pupil_id=pupil.pk) | Q(after__pupil_id=pupil.pk)
    for held in about_pupils():
        found |= Q(model=held.model, object_pk__in=held.rows_of_pupil(pupil).values("pk"))
    return found


def _called(model: str) -> str:
    return next((held.title for held in about_pupils() if held.model == model), model.partition(".")[2])


def _files_naming(pupil: Pupil) -> list[Any]:
    """Files that wait to be brought in or cancelled, and whose preview names the pupil."""
    imports = apps.get_model("imports.import")._default_manager.filter(school_id=pupil.school_id)
    marks = [mark for mark in (pupil.upn, pupil.full_name, pupil.list_name) if mark]
    waiting = imports.exclude(preview={}).filter(content__isnull=False)
    return [one for one in waiting.defer("content") if any(mark in str(one.preview) for mark in marks)]


def _waiting(one: Any) -> Iterable[Item]:
    yield item("at", "When", one.uploaded_at)
    yield item("kind", "File", one.get_kind_display())
    yield item("status", "Status", "Waiting to be brought in or cancelled; it names this pupil")
