"""Who helps: employers, providers and advisers, with the facts about them that criteria ask for (rules.md section 10)."""

from __future__ import annotations

from django.db import models

from careers.schools.models import AddressedRecord


class Partner(AddressedRecord):
    class Kind(models.TextChoices):
        EMPLOYER = "employer", "Employer"
        PROVIDER = "provider", "Provider of education or training"
        ADVISER = "adviser", "Careers adviser or guidance service"
        OTHER = "other", "Other organisation"

    class SizeBand(models.TextChoices):
        MICRO = "micro", "0 to 9 people"
        SMALL = "small", "10 to 49 people"
        MEDIUM = "medium", "50 to 249 people"
        LARGE = "large", "250 people or more"

    class ProviderKind(models.TextChoices):
        SCHOOL_SIXTH_FORM = "school_sixth_form", "School sixth form"
        SIXTH_FORM_COLLEGE = "sixth_form_college", "Sixth form college"
        FE_COLLEGE = "fe_college", "Further education college"
        UTC = "utc", "University technical college"
        STUDIO_SCHOOL = "studio_school", "Studio school"
        ITP = "itp_apprenticeship", "Independent training provider or apprenticeship provider"
        HE = "he_provider", "Higher education provider"
        SPECIALIST = "specialist_post16", "Specialist post-16 institution"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sic_section = models.CharField("SIC 2007 section", max_length=1, blank=True, default="")
    specialism = models.CharField(max_length=120, blank=True, default="")
    size_band = models.CharField(max_length=10, choices=SizeBand.choices, blank=True, default="")
    self_employed = models.BooleanField(null=True, blank=True)
    stem = models.BooleanField("works in science, technology, engineering or mathematics", null=True, blank=True)
    provider_kind = models.CharField(max_length=20, choices=ProviderKind.choices, blank=True, default="")
    pal_eligible = models.BooleanField(
        "offers approved technical education or apprenticeships",
        null=True,
        blank=True,
        help_text="Education Act 1997 s.42B",
    )
    pal_basis = models.CharField("on what basis", max_length=60, blank=True, default="")
    urn = models.CharField("URN", max_length=6, blank=True, default="")
    ukprn = models.CharField("UKPRN", max_length=8, blank=True, default="")
    companies_house = models.CharField("Companies House number", max_length=8, blank=True, default="")
    online_only = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_partner_of_a_name")]

    def __str__(self) -> str:
        return self.name
