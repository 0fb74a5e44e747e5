"""Whether an ID token is what the service said to us, about this sign-in, just now."""

from __future__ import annotations

from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

from careers.single_sign_on.refusals import Refused

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signed with a key only the service has. Never "none", nor anything keyed with what we both know."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""
OLDEST = 15 * 60


def verified(token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str, at: float) -> dict[str, Any]:
    """The claims of a token, in seconds since 1970 as at `at`. Raises Refused("odd") for one that is not wholly right."""
    try:
        key = _key_for(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            # Times are looked at below, as at the moment asked about.
            options={
                "require": ["exp", "iat", "sub", "aud", "iss"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError) as wrong:
        raise Refused("odd", f"Its token does not hold ({type(wrong).__name__}).") from None
    _refuse_wrong_time(claims, at)
    if not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise Refused("odd", "Its token is for another sign-in.")
    audience, azp = claims["aud"], claims.get("azp")
    if azp not in (None, client_id) or (isinstance(audience, list) and len(audience) > 1 and azp is None):
        raise Refused("odd", "Its token is for another program.")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Refused("odd", "Its token names nobody.")
    return claims


def _key_for(token: str, keys: dict[str, Any]) -> Any:
    """The service's key that the token says it was signed with."""
    header = jwt.get_unverified_header(token)
    held = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    fitting = [key for key in held if header.get("kid") in (None, key.key_id)]
    if len(fitting) != 1:
        raise Refused("odd", "Its token is signed with no key of its own.")
    return fitting[0].key


def _refuse_wrong_time(claims: dict[str, Any], at: float) -> None:
    times = [claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])]
    if not all(isinstance(time, int | float) and not isinstance(time, bool) for time in times):
        raise Refused("odd", "Its token says no time.")
    expires, made, begins = times
    if expires < at - LEEWAY or made < at - OLDEST or max(made, begins) > at + LEEWAY:
        raise Refused("odd", "Its token is not for now. Are the clocks of both machines right?")
