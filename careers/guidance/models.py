"""Notes of personal guidance, and that a concern was passed on. Read by few: see `careers.guidance.sight`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.accounts.models import User
from careers.encounters.models import Encounter
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord, SchoolRecord


class Note(AddressedRecord):
    """A note of guidance, as it reads now; what it said before is in `earlier`.

    A concern about a pupil's safety is not written here: it belongs in the system of the designated safeguarding lead. Of one, only
    that it was passed on is kept, to whom (one of a list) and by whom, with no word of what it was.
    """

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", "Note of guidance"
        CONCERN = "concern", "A concern was passed on"

    class PassedTo(models.TextChoices):
        LEAD = "lead", "The designated safeguarding lead"
        DEPUTY = "deputy", "A deputy safeguarding lead"
        AUTHORITY = "authority", "The local authority's children's social care"
        POLICE = "police", "The police or another emergency service"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guidance_notes")
    encounter = models.ForeignKey(Encounter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True, default="")
    passed_to = models.CharField(max_length=10, blank=True, default="", choices=PassedTo.choices)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    corrected_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "pupil", "written_at"], name="note_by_pupil")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="concern", text="") & ~Q(passed_to="")
                | Q(kind="guidance", passed_to="") & ~Q(text=""),
                name="a_concern_says_only_to_whom_it_was_passed",
            )
        ]
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return "a note of guidance"


class EarlierNote(SchoolRecord):
    """What a note said until it was corrected, who had written that, and when."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="earlier")
    text = models.TextField(blank=True, default="")
    passed_to = models.CharField(max_length=10, blank=True, default="", choices=Note.PassedTo.choices)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return "what a note of guidance said before"
