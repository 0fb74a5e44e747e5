"""What young people said when they were asked whether the school may follow where they go after they leave."""

from __future__ import annotations

from django.db import models

from careers.accounts.models import User
from careers.protection.record_of_sharing import HOW
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord


class TrackingConsent(AddressedRecord):
    """The young person was asked on a day, and what they said. A later answer is a new row, so that the earlier one stays known."""

    class Answer(models.TextChoices):
        ASKED = "asked", "Asked, not yet answered"
        GIVEN = "given", "Yes"
        REFUSED = "refused", "No"
        WITHDRAWN = "withdrawn", "Yes at first, taken back since"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="tracking_consents")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=HOW, blank=True, default="")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["school", "pupil", "-asked_on"], name="consent_by_pupil")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}, asked {self.asked_on}"
