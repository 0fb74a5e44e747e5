"""What a service says of itself: where to send people, where to ask for tokens, where its keys are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from careers.single_sign_on.fetching import checked, fetch_json
from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Endpoints:
    authorize: str
    token: str
    keys: str
    userinfo: str
    secret_in_form: bool
    """Whether our secret goes with the form; else in a header."""

    @property
    def form_origin(self) -> str:
        parts = urlsplit(self.authorize)
        return f"{parts.scheme}://{parts.netloc}"


def discover(service: SignInService) -> Endpoints:
    """Raises Refused where the service cannot be reached, is another than it says, or sends us elsewhere."""
    said = fetch_json(service.issuer.rstrip("/") + WELL_KNOWN, hosts=service.hosts)
    if said.get("issuer") != service.issuer:
        raise Refused("odd", f"The service calls itself {str(said.get('issuer'))[:120]}, not {service.issuer}.")
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise Refused("odd", "The service does not know PKCE with S256, without which a sign-in could be stolen.")
    ways = said.get("token_endpoint_auth_methods_supported")
    return Endpoints(
        authorize=_its_own(said, "authorization_endpoint", service),
        token=_its_own(said, "token_endpoint", service),
        keys=_its_own(said, "jwks_uri", service),
        userinfo=_its_own(said, "userinfo_endpoint", service) if said.get("userinfo_endpoint") else "",
        secret_in_form=isinstance(ways, list) and "client_secret_post" in ways,
    )


def _its_own(said: dict[str, Any], name: str, service: SignInService) -> str:
    address = said.get(name)
    if not isinstance(address, str):
        raise Refused("odd", f"The service does not say its {name}.")
    checked(address, service.hosts)
    return address
