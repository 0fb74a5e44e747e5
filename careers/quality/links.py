"""Links that open questions without signing in: a short code for a wall, a long one for a partner's message."""

from __future__ import annotations

import hashlib

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django_scopes import scopes_disabled

from careers.quality.models import Link
from careers.schools.clock import today
from careers.schools.models import REFERENCE_ALPHABET

SALT = "careers.quality.links"
LETTERS = {Link.Kind.REFLECTION: 10, Link.Kind.FEEDBACK: 26}
"""49 bits to be typed from a wall, which opens questions and shows nobody's name; 127 for what a partner alone should answer."""
PAGES = {Link.Kind.REFLECTION: "quality:reflect", Link.Kind.FEEDBACK: "quality:feedback"}


class LinkRefused(Exception):
    """Nothing can be done with the link. `reason` is one of mangled, closed, over, early."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def code_of(kind: str, reference: str) -> str:
    """The code of a link, which only a copy with the same secret key can work out."""
    number = int.from_bytes(salted_hmac(SALT, f"{kind} {reference}", algorithm="sha256").digest())
    letters = ""
    for _ in range(LETTERS[Link.Kind(kind)]):
        number, letter = divmod(number, len(REFERENCE_ALPHABET))
        letters += REFERENCE_ALPHABET[letter]
    return letters


def digest_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def address_of(link: Link, at: str) -> str:
    """The whole address, beginning with `at`; empty where the secret key has changed since, so that the link must be made anew."""
    code = code_of(link.kind, link.reference)
    return at.rstrip("/") + reverse(PAGES[Link.Kind(link.kind)], args=[code]) if digest_of(code) == link.digest else ""


def opened_by(code: str, kind: str) -> Link:
    """The link a code is of. Raises LinkRefused; looking changes nothing, since mail scanners look too."""
    # Asked across schools: whoever opens a link belongs to none.
    with scopes_disabled():
        found = (
            Link.objects.filter(digest=digest_of(code), kind=kind)
            .select_related("school", "activity", "partner")
            .first()
        )
    if found is None:
        raise LinkRefused("mangled")
    if found.closed:
        raise LinkRefused("closed")
    if today() > found.last_day or found.activity.status == "cancelled":
        raise LinkRefused("over")
    if found.activity.starts_on and today() < found.activity.starts_on:
        raise LinkRefused("early")
    return found
