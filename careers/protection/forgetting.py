"""Traces of a pupil outside their own record: what files brought, the words of meetings that were theirs alone, sessions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, MutableMapping
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Count, F, Q

from careers.accounts.coming_in import SESSION_KEY as CAME_IN_BY
from careers.accounts.middleware import SESSION_KEY
from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.protection.holdings import about_pupils, holding
from careers.pupils.models import Arrival, Pupil
from careers.schools.models import School

AT_A_TIME = 400
"""SQLite takes so many numbers in one query, and a batch stays quick."""
PACKED = b"PK"
"""How a workbook begins. Its text cannot be searched, so it is put away whatever it holds, and can be sent again."""
WORDS_OF_ACTIVITY = (
    "note", "purpose", "learning_outcomes", "source", "external_key", "location", "status_reason", "send_adjustments",
    "parents_involved", "agreed_with_partner",
)  # fmt: skip
"""What is typed of an activity besides its title, and may name who took part."""
SAID_OF_ACTIVITY = (("sharing", "activity", "words"), ("partner-feedback", "link__activity", "change"))
"""Words kept beside an activity: the kind of record, its way to the activity, and the field."""
NOT_WORDS = ("_auth_", SESSION_KEY, CAME_IN_BY)
"""Keys of a session that say who is signed in, at which school, and what the session is limited to. They hold numbers and words of
ours, which a pupil's own number or name may be like: a limit that was taken out for that would be lifted."""


def in_batches(keys: Collection[int]) -> Iterator[list[int]]:
    some = list(keys)
    for first in range(0, len(some), AT_A_TIME):
        yield some[first : first + AT_A_TIME]


def forget_imports(school: School, pupils: Collection[int]) -> int:
    """Take away what imports remember of these pupils' rows: they hold names. How many. The rest can still be undone."""
    changes = holding("import-change").all_rows().filter(school=school)
    if not changes.exists():
        return 0
    theirs = Q(before__pupil_id__in=list(pupils)) | Q(after__pupil_id__in=list(pupils))
    for held in about_pupils():
        keys = held.all_rows().filter(school=school, **{f"{held.of_pupil}__in": pupils}).values("pk")
        theirs |= Q(model=held.model, object_pk__in=keys)
    gone: int = changes.filter(theirs).delete()[0]
    return gone


def forget_arrivals(school: School, pupil: Pupil) -> int:
    """Take away rows of files that were never matched to the pupil but are of the same name, or hold the same UPN."""
    same = Q(surname__iexact=pupil.surname, forename__iexact=pupil.forename, date_of_birth=pupil.date_of_birth)
    if pupil.upn:
        same |= Q(facts__facts__upn=pupil.upn)
    rows = Arrival.objects.filter(same, school=school)
    keys = list(rows.values_list("pk", flat=True))
    changes = holding("import-change").all_rows().filter(school=school, model="pupils.arrival", object_pk__in=keys)
    changes.delete()
    return rows.delete()[0]


def forget_waiting_files(school: School, pupil: Pupil) -> int:
    """Put away files that still wait to be brought in and name the pupil, with their preview. How many."""
    held, put_away = holding("import-file"), 0
    for waiting in held.all_rows().filter(school=school, **held.has):
        content = bytes(waiting.content)
        if content.startswith(PACKED) or names(content.decode(errors="ignore") + str(waiting.preview), pupil):
            held.all_rows().filter(pk=waiting.pk).update(**held.blanked)
            put_away += 1
    return put_away


def names(text: str, pupil: Pupil) -> bool:
    """Whether a text holds the pupil's UPN, ULN or e-mail address, or both names."""
    numbers = (pupil.upn, pupil.former_upn, pupil.uln, pupil.email)
    both = pupil.forename and pupil.forename in text and pupil.surname in text
    return bool(both) or any(number in text for number in numbers if number)


def forget_words_of_lists(school: School, pupils: Collection[int]) -> int:
    """Take out of what is remembered of lists the words that name one of these pupils: a title such as "Interview with", or a
    heading. How many records of it were changed."""
    named = [_said_of(pupil) for pupil in Pupil.objects.filter(school=school, pk__in=pupils)]
    changed = 0
    for key, field in (("list-source", "mapping"), ("import-file", "answers")):
        for row in holding(key).all_rows().filter(school=school).exclude(**{field: {}}).only("pk", field):
            kept = _unnamed(getattr(row, field), named)
            if kept != getattr(row, field):
                holding(key).all_rows().filter(pk=row.pk).update(**{field: kept})
                changed += 1
    return changed


