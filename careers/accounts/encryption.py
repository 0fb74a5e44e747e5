"""Text that no reader of the database or of a copy of it may read: locked by the installation's secret key."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """The text was locked with another secret key, or for another purpose, or is damaged."""


def encrypt(text: str, purpose: str) -> str:
    return _lock(purpose).encrypt(text.encode()).decode()


def decrypt(locked: str, purpose: str) -> str:
    """What `encrypt` was given, under this secret key or one it took the place of. Raises Unreadable."""
    try:
        return _lock(purpose).decrypt(locked.encode()).decode()
    except (InvalidToken, ValueError):
        raise Unreadable from None


def _lock(purpose: str) -> MultiFernet:
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [sha256(f"{purpose}\0{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
