"""How good an activity was: what was told beforehand and to whom, and what pupils and partners said of it afterwards.

The answers criteria ask for are fields of Activity and stand nowhere else. Here is only what an answer rests on.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.accounts.models import User
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import AddressedRecord, SchoolRecord

LONGEST = 500
"""Characters of one answer of a pupil's."""


class Audience(models.TextChoices):
    PARTNER = "partner", "The partner"
    PUPILS = "pupils", "Pupils"


class Sharing(AddressedRecord):
    """Once that the purpose was told: to a partner or to pupils, by e-mail or by hand. `words` is what it said then."""

    class Way(models.TextChoices):
        EMAIL = "email", "By e-mail"
        BY_HAND = "by_hand", "Printed, shown or read out"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sharings")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, default="")
    words = models.TextField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    shared_on = models.DateField()
    arrived = models.BooleanField(null=True)
    """Whether the mail server took the message to the partner. None until it was asked, and for pupils, who have their own."""

    class Meta:
        ordering = ["shared_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.PUPILS, partner__isnull=True, email="")
                | Q(audience=Audience.PARTNER, partner__isnull=False),
                name="a_partner_is_told_or_pupils_are",
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience} of {self.activity_id}"


class ToldPupil(SchoolRecord):
    """A pupil whom the purpose was sent to. `arrived` is whether the mail server took the message; None until it was asked."""

    sharing = models.ForeignKey(Sharing, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    arrived = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sharing", "pupil"], name="a_pupil_is_told_once_in_a_sharing")]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.sharing_id}"


class Link(AddressedRecord):
    """A link that opens questions without signing in. Its code is worked out from the reference and this copy's secret key
    (`links.code_of`), so a poster can be printed again; only the code's digest is kept, so the records alone open nothing.
    """

    class Kind(models.TextChoices):
        REFLECTION = "reflection", "Pupils say what they took from it"
        FEEDBACK = "feedback", "A partner says how it went"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField()
    last_day = models.DateField()
    closed = models.BooleanField(default=False)
    sent = models.BooleanField(null=True)
    """Whether the mail server took the message; None where it was not asked."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(kind="reflection", closed=False),
                name="one_open_link_for_reflection",
            ),
            models.UniqueConstraint(
                fields=["activity", "partner"],
                condition=Q(kind="feedback", closed=False),
                name="one_open_link_for_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.activity_id}"


class Reflection(AddressedRecord):
    """What one pupil took from an activity: nobody's unless the pupil had signed in. No hour is kept, which could point at one."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="reflections")
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    learnt = models.CharField("what you learnt about work", max_length=LONGEST, blank=True, default="")
    surprised = models.CharField("what surprised you", max_length=LONGEST, blank=True, default="")
    next_step = models.CharField("what you will do next", max_length=LONGEST, blank=True, default="")
    useful = models.PositiveSmallIntegerField("how useful, 1 to 5", null=True, blank=True)
    said_on = models.DateField()

    class Meta:
        ordering = ["-said_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "pupil"], name="one_reflection_of_a_pupil"),
            models.CheckConstraint(
                condition=Q(useful__isnull=True) | Q(useful__gte=1, useful__lte=5), name="useful_is_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"reflection on {self.activity_id}"


class Feedback(AddressedRecord):
    """What a partner said of an activity. A later answer stands beside an earlier one: none is overwritten."""

    class Went(models.TextChoices):
        WELL = "well", "Well"
        MIXED = "mixed", "Some of it well"
        BADLY = "badly", "Not well"

    class Again(models.TextChoices):
        YES = "yes", "Yes"
        PERHAPS = "perhaps", "Perhaps"
        NO = "no", "No"

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="answers")
    went = models.CharField("how it went", max_length=10, choices=Went.choices)
    prepared = models.BooleanField("pupils were prepared", null=True, blank=True)
    purpose_understood = models.BooleanField("the purpose was told beforehand", null=True, blank=True)
    two_way = models.CharField(max_length=10, choices=Activity.TwoWay.choices, blank=True, default="")
    met_range_of_people = models.BooleanField(null=True, blank=True)
    employer_set_task = models.BooleanField(null=True, blank=True)
    employer_feedback = models.BooleanField(null=True, blank=True)
    again = models.CharField("would come again", max_length=10, choices=Again.choices, blank=True, default="")
    change = models.TextField("what to change", max_length=1000, blank=True, default="")
    said_on = models.DateField()

    class Meta:
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"feedback by {self.link_id}"
