"""Pupils: who they are, the year group they hold each academic year, their groups, and facts that change with time."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from careers.accounts.models import User
from careers.schools.clock import today
from careers.schools.models import AddressedRecord, SchoolRecord


class PupilQuerySet(models.QuerySet["Pupil"]):
    def on_roll(self, day: date) -> PupilQuerySet:
        """Pupils whose time at the school includes `day` (both ends included)."""
        return self.filter(Q(joined_on__isnull=True) | Q(joined_on__lte=day)).filter(
            Q(left_on__isnull=True) | Q(left_on__gte=day)
        )

    def matching(self, words: str) -> PupilQuerySet:
        """Pupils whose names or UPN contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(surname__icontains=word)
                | Q(forename__icontains=word)
                | Q(preferred_surname__icontains=word)
                | Q(preferred_forename__icontains=word)
                | Q(upn__iexact=word)
            )
        return found


class Pupil(AddressedRecord):
    upn = models.CharField("UPN", max_length=13, blank=True, default="")
    former_upn = models.CharField("former UPN", max_length=13, blank=True, default="")
    uln = models.CharField("ULN", max_length=10, blank=True, default="")
    mis_id = models.CharField("number in the school's own system", max_length=60, blank=True, default="")
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True, default="")
    middle_names = models.CharField(max_length=100, blank=True, default="")
    preferred_surname = models.CharField(max_length=100, blank=True, default="")
    preferred_forename = models.CharField(max_length=100, blank=True, default="")
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True, default="", choices=[("F", "Female"), ("M", "Male")])
    email = models.EmailField(blank=True, default="")
    joined_on = models.DateField("on roll from", null=True, blank=True)
    left_on = models.DateField("last day on roll", null=True, blank=True)
    considering_he = models.BooleanField("considering higher education", null=True, blank=True)
    in_benchmark_cohort = models.BooleanField("benchmarks are suitable (special schools)", null=True, blank=True)

    objects = ScopedManager(school="school", _manager_class=models.Manager.from_queryset(PupilQuerySet))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "upn"], condition=~Q(upn=""), name="one_pupil_for_a_upn"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="a_pupil_joins_before_leaving",
            ),
        ]
        indexes = [models.Index(fields=["school", "surname", "forename"], name="pupil_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name the pupil is known by, surname last."""
        forename = self.preferred_forename or self.forename
        return f"{forename} {self.preferred_surname or self.surname}".strip()

    @property
    def list_name(self) -> str:
        """The name as registers sort it: surname first."""
        forename = self.preferred_forename or self.forename
        surname = self.preferred_surname or self.surname
        return f"{surname}, {forename}" if forename else surname

    def is_on_roll(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or self.left_on >= day)


class YearHeld(SchoolRecord):
    """The National Curriculum year group a pupil held in one academic year: two rows with the same group are a repeated year."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="years")
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "academic_year"], name="one_year_group_each_academic_year")
        ]
        indexes = [models.Index(fields=["school", "pupil", "academic_year", "year_group"], name="year_held_by_pupil")]

    def __str__(self) -> str:
        return f"Year {self.year_group} in {self.academic_year}"


class Group(AddressedRecord):
    """A set of pupils with a name in one academic year: a form, a teaching class (with its subject), a caseload, a club."""

    class Kind(models.TextChoices):
        FORM = "form", "Form"
        CLASS = "class", "Teaching class"
        CASELOAD = "caseload", "Guidance caseload"
        OTHER = "other", "Other group"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60)
    academic_year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=60, blank=True, default="")
    staff = models.ManyToManyField(User, through="GroupStaff", related_name="+")
    pupils = models.ManyToManyField(Pupil, through="GroupMembership", related_name="groups")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "name", "academic_year"], name="one_group_of_a_name_each_year"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(SchoolRecord):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="group_memberships")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "pupil"], name="a_pupil_is_once_in_a_group")]
        indexes = [models.Index(fields=["school", "pupil"], name="membership_by_pupil")]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.group_id}"


class GroupStaff(SchoolRecord):
    """A person who answers for a group: a tutor for a form, a teacher for a class, an adviser for a caseload."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="group_staff")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="a_person_is_once_on_a_group")]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.group_id}"


class OwnRecord(SchoolRecord):
    """Whose record a pupil's is, of the people who sign in: the pupil's own, or a parent's or carer's."""

    class Relation(models.TextChoices):
        SELF = "self", "The pupil"
        PARENT = "parent", "Parent or carer"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="own_records")
    relation = models.CharField(max_length=10, choices=Relation.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "pupil"], name="a_person_is_once_on_a_pupils_record")]

    def __str__(self) -> str:
        return f"{self.user_id} ({self.relation}) of {self.pupil_id}"


class Characteristic(SchoolRecord):
    """A dated fact about a pupil. `value` is a code of the kind: for SEN provision N, K or E; for the others Y."""

    class Kind(models.TextChoices):
        SEN_PROVISION = "sen_provision", "SEN provision"
        FSM = "fsm", "Free school meals"
        LOOKED_AFTER = "looked_after", "Looked after"
        PUPIL_PREMIUM = "pupil_premium", "Pupil premium"
        EAL = "eal", "English as an additional language"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="characteristics")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=10)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school", "pupil", "kind"], name="characteristic_by_pupil")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Arrival(AddressedRecord):
    """A pupil another school or system sent without a UPN: held until a person says who it is (or that it is nobody of ours)."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting for a person to match"
        MATCHED = "matched", "Matched to a pupil"
        ADDED = "added", "Added as a new pupil"
        DISMISSED = "dismissed", "Dismissed"

    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True, default="")
    date_of_birth = models.DateField(null=True, blank=True)
    facts: models.JSONField[dict[str, object]] = models.JSONField(default=dict)
    arrived_on = models.DateField(default=today)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip()
