"""Whom we serve: schools, and what every record of a school has in common."""

from __future__ import annotations

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django_scopes import ScopedManager

from criteria.periods import YEAR_GROUPS

REFERENCE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def make_reference() -> str:
    """Twelve letters and digits that cannot be guessed (58 bits): what stands for a record in an address."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(12))


class School(models.Model):
    class Kind(models.TextChoices):
        MAINSTREAM = "school", "Secondary school"
        SPECIAL = "special", "Special school"
        ALTERNATIVE = "alternative", "Alternative provision"

    reference = models.CharField(max_length=12, unique=True, default=make_reference, editable=False)
    name = models.CharField(max_length=200)
    urn = models.CharField("URN", max_length=6, unique=True, validators=[RegexValidator(r"^\d{6}$")])
    laestab = models.CharField("LAESTAB", max_length=7, unique=True, validators=[RegexValidator(r"^\d{7}$")])
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MAINSTREAM)
    low_age = models.PositiveSmallIntegerField(default=11)
    high_age = models.PositiveSmallIntegerField(default=18)
    demonstration = models.BooleanField(default=False)
    names_to_trust = models.BooleanField("lets trust leads see pupils by name", default=False)
    next_review_on = models.DateField(
        null=True, blank=True, help_text="By when the published careers information says it will be reviewed"
    )

    def __str__(self) -> str:
        return self.name

    @property
    def year_groups(self) -> tuple[int, ...]:
        """The year groups this school teaches, from its age range: 11 to 18 is Years 7 to 13."""
        return tuple(year for year in YEAR_GROUPS if self.low_age - 4 <= year <= self.high_age - 5)

    @property
    def has_sixth_form(self) -> bool:
        return 12 in self.year_groups


class TermDates(models.Model):
    """A school's own term dates, where it has given them; otherwise terms run as the national evaluation measures them."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="term_dates")
    academic_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ScopedManager(school="school")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "academic_year", "name"], name="one_term_of_a_name_each_year"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lt=models.F("ends_on")), name="term_starts_before_it_ends"
            ),
        ]
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return f"{self.name} {self.academic_year}"


class SchoolRecord(models.Model):
    """Anything that belongs to one school. Its queries need an active school (django-scopes), or they are refused."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")

    objects = ScopedManager(school="school")

    class Meta:
        abstract = True


class AddressedRecord(SchoolRecord):
    """A record with a page of its own: its address uses `reference`, never the database number."""

    reference = models.CharField(max_length=12, unique=True, default=make_reference, editable=False)

    class Meta:
        abstract = True
