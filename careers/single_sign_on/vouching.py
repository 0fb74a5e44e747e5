"""For whom a service vouches: which of its claims may be believed, for each kind of service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused


@dataclass(frozen=True)
class Vouched:
    subject: str
    """What the service calls the person for ever."""
    email: str
    """In lower case, of one of the school's domains, and really theirs."""
    name: str


def vouched_for(service: SignInService, claims: dict[str, Any]) -> Vouched:
    """Raises Refused "foreign" for an account of somebody else's, "unverified" for an address nobody has checked."""
    read = {"google": _of_google, "entra": _of_entra}.get(service.kind, _of_another)
    email = read(service, claims).strip().lower()
    if email.count("@") != 1 or email.rpartition("@")[2] not in service.domains:
        raise Refused("foreign", "The address is of a domain that is not among the school's.")
    return Vouched(claims["sub"], email, " ".join(str(claims.get("name") or "").split())[:150])


def _of_google(service: SignInService, claims: dict[str, Any]) -> str:
    """`hd` is there only for accounts of an organisation; a private account can carry any checked address."""
    if claims.get("hd") not in service.domains:
        raise Refused("foreign", "The account is not of the school's Google Workspace.")
    return _checked_address(claims)


def _of_entra(service: SignInService, claims: dict[str, Any]) -> str:
    """In Entra anybody's own tenant can put any address into `email`, so only the tenant's own people are believed.

    The sign-in name is of a domain that the tenant has shown to be its own. `email` counts only where Entra says the same of
    it (xms_edov).
    """
    if str(claims.get("tid", "")).lower() != service.tenant.lower():
        raise Refused("foreign", "The account is of another tenant.")
    if claims.get("idp", claims.get("iss")) != claims.get("iss") or str(claims.get("acct", "0")) == "1":
        raise Refused("foreign", "The account is a guest's.")
    name = str(claims.get("preferred_username") or "").lower()
    if name.rpartition("@")[2] in service.domains:
        return name
    if str(claims.get("xms_edov", "")).lower() in ("1", "true"):
        return str(claims.get("email") or "")
    raise Refused("unverified", "The sign-in name is of a domain that is not among the school's.")


def _of_another(service: SignInService, claims: dict[str, Any]) -> str:
    return _checked_address(claims)


def _checked_address(claims: dict[str, Any]) -> str:
    if claims.get("email_verified") is not True:
        raise Refused("unverified", "The service does not say that the address has been checked (email_verified).")
    return str(claims.get("email") or "")
