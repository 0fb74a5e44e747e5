"""Careers in the curriculum: who answers for which subject, what each link is about, and what staff were told of careers.

A careers link is an activity of the programme and a session of staff development is one too: what is said of them here is only
what the programme does not ask. Who studies a subject is never kept: it is what pupils' classes say.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.programme.models import Activity
from careers.pupils.models import Group
from careers.schools.models import AddressedRecord, SchoolRecord


class Department(AddressedRecord):
    """Subjects taught by people who plan together. Its head answers for their careers links."""

    name = models.CharField(max_length=60)
    head = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_department_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Subject(AddressedRecord):
    """A subject as classes and careers links name it: `name` is the text they have in common."""

    name = models.CharField(max_length=60)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="subjects"
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_subject_of_a_name")]

    def __str__(self) -> str:
        return self.name


class SameSubject(AddressedRecord):
    """A spelling that was said to mean a subject. `groups` and `activities` are the keys of what had it and was put right."""

    spelling = models.CharField(max_length=60)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="spellings")
    groups: models.JSONField[list[int]] = models.JSONField(default=list)
    activities: models.JSONField[list[int]] = models.JSONField(default=list)
    joined_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["spelling"]
        constraints = [models.UniqueConstraint(fields=["school", "spelling"], name="a_spelling_means_one_subject")]

    def __str__(self) -> str:
        return self.spelling


class EveryoneStudies(SchoolRecord):
    """All of a year group study a subject. `group` is the class made to say so, which holds each of its pupils."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="for_everyone")
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField()
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "academic_year", "year_group"], name="said_once_of_a_subject_and_year_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} in Year {self.year_group}"


class Link(SchoolRecord):
    """What a careers link is about, beside what the programme says of the activity."""

    class Way(models.TextChoices):
        LESSON = "lesson", "In one lesson"
        TOPIC = "topic", "Through a topic"

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="link")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.TOPIC)
    topic = models.CharField(max_length=120)
    careers = models.CharField("careers it leads to", max_length=300, blank=True, default="")
    resource = models.URLField("address of a resource", max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.topic


class StaffSession(SchoolRecord):
    """A session of staff development on careers. A number that is null is not known, which is not nobody."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="staff_session")
    topic = models.CharField(max_length=200, blank=True, default="")
    led_by = models.CharField(max_length=120, blank=True, default="")
    for_teachers = models.BooleanField(default=True)
    for_support_staff = models.BooleanField(default=False)
    departments = models.ManyToManyField(Department, through="SessionDepartment", related_name="+")
    teachers_came = models.PositiveSmallIntegerField(null=True, blank=True)
    support_staff_came = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.topic or str(self.activity)


class SessionDepartment(SchoolRecord):
    """A department a session was for, where it was not for the whole staff."""

    session = models.ForeignKey(StaffSession, on_delete=models.CASCADE, related_name="for_departments")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "department"], name="a_department_is_once_in_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.department_id} at {self.session_id}"


class StaffPresent(SchoolRecord):
    """A person of the staff who was at a session, as a teacher or as one of the staff who support pupils."""

    session = models.ForeignKey(StaffSession, on_delete=models.CASCADE, related_name="present")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    teacher = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="a_person_is_once_at_a_session")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.session_id}"


class StaffNumbers(SchoolRecord):
    """How many teachers and how many other staff who support pupils the school has in a year, as somebody said."""

    academic_year = models.PositiveSmallIntegerField()
    teachers = models.PositiveSmallIntegerField(null=True, blank=True)
    support_staff = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "academic_year"], name="staff_are_numbered_once_a_year"),
            models.CheckConstraint(
                condition=Q(teachers__isnull=False) | Q(support_staff__isnull=False),
                name="some_of_the_staff_are_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"staff of {self.academic_year}"
