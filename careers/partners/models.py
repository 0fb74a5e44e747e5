"""Who helps: employers, providers and advisers, with the facts about them that criteria ask for, whom to ask for there, what they
offer, what was checked of them and how it went."""

from __future__ import annotations

from django.db import models

from careers.accounts.models import User
from careers.partners.sections import SECTIONS
from careers.schools.clock import today
from careers.schools.models import AddressedRecord, SchoolRecord

BAR = "|"
"""Between the codes of a basis."""


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

    class Basis(models.TextChoices):
        T_LEVEL = "t_level", "T Levels"
        APPRENTICESHIP = "apprenticeship", "Apprenticeships"
        HTQ = "htq", "Higher technical qualifications"
        OTHER = "other_approved", "Other approved technical qualifications"

    name = models.CharField(max_length=200)
    other_names: models.JSONField[list[str]] = models.JSONField(
        default=list, blank=True, help_text="Names of records that were merged into this one"
    )
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
    website = models.CharField(max_length=200, blank=True, default="")
    town = models.CharField(max_length=80, blank=True, default="")
    travel = models.CharField("how to get there", max_length=200, blank=True, default="")
    gone_on = models.DateField("no longer works with the school since", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_partner_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def sector(self) -> str:
        """The section of industry in words, or nothing."""
        return SECTIONS.get(self.sic_section, "")

    @property
    def bases(self) -> list[str]:
        """On what it may count for provider access, as codes of `Basis` and whatever else a file brought."""
        return [code for code in self.pal_basis.split(BAR) if code]


class PartnerRecord(AddressedRecord):
    """Something recorded of one partner."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Contact(PartnerRecord):
    """A person at a partner."""

    class Way(models.TextChoices):
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        POST = "post", "Letter"

    name = models.CharField(max_length=120)
    role = models.CharField("what they do there", max_length=120, blank=True, default="")
    email = models.EmailField("e-mail address", blank=True, default="")
    telephone = models.CharField(max_length=30, blank=True, default="")
    way = models.CharField("how they like to be reached", max_length=10, choices=Way.choices, blank=True, default="")
    notes = models.TextField(blank=True, default="")
    former_pupil = models.BooleanField("was a pupil of this school", null=True, blank=True)
    left_in = models.PositiveSmallIntegerField("year they left", null=True, blank=True)
    leave_alone = models.BooleanField("has asked not to be contacted", default=False)
    right_on = models.DateField("known to be right on", default=today)

    class Meta:
        ordering = ["leave_alone", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Offer(PartnerRecord):
    """Something a partner has said it would do."""

    class Kind(models.TextChoices):
        TALK = "talk", "Talk or assembly"
        INTERVIEWS = "interviews", "Mock interviews"
        VISIT = "visit", "Visit to the workplace"
        PLACEMENT = "placement", "Work placement"
        MENTORING = "mentoring", "Mentoring"
        STAND = "stand", "Stand at a careers fair"
        GOVERNOR = "governor", "Governor or enterprise adviser"
        VIRTUAL = "virtual", "Session online"
        OTHER = "other", "Something else"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.CharField("in their words", max_length=200, blank=True, default="")
    pupils = models.PositiveSmallIntegerField("for how many pupils", null=True, blank=True)
    when = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Check(PartnerRecord):
    """An insurance, or a check for safety, that somebody saw. The document itself is not kept."""

    class Kind(models.TextChoices):
        EMPLOYERS_LIABILITY = "employers", "Employer’s liability insurance"
        PUBLIC_LIABILITY = "public", "Public liability insurance"
        RISK = "risk", "Risk assessment"
        SAFEGUARDING = "safeguarding", "Safeguarding or DBS check"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    of_what = models.CharField("what it is", max_length=120, blank=True, default="")
    number = models.CharField("its number", max_length=60, blank=True, default="")
    seen_on = models.DateField("seen on", null=True, blank=True)
    expires_on = models.DateField("runs out on", null=True, blank=True, help_text="Its last day")

    class Meta:
        ordering = ["kind", "-expires_on", "pk"]

    def __str__(self) -> str:
        return self.of_what or self.get_kind_display()


class Remark(PartnerRecord):
    """How something went with a partner, as somebody of the staff saw it.

    The activity is named by its reference and not by a key: the programme lies above this folder.
    """

    occasion = models.CharField("reference of the activity", max_length=12)
    words = models.TextField("how it went")
    again = models.BooleanField("would invite them again", null=True, blank=True)
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField(default=today)

    class Meta:
        ordering = ["-written_on", "-pk"]
        indexes = [models.Index(fields=["school", "occasion"], name="remark_by_occasion")]

    def __str__(self) -> str:
        return f"How it went on {self.written_on}"


class LocalFigures(SchoolRecord):
    """What the local labour market holds, as the school found it published: shares in per cent. What is blank is not known."""

    area = models.CharField(max_length=120, blank=True, default="")
    sectors: models.JSONField[dict[str, float]] = models.JSONField(
        "share of local jobs by section", default=dict, blank=True
    )
    sectors_from = models.CharField("where that is from", max_length=200, blank=True, default="")
    sectors_on = models.DateField("of what day", null=True, blank=True)
    sizes: models.JSONField[dict[str, float]] = models.JSONField(
        "share of local employers by size", default=dict, blank=True
    )
    sizes_from = models.CharField("where that is from", max_length=200, blank=True, default="")
    sizes_on = models.DateField("of what day", null=True, blank=True)

    class Meta:
        verbose_name_plural = "local figures"
        constraints = [models.UniqueConstraint(fields=["school"], name="one_set_of_local_figures")]

    def __str__(self) -> str:
        return self.area or "The local labour market"
