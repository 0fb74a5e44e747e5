"""The copy of one's own record that a pupil takes without asking anybody.

Free text is not in it, nor a title that names another pupil: a person at the school reads these before they are handed over, and
notes of guidance too. The copy says what it leaves out and whom to ask.
"""

from __future__ import annotations

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.protection.naming import Names
from careers.protection.traces import seen_and_changed
from careers.protection.whole_record import Section, sections_of, without
from careers.pupils.models import Pupil

OWN = (
    "pupil",
    "years",
    "groups",
    "characteristics",
    "encounters",
    "destinations",
    "own-record",
    "sharing-instruction",
    "shared-record",
    "tracking-consent",
)
"""The kinds of record that need nobody to read them first."""
READ_FIRST = "A person at the school reads this before it is handed over. Ask the school for a copy of everything"


def take_copy(*, pupil: Pupil, by: User) -> tuple[list[Section], list[dict[str, str]]]:
    """The sections, and what was left out. Audited as an export."""
    with transaction.atomic():
        record("took a copy of own record", by=by, school=pupil.school, subject=pupil, changes=False)
        sections = [section for section in sections_of(pupil) if section.key in OWN]
        names = Names(pupil)
        free = {
            item.key: READ_FIRST
            for section in sections
            for entry in section.entries
            for item in entry.items
            if item.key and (item.name != "activity__title" or names.within(item.shown))
        }
        found, left_out = without([*sections, seen_and_changed(pupil)], free)
    more = {"what": "Notes, and what is known of each activity", "why": READ_FIRST}
    return found, [*{line["what"]: line for line in left_out}.values(), more]
