"""What is held about somebody who signs in, as JSON: for staff the whole answer to a request of their own."""

from __future__ import annotations

from careers.accounts.models import User
from careers.audit.models import Event
from careers.protection.holdings import holding
from careers.protection.traces import account_of, item
from careers.protection.whole_record import Entry, Section
from careers.pupils.models import OwnRecord
from careers.schools.models import School

LATEST = 10_000


def own_sections(user: User, school: School) -> list[Section]:
    """The account, and everything done under it at the school. What it was done to is said by kind: that is others' data."""
    links = OwnRecord.objects.filter(school=school, user=user)
    held = holding("own-record")
    own = tuple(Entry("", (item("relation", "Whose", link.relation, link.get_relation_display()),)) for link in links)
    return [
        *account_of(user),
        Section(held.key, held.title, held.what, own, held.why, rule=held.rule),
        done_by(user, school),
    ]


def done_by(user: User, school: School) -> Section:
    """The latest deeds, newest first."""
    held = holding("audit")
    events = Event.objects.filter(school_id=school.pk, actor_id=user.pk).order_by("-pk")[:LATEST]
    entries = tuple(
        Entry(
            "",
            (
                item("at", "When", event.at),
                item("verb", "What", event.verb),
                item("kind", "To what kind of record", event.subject_kind.partition(".")[2]),
            ),
        )
        for event in events
    )
    return Section("audit", held.title, held.what, entries, held.why, rule=held.rule)
