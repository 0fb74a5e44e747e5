"""The log: one row for each pupil and activity. Nothing in it says what it counts for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from careers.accounts.models import User
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord, SchoolRecord


class Encounter(SchoolRecord):
    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        ATTENDED = "attended", "Attended"
        ABSENT = "absent", "Absent"
        EXCUSED = "excused", "Excused"
        DECLINED = "declined", "Declined"
        OFFERED = "offered", "Offered"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="encounters")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="encounters")
    status = models.CharField(max_length=10, choices=Status.choices)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "activity"], name="one_encounter_for_a_pupil_and_activity")
        ]
        indexes = [
            models.Index(fields=["school", "pupil", "activity", "status"], name="encounter_by_pupil"),
            models.Index(fields=["activity", "status"], name="encounter_by_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.status} {self.activity_id}"


class EarlierMark(SchoolRecord):
    """A mark that a later one replaced: what it was, who gave it and when. It goes when its encounter goes."""

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="earlier_marks")
    status = models.CharField(max_length=10, choices=Encounter.Status.choices)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.encounter_id} was {self.status}"


class Conversation(AddressedRecord):
    """What was said when a member of staff talked with one pupil about their future. It is no personal guidance.

    Read by staff who may see the pupil by name. That it was held is the encounter; these are its words, and they go with it.
    """

    encounter = models.OneToOneField(Encounter, on_delete=models.CASCADE, related_name="conversation")
    text = models.TextField("what was said")
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-encounter__activity__starts_on", "-pk"]

    def __str__(self) -> str:
        return "a conversation"

    @property
    def told(self) -> str:
        """What the pupil told of, in words that follow "They told"; empty where neither."""
        activity = self.encounter.activity
        hopes = "what they hope to do" if activity.records_aspiration else ""
        plans = "where they intend to go next" if activity.records_intention else ""
        return " and ".join(filter(None, (hopes, plans)))
