"""What was done, by whom: rows that the database itself refuses to change, to put in out of turn or to delete before their time."""

from __future__ import annotations

from typing import Any

from django.db import models

SEALED = "sealed old events away"
"""The deed that puts a seal on record."""


class Event(models.Model):
    """One deed. `changes` says whether the school's record changed (an import) or was only looked at (a pupil's file).

    A change has the `version` it brought the record to and, where that is known, `since`: the earliest day of school life it
    can touch. What is known of an earlier day still holds after it.

    `concerns` are the numbers of the pupils a list showed or a deed was done to, where the subject is not one of them, as
    ",12,15,": numbers and no names, so that whoever asks who looked at a pupil is told of lists as well.

    Events of one school are a chain, and those of no school another: `number` counts from 1 without a gap, `previous` is the
    hash of the event before, and `hash` is over everything this one says (`careers.audit.chain`).

    `school_id` and `actor_id` are plain numbers because this is the lowest layer: it must not point up at schools or people,
    and what was done stays on record whatever becomes of them.
    """

    at = models.DateTimeField()
    school_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    changes = models.BooleanField(default=True)
    version = models.BigIntegerField(default=0)
    since = models.DateField(null=True)
    detail: models.JSONField[Any] = models.JSONField(default=dict)
    # Empty is null, so that the few events that have it are found by an index of their own.
    concerns = models.TextField(null=True)  # noqa: DJ001
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "version", "since"], name="audit_school_version"),
            models.Index(fields=["school_id", "subject_kind", "subject_id"], name="audit_subject"),
            models.Index(fields=["school_id", "id"], condition=models.Q(concerns__isnull=False), name="audit_concerns"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["school_id", "number"], name="audit_one_of_a_number"),
            # To a database, two schools that are nobody's are not the same.
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(school_id=None), name="audit_one_of_a_number_of_no_school"
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}".strip()


class Tail(models.Model):
    """The end of one chain, and whose turn it is to write: the row is locked until the event it was locked for is committed.

    `chain` is the number of a school, or 0 for what concerns none. `number` and `hash` are those of the last event: the
    database moves them on with each event. `version` is how often the school's record has changed: a key for what is
    remembered about it. (Not the number of the last event: one that only looked makes nothing stale.)

    The last three say when the chain was last followed from end to end, how far, and what was wrong with it.
    """

    chain = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    checked_at = models.DateTimeField(null=True)
    checked_to = models.BigIntegerField(default=0)
    fault = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.chain} at {self.number}"


class Seal(models.Model):
    """Leave to delete a chain's events up to a number, and what the rest still hangs from: never changed, never deleted.

    The database refuses a seal over an event younger than six years, and the deletion of an event no seal covers. `events`
    is how many this seal let go, `version` the highest of theirs.
    """

    at = models.DateTimeField()
    chain = models.BigIntegerField()
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    events = models.BigIntegerField()
    version = models.BigIntegerField(default=0)
    actor_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_one_seal_of_a_number")]
        ordering = ["chain", "number"]

    def __str__(self) -> str:
        return f"{self.chain} up to {self.number}"
