"""Invitations: who has been asked to join a school, in which role, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.accounts.models import User
from careers.accounts.roles import ROLES, Role
from careers.pupils.models import Group, Pupil
from careers.schools.models import AddressedRecord

LASTS = timedelta(days=7)


class Invitation(AddressedRecord):
    """The link in the message is the reference and a secret. Only the secret's digest is kept, so the link is nowhere here."""

    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    groups = models.ManyToManyField(Group, related_name="+")
    pupils = models.ManyToManyField(Pupil, related_name="+")
    digest = models.CharField(max_length=64)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent = models.BooleanField(null=True)
    """None until the mail server has been asked; then whether it took the message."""
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_for_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"

    @property
    def held(self) -> type[Role]:
        return ROLES[self.role]

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at
