"""What people do with notes: write one, and put one right. The audit says that it was done, never what a note says or its kind."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from careers.accounts.models import User
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.guidance.models import EarlierNote, Note
from careers.pupils.models import Pupil
from careers.schools.clock import today


class NoteRefused(Exception):
    """It cannot be written. Its text is one sentence saying why, for whoever asked."""


def write(
    *, pupil: Pupil, kind: str, by: User, text: str = "", passed_to: str = "", encounter: Encounter | None = None
) -> Note:
    """Write a note about a pupil, of one of their meetings or of none. Raises NoteRefused."""
    if encounter is not None and (encounter.pupil_id, encounter.school_id) != (pupil.pk, pupil.school_id):
        raise NoteRefused("That meeting was with another pupil.")
    said = what_it_says(kind, text, passed_to)
    with transaction.atomic():
        note = Note.objects.create(
            school_id=pupil.school_id, pupil=pupil, encounter=encounter, kind=kind, written_by=by, **said
        )
        record("wrote a note of guidance", by=by, school=pupil.school, subject=pupil, since=today())
    return note


def correct(*, note: Note, by: User, text: str = "", passed_to: str = "") -> bool:
    """Put a note right; what it said before is kept, with who and when. Whether anything changed. Raises NoteRefused."""
    with transaction.atomic():
        now = Note.objects.select_for_update().get(pk=note.pk)
        said = what_it_says(now.kind, text, passed_to)
        if said == {"text": now.text, "passed_to": now.passed_to}:
            return False
        EarlierNote.objects.create(
            school_id=now.school_id,
            note=now,
            text=now.text,
            passed_to=now.passed_to,
            written_by=now.corrected_by if now.corrected_at else now.written_by,
            written_at=now.corrected_at or now.written_at,
        )
        now.text, now.passed_to = said["text"], said["passed_to"]
        now.corrected_by, now.corrected_at = by, timezone.now()
        now.save(update_fields=["text", "passed_to", "corrected_by", "corrected_at"])
        record("corrected a note of guidance", by=by, school=now.school, subject=now.pupil, since=today())
    return True


def what_it_says(kind: str, text: str, passed_to: str) -> dict[str, str]:
    """Of a concern only to whom it was passed; of guidance only the text."""
    text = text.strip()
    if kind == Note.Kind.CONCERN:
        if passed_to not in Note.PassedTo.values:
            raise NoteRefused("Say to whom the concern was passed.")
        return {"text": "", "passed_to": passed_to}
    if not text:
        raise NoteRefused("Write the note.")
    return {"text": text, "passed_to": ""}
