"""What was done, by whom: rows that the database itself refuses to change or delete."""

from __future__ import annotations

from typing import Any

from django.db import models


class Event(models.Model):
    """One deed. `changes` says whether the school's record changed (an import) or was only looked at (a pupil's file).

    A change has the `version` it brought the record to and, where that is known, `since`: the earliest day of school life it
    can touch. What is known of an earlier day still holds after it.

    `school_id` and `actor_id` are plain numbers because this is the lowest layer: it must not point up at schools or people,
    and what was done stays on record whatever becomes of them.
    """

    at = models.DateTimeField(auto_now_add=True)
    school_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    changes = models.BooleanField(default=True)
    version = models.BigIntegerField(default=0)
    since = models.DateField(null=True)
    detail: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "version", "since"], name="audit_school_version"),
            models.Index(fields=["school_id", "subject_kind", "subject_id"], name="audit_subject"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}".strip()


class Version(models.Model):
    """How often a school's record has changed. Raised in the transaction of each change, so it is a key for what is remembered.

    Not the number of the last event: on PostgreSQL an earlier number can be committed after a later one.
    """

    school_id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.school_id} at {self.number}"
