"""The year's plan: activities, for whom, with whom, described by the attributes that criteria ask about.

An unknown attribute is null, which is not the same as no: a criterion that needs it then answers "cannot tell".
What an activity counts towards is never stored.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.partners.models import Partner
from careers.pupils.models import Group
from careers.schools.models import AddressedRecord, SchoolRecord


class Activity(AddressedRecord):
    class Type(models.TextChoices):
        EMPLOYER_ENCOUNTER = "employer_encounter", "Encounter with an employer"
        WORKPLACE_EXPERIENCE = "workplace_experience", "Experience of a workplace"
        PROVIDER_ENCOUNTER = "provider_encounter", "Encounter with a provider"
        CAREERS_EVENT = "careers_event", "Careers fair or event"
        GUIDANCE_MEETING = "guidance_meeting", "Personal guidance meeting"
        LMI_USE = "lmi_use", "Use of labour market information"
        CURRICULUM_LINK = "curriculum_link", "Curriculum link"
        CAREERS_LESSON = "careers_lesson", "Careers lesson"
        PARENT_EVENT = "parent_event", "Event for parents and carers"
        STAFF_DEVELOPMENT = "staff_development", "Staff development"
        SURVEY = "survey", "Survey or questionnaire"
        REVIEW = "review", "Review meeting"
        OFFER = "offer", "Offers of places"
        DESTINATION = "destination", "Destination check"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        PLANNED = "planned", "Planned"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        VIRTUAL = "virtual", "Online"
        HYBRID = "hybrid", "In person and online"

    class HalfTerm(models.TextChoices):
        AUTUMN_1 = "autumn_1", "Autumn 1"
        AUTUMN_2 = "autumn_2", "Autumn 2"
        SPRING_1 = "spring_1", "Spring 1"
        SPRING_2 = "spring_2", "Spring 2"
        SUMMER_1 = "summer_1", "Summer 1"
        SUMMER_2 = "summer_2", "Summer 2"

    class TwoWay(models.TextChoices):
        NONE = "none", "None"
        SOME = "some", "Some"
        EXTENSIVE = "extensive", "Extensive"

    title = models.CharField(max_length=200)
    type = models.CharField(max_length=25, choices=Type.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    academic_year = models.PositiveSmallIntegerField(help_text="2026 is 2026/27")
    starts_on = models.DateField(null=True, blank=True, help_text="Empty while undecided")
    ends_on = models.DateField(null=True, blank=True)
    term = models.CharField(
        max_length=30, blank=True, default="", help_text="The term or week, while the date is undecided"
    )
    half_term = models.CharField(
        max_length=10, choices=HalfTerm.choices, blank=True, default="", help_text="While the day is undecided"
    )
    week_of = models.DateField("week beginning", null=True, blank=True, help_text="While the day is undecided")
    year_groups: models.JSONField[list[int]] = models.JSONField(
        default=list, help_text="Year groups it is for; empty is not said"
    )
    groups = models.ManyToManyField(Group, through="ActivityGroup", related_name="+")
    lacking = models.CharField(
        "for those who lack", max_length=80, blank=True, default="", help_text="A criterion's id: for pupils without it"
    )
    whole_cohort = models.BooleanField(null=True, blank=True, help_text="For every pupil of those year groups")
    partners = models.ManyToManyField(Partner, through="ActivityPartner", related_name="activities")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    external_key = models.CharField(
        max_length=120, blank=True, default="", help_text="How its source names it, so that a second import finds it"
    )
    source = models.CharField(max_length=300, blank=True, default="", help_text="Where it was published, if it was")
    claimed_benchmarks: models.JSONField[list[int]] = models.JSONField(
        default=list, help_text="What its source says it counts for: shown, never used"
    )
    note = models.TextField(blank=True, default="")
    status_reason = models.CharField(
        "reason", max_length=300, blank=True, default="", help_text="Why it is proposed, planned or cancelled"
    )
    template = models.CharField(
        max_length=60, blank=True, default="", help_text="The usual activity it was begun from, by its key"
    )
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    location = models.CharField("where", max_length=200, blank=True, default="")
    cost = models.DecimalField("cost in pounds", max_digits=9, decimal_places=2, null=True, blank=True)
    funding = models.CharField("who pays", max_length=120, blank=True, default="")
    send_adjustments = models.TextField("adjustments for pupils with SEND", blank=True, default="")
    parents_involved = models.TextField("how parents and carers are involved", blank=True, default="")
    agreed_with_partner = models.TextField("what was agreed with the partner beforehand", blank=True, default="")

    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    days = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    in_school_day = models.BooleanField("during the standard school day", null=True, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True, default="")
    in_workplace = models.BooleanField(null=True, blank=True)

    purpose = models.TextField(blank=True, default="")
    purpose_shared_with_partner = models.BooleanField(null=True, blank=True)
    purpose_shared_with_pupils = models.BooleanField(null=True, blank=True)
    learning_outcomes_set = models.BooleanField(null=True, blank=True)
    learning_outcomes = models.TextField(blank=True, default="")
    two_way = models.CharField("two-way interaction", max_length=10, choices=TwoWay.choices, blank=True, default="")
    reflection_after = models.BooleanField("time to reflect afterwards", null=True, blank=True)
    about_work = models.BooleanField("showed what work is like or what it takes to succeed", null=True, blank=True)
    met_range_of_people = models.BooleanField(null=True, blank=True)
    employer_set_task = models.BooleanField(null=True, blank=True)
    employer_feedback = models.BooleanField(null=True, blank=True)
    part_time_job = models.BooleanField("the pupil's own part-time job", null=True, blank=True)

    met_staff = models.BooleanField(null=True, blank=True)
    met_learners = models.BooleanField(null=True, blank=True)
    visit = models.BooleanField("pupils went there", null=True, blank=True)
    about_provider = models.BooleanField(
        "about the provider and its qualifications or apprenticeships", null=True, blank=True
    )
    about_careers = models.BooleanField("about the careers these lead to", null=True, blank=True)
    about_learning_there = models.BooleanField("what learning or training there is like", null=True, blank=True)
    questions_answered = models.BooleanField("pupils' questions were answered", null=True, blank=True)

    one_to_one = models.BooleanField(null=True, blank=True)
    adviser_level = models.PositiveSmallIntegerField("adviser's qualification level", null=True, blank=True)
    advice_recorded = models.BooleanField("advice and agreed decisions recorded", null=True, blank=True)

    information_used = models.BooleanField("pupils used the information themselves", null=True, blank=True)
    informed_choice = models.BooleanField("it informed options or next steps", null=True, blank=True)
    subject = models.CharField(max_length=60, blank=True, default="")
    career_relevance = models.BooleanField("linked the subject to careers", null=True, blank=True)
    stem = models.BooleanField("about science, technology, engineering or mathematics", null=True, blank=True)
    records_aspiration = models.BooleanField("recorded each pupil's aspiration", null=True, blank=True)
    records_intention = models.BooleanField("recorded each pupil's intended destination", null=True, blank=True)
    curriculum_area_linked = models.BooleanField("within the pupil's own curriculum area", null=True, blank=True)
    employment_focus = models.BooleanField("looked at preparing for adulthood and employment", null=True, blank=True)
    suitable_offer = models.BooleanField("a suitable offer of education or training", null=True, blank=True)
    destination_point = models.PositiveSmallIntegerField("year after leaving (1 to 3)", null=True, blank=True)
    destination_known = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["school", "type", "starts_on"], name="activity_by_type"),
            models.Index(fields=["school", "academic_year", "starts_on"], name="activity_by_year"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_key"], condition=~Q(external_key=""), name="one_activity_for_a_source_key"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="an_activity_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityPartner(SchoolRecord):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="activity_partners")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="activity_partners")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "partner"], name="a_partner_is_once_on_an_activity")]

    def __str__(self) -> str:
        return f"{self.partner_id} at {self.activity_id}"


class ActivityGroup(SchoolRecord):
    """A form, class or other group an activity is for."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="activity_groups")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "group"], name="a_group_is_once_on_an_activity")]

    def __str__(self) -> str:
        return f"{self.group_id} at {self.activity_id}"


class Session(SchoolRecord):
    """One of the times an activity is held, where it is held more than once or its hours matter."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    location = models.CharField("where", max_length=200, blank=True, default="")

    class Meta:
        ordering = ["day", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="a_session_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at or ''}".strip()


class SchoolOutcome(AddressedRecord):
    """A learning outcome of the school's own, beside those of the Career Development Framework (frameworks/learning-outcomes)."""

    area = models.PositiveSmallIntegerField("area of the framework", null=True, blank=True)
    year_groups: models.JSONField[list[int]] = models.JSONField(default=list)
    text = models.CharField(max_length=300)
    retired = models.BooleanField("no longer used", default=False)

    class Meta:
        ordering = ["area", "text"]

    def __str__(self) -> str:
        return self.text


class ActivityOutcome(SchoolRecord):
    """A learning outcome set for an activity: the code of a national one, or `own.` and the reference of a SchoolOutcome."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "outcome"], name="an_outcome_is_once_on_an_activity")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.activity_id}"


class CalendarFeed(AddressedRecord):
    """A calendar another program reads: one person's or, without a person, the school's. Only a digest of its secret is kept."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="one_calendar_for_a_person"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(user__isnull=True), name="one_calendar_for_a_school"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id or 'the school'}"
