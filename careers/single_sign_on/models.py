"""A school's own sign-in service, and who of its people has come in by it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from careers.accounts.encryption import decrypt, encrypt
from careers.accounts.models import Membership
from careers.schools.models import School, SchoolRecord

PURPOSE = "sign-in service"


class SignInService(models.Model):
    """Who vouches for a school's people: its Google Workspace, its Microsoft Entra, or another service with OpenID Connect."""

    class Kind(models.TextChoices):
        GOOGLE = "google", "Google Workspace"
        ENTRA = "entra", "Microsoft Entra"
        OTHER = "other", "Another service with OpenID Connect"

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="sign_in_service")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tenant = models.CharField(max_length=36, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    """The issuer of a service of another kind."""
    client_id = models.CharField(max_length=200)
    sealed_secret = models.TextField()
    domains: models.JSONField[list[str]] = models.JSONField(default=list)
    asks_second_step = models.BooleanField(default=False)
    form_origin = models.CharField(max_length=300, blank=True, default="")
    """Where its sign-in page is, which a browser must be told before a form of ours may lead there."""
    tested_at = models.DateTimeField(null=True)
    """When somebody last went all the way through. Until then it is not offered to anybody."""

    objects = ScopedManager(school="school")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.school}"

    @property
    def issuer(self) -> str:
        """Who signs what the service says, exactly as it writes itself."""
        fixed = settings.SIGN_IN_ISSUERS.get(self.kind)
        return fixed.format(tenant=self.tenant) if fixed else self.address

    @property
    def name(self) -> str:
        """As a button says it."""
        return {"google": "Google", "entra": "Microsoft"}.get(self.kind, "school")

    @property
    def hosts(self) -> frozenset[str]:
        """The only machines this service is ever asked at: its issuer's, and those the two big ones are known to use."""
        return frozenset({urlsplit(self.issuer).hostname or "", *HOSTS.get(self.kind, ())})

    @property
    def secret(self) -> str:
        """Raises careers.accounts.encryption.Unreadable when the installation's key has changed since."""
        return decrypt(self.sealed_secret, PURPOSE)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = encrypt(secret, PURPOSE)


HOSTS = {
    "google": ("oauth2.googleapis.com", "www.googleapis.com", "openidconnect.googleapis.com"),
    "entra": ("graph.microsoft.com",),
}


class Link(SchoolRecord):
    """Ties what a service calls a person to their role at the school, for as long as they hold one.

    Made at the first sign-in. From then on the address in what the service says no longer decides who it is.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "subject"], name="a_subject_is_one_person")]

    def __str__(self) -> str:
        return f"{self.membership_id} by the service of {self.school_id}"
