"""What a school does that is no pupil's, and how it reads what the rules leave open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.leadership.kinds import NAMES
from careers.programme.models import Activity
from careers.schools.models import AddressedRecord, SchoolRecord


class Milestone(AddressedRecord):
    """Something the school itself did, decided or plans. Null means not known, which is not the same as no or nobody.

    `until` is the last day it holds, where it has ended: a careers leader leaves, a policy is withdrawn.
    """

    class Status(models.TextChoices):
        DONE = "done", "It has happened"
        PLANNED = "planned", "It is planned"

    kind = models.CharField(max_length=30, choices=NAMES)
    date = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DONE)
    until = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True, default="")
    parties: models.JSONField[list[str] | None] = models.JSONField(null=True, blank=True)
    features: models.JSONField[list[str] | None] = models.JSONField(null=True, blank=True)
    on_website = models.BooleanField(null=True, blank=True)
    informed_changes = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The activity of the programme that it says more about",
    )
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["school", "kind", "date"], name="milestone_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("date")),
                name="a_milestone_starts_before_it_ends",
            )
        ]
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class ChosenReading(SchoolRecord):
    """A school's answer to a question that a framework leaves open. Without one, the framework's default holds."""

    framework = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    choice = models.CharField(max_length=60)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "framework", "key"], name="one_choice_for_a_reading")]

    def __str__(self) -> str:
        return f"{self.framework} {self.key}: {self.choice}"
