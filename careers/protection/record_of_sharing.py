"""What the local authority was given, and who said that it is not to be given more than the law always allows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord, SchoolRecord

HOW = [
    ("written", "In writing"),
    ("said", "In person or by telephone"),
    ("portal", "On their own page in Trigpoint"),
]


class Giver(models.TextChoices):
    """Who speaks: a parent until the day before the pupil's 16th birthday, the young person from that day."""

    PARENT = "parent", "A parent or carer"
    YOUNG_PERSON = "young_person", "The young person"


class SharingInstruction(AddressedRecord):
    """Somebody said: give the local authority no more than name, address and date of birth."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="sharing_instructions")
    giver = models.CharField("who gave it", max_length=15, choices=Giver.choices)
    giver_name = models.CharField("their name", max_length=150, blank=True, default="")
    relationship = models.CharField("what they are to the pupil", max_length=60, blank=True, default="")
    how = models.CharField("how it was given", max_length=10, choices=HOW)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "giver"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_instruction_of_each_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_giver_display()} on {self.given_on}"


class SharingExport(AddressedRecord):
    """One file made for the local authority: what for, who asked, and how many pupils got what. No name is kept."""

    class Level(models.TextChoices):
        BASIC = "basic", "Basic information only"
        ADDITIONAL = "additional", "Basic and additional information"

    purpose = models.CharField(max_length=30)
    level = models.CharField(max_length=12, choices=Level.choices)
    recipient = models.CharField(max_length=150)
    asked_by = models.CharField("who asked there", max_length=150)
    asked_on = models.DateField()
    year_groups: models.JSONField[list[int]] = models.JSONField(default=list)
    made_on = models.DateField()
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pupils = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField("pupils whose additional information was withheld", default=0)

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient} on {self.made_on}"


class SharedRecord(SchoolRecord):
    """What one file said of one pupil. The reference stays when the pupil's record goes, and says nothing by itself."""

    export = models.ForeignKey(SharingExport, on_delete=models.CASCADE, related_name="shared")
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.SET_NULL, related_name="shared_records")
    pupil_reference = models.CharField(max_length=12)
    given: models.JSONField[list[str]] = models.JSONField(default=list)
    withheld: models.JSONField[list[str]] = models.JSONField(default=list)
    why = models.CharField("why it was withheld", max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "pupil_reference"], name="a_pupil_is_once_in_a_shared_file")
        ]

    def __str__(self) -> str:
        return f"{self.pupil_reference} in {self.export_id}"
