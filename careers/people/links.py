"""The link of an invitation: a reference that finds it and a secret that opens it."""

from __future__ import annotations

import hashlib
import secrets

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_scopes import scopes_disabled

from careers.accounts.first_password import usual_place
from careers.people.models import Invitation

REFERENCE_LENGTH = 12


class LinkRefused(Exception):
    """Nothing can be done with the link. `reason` is one of mangled, used, withdrawn, expired."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_secret() -> str:
    """43 letters, digits, hyphens and underscores: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(invitation: Invitation, secret: str, at: str = "") -> str:
    """Whoever has it can take the invited person's place: it goes into the message and nowhere else."""
    path = reverse("people:invitation", kwargs={"token": invitation.reference + secret})
    return (at or usual_place()).rstrip("/") + path


def opened_by(token: str) -> Invitation:
    """The invitation a link is for. Raises LinkRefused; looking changes nothing, since mail scanners look too."""
    reference, secret = token[:REFERENCE_LENGTH], token[REFERENCE_LENGTH:]
    # Asked across schools: whoever opens a link belongs to none yet.
    with scopes_disabled():
        found = Invitation.objects.filter(reference=reference).select_related("school", "invited_by").first()
    # The work is the same whether or not there is one, and the time says nothing of how much of a secret was right.
    right = constant_time_compare(digest_of(secret), found.digest if found else digest_of(""))
    if found is None or not right:
        raise LinkRefused("mangled")
    if found.accepted_at is not None:
        raise LinkRefused("used")
    if found.withdrawn_at is not None:
        raise LinkRefused("withdrawn")
    if timezone.now() >= found.expires_at:
        raise LinkRefused("expired")
    return found
