"""Where lists come from: recognised by their headings, remembered with what they mean, renamed, changed and forgotten."""

from __future__ import annotations

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.imports.lists.mapping import Mapping, from_json, likeness, to_json
from careers.imports.lists.sheet import Sheet
from careers.imports.models import Import, ListSource
from careers.schools.models import School

LIKE = 0.6
"""How many of its headings a file must share with a source, of all that either has, to be offered what is known of it."""


def recognised(school: School, sheet: Sheet) -> tuple[ListSource | None, bool]:
    """The source a file seems to come from, and whether all its headings are those of the file remembered."""
    known = list(ListSource.objects.filter(school=school))
    if not any(sheet.headings):
        return None, False
    print_ = Mapping(headings=sheet.headings).fingerprint
    if exact := next((one for one in known if one.fingerprint == print_), None):
        return exact, True
    scored = [(likeness(one.mapping.get("headings", []), sheet.headings), one.pk, one) for one in known]
    score, _, best = max(scored, default=(0.0, 0, None))
    return (best, False) if score >= LIKE else (None, False)


def remember(
    *, school: School, name: str, mapping: Mapping, by: User | None
) -> tuple[ListSource, dict[str, object] | None]:
    """Keep how a source is understood, and give what was known of it before. Call it inside a transaction, which audits it."""
    source = ListSource.objects.select_for_update().filter(school=school, name__iexact=name).first()
    before = source.mapping if source else None
    source = source or ListSource(school=school, name=name)
    source.mapping, source.fingerprint, source.changed_by = to_json(mapping), mapping.fingerprint, by
    source.save()
    return source, before


def unlearn(done: Import) -> None:
    """Take back what undoing an import takes back of its source: unless it was used for another file, or changed, since."""
    source = ListSource.objects.filter(pk=done.source_id).first() if done.source_id else None
    if source is None or source.mapping != done.answers.get("mapping"):
        return
    if Import.objects.filter(source=source).exclude(pk=done.pk).exclude(status=Import.Status.CANCELLED).exists():
        return
    if before := done.answers.get("before"):
        source.mapping, source.fingerprint = before, from_json(Mapping, before).fingerprint
        source.save()
    else:
        source.delete()


def change(*, source: ListSource, name: str, mapping: Mapping, by: User) -> None:
    """Rename a source, or change what it means. Files already brought in stay as they are."""
    with transaction.atomic():
        source.name, source.mapping, source.changed_by = name, to_json(mapping), by
        source.save()
        record("changed how a list is understood", by=by, school=source.school, subject=source, changes=False)


def forget(*, source: ListSource, by: User) -> None:
    """The next file of this source is asked about again."""
    with transaction.atomic():
        record("forgot how a list is understood", by=by, school=source.school, subject=source, changes=False)
        source.delete()
