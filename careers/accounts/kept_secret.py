"""A secret that has to be read again, kept so that a copy of the database alone does not give it away.

The key is made from the installation's secret key for one purpose. Whoever changes the secret key has to enter such a secret again.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SecretLost(Exception):
    """It was kept under another secret key, or somebody changed it."""


def seal(secret: str, purpose: str) -> str:
    return _lock(purpose).encrypt(secret.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The secret as it was given. Raises SecretLost."""
    try:
        return _lock(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SecretLost from None


def _lock(purpose: str) -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose.encode()[:16]).digest()
    return Fernet(base64.urlsafe_b64encode(key))
