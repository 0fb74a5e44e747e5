"""A person's own passkeys, by a name for an address that cannot be guessed and is no number of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from careers.accounts.models import User


@dataclass(frozen=True)
class Passkey:
    key: str
    name: str
    added: datetime
    used: datetime | None


def own_passkeys(user: User) -> list[Passkey]:
    return [Passkey(_key(each), str(each), each.created_at, each.last_used_at) for each in _of(user)]


def own_passkey(user: User, key: str) -> Authenticator:
    """Raises Http404 for one that is not this person's."""
    found = next((each for each in _of(user) if constant_time_compare(_key(each), key)), None)
    if found is None:
        raise Http404
    return found


def _of(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at"))


def _key(passkey: Authenticator) -> str:
    return salted_hmac("careers.accounts.second_step.passkeys", str(passkey.pk)).hexdigest()[:16]
