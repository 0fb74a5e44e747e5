"""What shows that something was done: photographs, documents and links, each on an activity or on a criterion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.programme.models import Activity
from careers.schools.clock import today
from careers.schools.models import AddressedRecord, SchoolRecord


class Evidence(AddressedRecord):
    """One piece. Of an activity, or of a criterion where no one activity shows it (a policy, a governors' minute)."""

    class Kind(models.TextChoices):
        PICTURE = "picture", "Picture"
        DOCUMENT = "document", "Document"
        LINK = "link", "Link"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True, default="")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    criterion = models.CharField("the criterion's id", max_length=80, blank=True, default="")
    link = models.URLField(max_length=500, blank=True, default="")
    tells_of_pupils = models.BooleanField("pupils can be recognised in it, or are named")
    dated = models.DateField("the day it is of", default=today)
    kept_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-kept_at", "-pk"]
        indexes = [
            models.Index(fields=["school", "activity"], name="evidence_of_an_activity"),
            models.Index(fields=["school", "criterion"], name="evidence_of_a_criterion"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, criterion="") | (Q(activity__isnull=True) & ~Q(criterion="")),
                name="evidence_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Content(SchoolRecord):
    """What was sent in, apart from `Evidence` so that a list of evidence reads no files."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="content")
    name = models.CharField("file name", max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField("digest of what was sent", max_length=64)
    data = models.BinaryField()
    thumbnail = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].upper()
