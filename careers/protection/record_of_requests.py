"""Requests for a copy of what is held (UK GDPR article 15): who asked, when an answer is due, and what was left out of it."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django.db import models

from careers.accounts.models import User
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day.

    Counted from the day the request came. Where the day falls on a weekend, or the school first asks who somebody is, the law may
    allow more; we keep to the earliest day, which is never too late.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class AccessRequest(AddressedRecord):
    """Somebody asked for a copy of a pupil's record. It is answered within a calendar month, or three where that is explained."""

    class Asker(models.TextChoices):
        PUPIL = "pupil", "The pupil"
        PARENT = "parent", "A parent or carer, for the pupil"
        OTHER = "other", "Somebody else who acts for the pupil"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="access_requests")
    received_on = models.DateField()
    asker = models.CharField("who asked", max_length=10, choices=Asker.choices)
    asker_name = models.CharField("their name", max_length=150, blank=True, default="")
    identity_checked = models.CharField("how it was checked who they are", max_length=200, blank=True, default="")
    extended_why = models.CharField("why it takes longer", max_length=300, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    left_out: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"Request of {self.received_on}"

    @property
    def due_on(self) -> date:
        """One calendar month after it came; three where more time was needed and the asker told why (article 12(3))."""
        return months_after(self.received_on, 3 if self.extended_why else 1)

    @property
    def last_day_to_extend(self) -> date:
        """More time can be taken only while the first month runs."""
        return months_after(self.received_on, 1)
