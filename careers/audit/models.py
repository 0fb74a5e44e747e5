"""What was done, by whom: rows that the database itself refuses to change or delete."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One deed. `changes` says whether the school's record changed (an import) or was only looked at (a pupil's file).

    `school_id` is a plain number because this is the lowest layer: it must not point up at schools.
    """

    at = models.DateTimeField(auto_now_add=True)
    school_id = models.BigIntegerField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    changes = models.BooleanField(default=True)
    detail: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "changes", "id"], name="audit_school_changes"),
            models.Index(fields=["school_id", "subject_kind", "subject_id"], name="audit_subject"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}".strip()