def _said_of(pupil: Pupil) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a text holds that names the pupil: a forename and a surname, or a number or address in place of both."""
    numbers = [pupil.upn, pupil.former_upn, pupil.uln, pupil.email]
    forenames = [pupil.forename, pupil.preferred_forename, *numbers]
    surnames = [pupil.surname, pupil.preferred_surname, *numbers]
    return _any_of(forenames), _any_of(surnames)


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Nothing is found by no words at all."""
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words if word) or r"(?!)", re.IGNORECASE)


def _unnamed(value: Any, named: list[tuple[re.Pattern[str], re.Pattern[str]]]) -> Any:
    """The same without words that name somebody. A list keeps its length: its places mean something."""
    if isinstance(value, dict):
        return {key: _unnamed(each, named) for key, each in value.items() if _unnamed(key, named) == key}
    if isinstance(value, list):
        return [_unnamed(each, named) for each in value]
    told = isinstance(value, str) and any(first.search(value) and last.search(value) for first, last in named)
    return "" if told else value


def forget_activity_words(school: School, pupils: Collection[int]) -> int:
    """Take the words from activities that only these pupils took part in: a title or a note may name them. How many."""
    of_theirs = Encounter.objects.filter(school=school, pupil_id__in=pupils).values("activity_id")
    only = (
        Activity.objects.filter(school=school, pk__in=of_theirs)
        .annotate(
            theirs=Count("encounters", filter=Q(encounters__pupil_id__in=pupils), distinct=True),
            everybody=Count("encounters", distinct=True),
        )
        .filter(theirs=F("everybody"))
    )
    own = [activity.pk for activity in only if _speaks_of_one(activity)]
    # One copied into another year has the same words, and as yet nobody's place on it.
    copied = Activity.objects.filter(school=school, copied_from__in=own, encounters=None)
    keys = [*own, *copied.values_list("pk", flat=True)]
    found = list(Activity.objects.filter(school=school, pk__in=keys))
    for activity in found:
        activity.title = Activity.Type(activity.type).label
        for name in WORDS_OF_ACTIVITY:
            setattr(activity, name, "")
    Activity.objects.bulk_update(found, ["title", *WORDS_OF_ACTIVITY], batch_size=50)
    for key, way, name in SAID_OF_ACTIVITY:
        rows = holding(key).all_rows().filter(school=school, **{f"{way}__in": keys})
        holding(key).all_rows().filter(pk__in=list(rows.values_list("pk", flat=True))).update(**{name: ""})
    changes = holding("import-change").all_rows().filter(school=school, model="programme.activity")
    changes.filter(object_pk__in=keys).delete()
    return len(found)


def _speaks_of_one(activity: Any) -> bool:
    """One pupil took part, or it was one to one: what a whole group did names nobody."""
    return activity.everybody == 1 or bool(activity.one_to_one)


def forget_sessions(words: Collection[str], current: MutableMapping[str, Any] | None = None) -> int:
    """Take out of every session what holds one of the words (a name searched for, a message). How many sessions.

    `current` is the session of the request, which would otherwise be written back as it was.
    """
    changed = 0
    if current is not None:
        _without(current, words)
    for row in Session.objects.iterator(chunk_size=AT_A_TIME):
        data = row.get_decoded()
        if _without(data, words):
            # Only as it was read: whoever is signing in or out at this moment is not put back where they were.
            same = Session.objects.filter(pk=row.pk, session_data=row.session_data)
            changed += same.update(session_data=SessionStore().encode(data))
    return changed


def _without(data: MutableMapping[str, Any], words: Collection[str]) -> bool:
    said = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words), re.IGNORECASE)
    keys = [key for key, value in data.items() if not key.startswith(NOT_WORDS) and said.search(str(value))]
    for key in keys:
        del data[key]
    return bool(keys)


def words_of(pupil: Pupil) -> list[str]:
    """Names and numbers by which the pupil could be found."""
    names = (pupil.surname, pupil.forename, pupil.preferred_surname, pupil.preferred_forename, pupil.middle_names)
    numbers = (pupil.upn, pupil.former_upn, pupil.uln, pupil.email, pupil.mis_id)
    return [word for word in (*names, *numbers) if word]
