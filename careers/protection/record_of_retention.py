"""What a school chooses about keeping records, whom it keeps back from it, and what was erased."""

from __future__ import annotations

from typing import Any

from django.db import models

from careers.accounts.models import User
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord, SchoolRecord


class RetentionChoice(SchoolRecord):
    """A school's own length for a retention rule, and what it is counted from. Without one, the rule's own holds."""

    rule = models.CharField(max_length=30)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=30)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "rule"], name="one_choice_for_a_retention_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.length} from {self.start}"


class Hold(AddressedRecord):
    """A pupil whose record nothing is taken from until a day, and why: a request or a complaint that is open."""

    class Reason(models.TextChoices):
        REQUEST = "request", "A request for a copy of the record is open"
        OBJECTION = "objection", "The pupil or a parent objects, or disputes that the record is right"
        COMPLAINT = "complaint", "A complaint or an appeal is open"
        CLAIM = "claim", "It is needed for a legal claim"
        SAFEGUARDING = "safeguarding", "Whoever leads on safeguarding asks for it"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    until = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil"], name="one_hold_for_a_pupil")]
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, until {self.until}"


class Receipt(AddressedRecord):
    """That a record was erased on request: how many rows of which kind, and nothing about whom it was."""

    class Kind(models.TextChoices):
        PUPIL = "pupil", "A pupil’s record"
        NAME = "name", "A pupil’s name, with what counts in figures kept"
        ACCOUNT = "account", "An account"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    made_on = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    counts: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} erased on {self.made_on}"
