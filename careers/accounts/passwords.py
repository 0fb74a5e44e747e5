"""What a password must be: long enough, not about its owner, and not known from a breach. Made of anything."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError

from careers.accounts.breached import BreachedHashes, NotAList

LEAST, MOST = 12, 128
KNOWN = (
    "This password is known from a breach of some other service, so it is among the first that will be tried. "
    "Choose another."
)


def normalised(password: str) -> str:
    """One way of writing (Unicode's NFKC), so that é typed on a phone is the é typed on a laptop."""
    return unicodedata.normalize("NFKC", password)


class LengthOfPassword:
    def validate(self, password: str, user: Any = None) -> None:
        length = len(normalised(password))
        if length < LEAST:
            raise ValidationError(f"Use at least {LEAST} characters. Three or four unrelated words will do.", "short")
        if length > MOST:
            raise ValidationError(f"Use no more than {MOST} characters.", "long")

    def get_help_text(self) -> str:
        return f"From {LEAST} to {MOST} characters, of any kind."


class NotKnownFromABreach:
    """Held against a short list that is always here and, where the installation has one, the published list as a file."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        if normalised(password).lower().strip() in self.common or self._is_listed(password):
            raise ValidationError(KNOWN, "breached")

    def _is_listed(self, password: str) -> bool:
        path = settings.BREACHED_PASSWORDS
        return bool(path) and any(each in BreachedHashes(path) for each in {password, normalised(password)})

    def get_help_text(self) -> str:
        return "Not one that is known from a breach."


def check_breached_passwords(**_: Any) -> list[CheckMessage]:
    """System check: a file that is named in the settings and cannot be searched is refused before anything starts."""
    if not settings.BREACHED_PASSWORDS:
        return []
    try:
        BreachedHashes(settings.BREACHED_PASSWORDS).inspect()
    except NotAList as refused:
        return [Error(f"TRIGPOINT_BREACHED_PASSWORDS: {refused}", id="accounts.E001")]
    return []
