"""A school's provider access: the statement it publishes, what providers ask for, and how each request was answered."""

from __future__ import annotations

from django.db import models

from careers.accounts.models import User
from careers.leadership.models import Milestone
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.schools.models import AddressedRecord, SchoolRecord


class Statement(SchoolRecord):
    """The policy statement as it is being written: one for a school. What everybody reads is the latest `PublishedStatement`.

    Education Act 1997 section 42B(5) names procedure, grounds, premises and times, and the plan for the encounters owed.
    """

    procedure = models.TextField(blank=True, default="")
    contact_role = models.CharField(max_length=120, blank=True, default="")
    contact_email = models.EmailField(blank=True, default="")
    contact_phone = models.CharField(max_length=30, blank=True, default="")
    reply_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The school's own promise")
    grounds_for: models.JSONField[list[str]] = models.JSONField(default=list)
    grounds_against: models.JSONField[list[str]] = models.JSONField(default=list)
    premises = models.TextField(blank=True, default="")
    times = models.TextField(blank=True, default="")
    compliance_plan = models.TextField(blank=True, default="")
    entitlement = models.TextField(blank=True, default="")
    destinations = models.TextField(blank=True, default="")
    complaints = models.TextField(blank=True, default="")
    shows_providers = models.BooleanField(default=True)
    shows_occasions = models.BooleanField(default=True)
    approved_by = models.CharField(max_length=120, blank=True, default="")
    approved_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="one_access_statement_for_a_school")]

    def __str__(self) -> str:
        return "provider access statement"


class PublishedStatement(AddressedRecord):
    """A version as it was published: its words are never changed. The one with no `ended_on` is what everybody reads."""

    number = models.PositiveSmallIntegerField()
    words: models.JSONField[dict[str, object]] = models.JSONField()
    published_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_access_statement_of_a_number"),
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(ended_on__isnull=True), name="one_access_statement_is_read"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ProviderRequest(AddressedRecord):
    """What one provider asked for. Empty is not said; nothing here is about a pupil."""

    class Came(models.TextChoices):
        FORM = "form", "By the form on the website"
        EMAIL = "email", "By e-mail"
        PHONE = "phone", "By telephone"
        LETTER = "letter", "By letter"
        IN_PERSON = "in_person", "In person"

    class Basis(models.TextChoices):
        T_LEVEL = "t_level", "T Levels"
        APPRENTICESHIP = "apprenticeship", "Apprenticeships"
        HTQ = "htq", "Higher technical qualifications"
        OTHER_APPROVED = "other_approved", "Another approved technical qualification"

    class Setting(models.TextChoices):
        ASSEMBLY = "assembly", "An assembly"
        LESSON = "lesson", "A lesson or tutor time"
        EVENT = "event", "A fair or another event at the school"
        VISIT = "visit", "A visit of pupils to the provider"
        ONLINE = "online", "Live online"

    class Content(models.TextChoices):
        PROVIDER = "about_provider", "The provider, and the qualifications or apprenticeships it offers"
        CAREERS = "about_careers", "The careers these lead to"
        LEARNING = "about_learning_there", "What learning or training there is like"
        QUESTIONS = "questions_answered", "Answers to pupils' questions"

    came = models.CharField(max_length=10, choices=Came.choices, default=Came.FORM)
    received_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True, help_text="By the school's own promise when it came")
    organisation = models.CharField(max_length=200)
    ukprn = models.CharField("UKPRN", max_length=8, blank=True, default="")
    contact_name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    basis: models.JSONField[list[str]] = models.JSONField(default=list)
    offer = models.TextField(blank=True, default="")
    year_groups: models.JSONField[list[int]] = models.JSONField(default=list)
    settings: models.JSONField[list[str]] = models.JSONField(default=list)
    when = models.TextField(blank=True, default="")
    contents: models.JSONField[list[str]] = models.JSONField(default=list)
    needs = models.TextField(blank=True, default="")
    activity = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed = models.BooleanField("confirmation sent", null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["school", "received_on"], name="provider_request_by_day")]

    def __str__(self) -> str:
        return f"Request of {self.organisation}"


class Decision(SchoolRecord):
    """An answer to a request, as it was given. A later one stands in its place; none is ever changed."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        CHANGED = "changed", "Accepted with changes"
        REFUSED = "refused", "Refused"

    request = models.ForeignKey(ProviderRequest, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    ground = models.CharField(max_length=300)
    in_statement = models.BooleanField("the published statement names the ground", default=False)
    limits: models.JSONField[list[str]] = models.JSONField(default=list)
    words = models.TextField(blank=True, default="")
    agreed_on = models.DateField(null=True, blank=True)
    year_groups: models.JSONField[list[int]] = models.JSONField(default=list)
    in_school_day = models.BooleanField(null=True, blank=True)
    whole_cohort = models.BooleanField(null=True, blank=True)
    approved = models.BooleanField("their approval was checked", null=True, blank=True)
    replied_on = models.DateField()
    emailed = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
