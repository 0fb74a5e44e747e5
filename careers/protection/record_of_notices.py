"""Whom to ask about data at a school, and the privacy notices it has published."""

from __future__ import annotations

from typing import Any

from django.db import models

from careers.accounts.models import User
from careers.schools.models import School, SchoolRecord


class DataContact(SchoolRecord):
    """Who answers for data protection at the school, and which local authority it is in: words of notices and shared files."""

    officer = models.CharField("data protection officer", max_length=150, blank=True, default="")
    email = models.EmailField("their e-mail address", blank=True, default="")
    local_authority = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="one_data_contact_for_a_school")]

    def __str__(self) -> str:
        return self.officer or "Nobody yet"

    @classmethod
    def of(cls, school: School) -> DataContact:
        """The school's, or an empty one that is not kept yet."""
        return cls.objects.filter(school=school).first() or cls(school=school)


class PublishedNotice(SchoolRecord):
    """A notice as it was when somebody checked and published it. It stays so, whatever comes to be held, until the next time."""

    class Audience(models.TextChoices):
        PUPILS = "pupils", "Pupils"
        PARENTS = "parents", "Parents and carers"
        STAFF = "staff", "Staff"

    audience = models.CharField(max_length=10, choices=Audience.choices)
    published_on = models.DateField()
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    parts: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "audience"], name="one_published_notice_for_whom")]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}, {self.published_on}"
