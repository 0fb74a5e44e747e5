"""What was brought in: each import with its file until it is applied, and every row it changed so that it can be undone."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from careers.accounts.models import User
from careers.schools.models import AddressedRecord, SchoolRecord
from criteria.periods import AcademicYear


class Import(AddressedRecord):
    class Kind(models.TextChoices):
        ROLL = "roll", "Roll"
        LOG = "log", "Log"
        PROGRAMME = "programme", "Programme"
        ANYTHING = "anything", "Any other list"

    class Status(models.TextChoices):
        COLUMNS = "columns", "Waiting to hear what its columns mean"
        FIX = "fix", "Waiting for you to put rows right"
        READY = "ready", "Waiting for you to confirm"
        CHOOSE = "choose", "Waiting for a choice"
        BLOCKED = "blocked", "Has errors"
        NOTHING = "nothing", "Nothing to change"
        APPLIED = "applied", "Brought in"
        CANCELLED = "cancelled", "Cancelled"
        UNDONE = "undone", "Undone"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, help_text="The file, until it is applied or cancelled")
    academic_year = models.PositiveSmallIntegerField(help_text="2026 is 2026/27")
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    preview: models.JSONField[dict[str, Any]] = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="What it would do, row by row; emptied with the file"
    )
    source = models.ForeignKey("ListSource", null=True, blank=True, on_delete=models.SET_NULL, related_name="imports")
    answers: models.JSONField[dict[str, Any]] = models.JSONField(
        default=dict,
        help_text="Of any other list: what its columns mean, and what was put right in it until it is applied",
    )
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["school", "status", "-uploaded_at"], name="import_by_school")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.filename}"

    @property
    def year(self) -> AcademicYear:
        return AcademicYear(self.academic_year)

    @property
    def is_open(self) -> bool:
        """Its file is still here, waiting to be applied, corrected or cancelled."""
        return self.status in OPEN


OPEN = (Import.Status.READY, Import.Status.CHOOSE, Import.Status.BLOCKED, Import.Status.COLUMNS, Import.Status.FIX)


class ListSource(AddressedRecord):
    """Where lists come from, as a school names it: how one is understood, so that the next of its kind is asked about only once."""

    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, help_text="Of its headings, by which a file is recognised")
    mapping: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_source_of_a_name")]

    def __str__(self) -> str:
        return self.name


class ImportChange(SchoolRecord):
    """One record that an import made (no `before`), changed, or took away (no `after`), with the values of the fields concerned."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=60)
    object_pk = models.BigIntegerField()
    before: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["of_import", "model", "object_pk"], name="change_by_import"),
            models.Index(fields=["school", "model", "object_pk"], name="change_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_pk}"
