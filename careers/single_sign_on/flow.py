"""The way to a service and back: OpenID Connect with an authorization code, PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from careers.accounts.encryption import Unreadable
from careers.single_sign_on.discovery import Endpoints, discover
from careers.single_sign_on.fetching import fetch_json
from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused
from careers.single_sign_on.tokens import verified

SESSION_KEY = "school_service"
LASTS = 10 * 60
FROM_USERINFO = ("email", "email_verified", "name")


def back_address(request: HttpRequest, service: SignInService) -> str:
    """Where the service sends people back to: exactly what has to be entered there."""
    path = reverse("single_sign_on:back", kwargs={"reference": service.school.reference})
    return request.build_absolute_uri(path)


def begin(request: HttpRequest, service: SignInService, **purpose: str) -> str:
    """The address to send somebody to. `purpose` is kept in the session until they are back. Raises Refused."""
    endpoints = discover(service)
    attempt = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    redirect_uri = back_address(request, service)
    request.session[SESSION_KEY] = {
        **attempt,
        "school": service.school.reference,
        "issuer": service.issuer,
        "redirect_uri": redirect_uri,
        "began": time.time(),
        "purpose": purpose,
    }
    challenge = hashlib.sha256(attempt["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": service.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email profile",
        "state": attempt["state"],
        "nonce": attempt["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "code_challenge_method": "S256",
        "prompt": "select_account",
    }
    if service.kind == SignInService.Kind.GOOGLE and len(service.domains) == 1:
        asked["hd"] = service.domains[0]
    if service.kind == SignInService.Kind.OTHER:
        del asked["prompt"]  # which not every service knows
    return f"{endpoints.authorize}{'&' if '?' in endpoints.authorize else '?'}{urlencode(asked)}"


def finish(request: HttpRequest, service: SignInService) -> tuple[dict[str, Any], dict[str, str]]:
    """The claims of whoever is back, and the purpose given to `begin`. An attempt is good for one way back. Raises Refused."""
    attempt = request.session.pop(SESSION_KEY, None)
    given = request.GET
    if not attempt or attempt["school"] != service.school.reference or attempt["issuer"] != service.issuer:
        raise Refused("stale")
    if not constant_time_compare(given.get("state", ""), attempt["state"]) or time.time() - attempt["began"] > LASTS:
        raise Refused("stale")
    if given.get("iss", service.issuer) != service.issuer:
        raise Refused("odd", "Another service answered.")
    if "error" in given or not given.get("code"):
        raise Refused("declined", f"The service answered {given.get('error', 'nothing')[:60]}.")
    endpoints = discover(service)
    tokens = _tokens_for(given["code"], service, endpoints, attempt)
    claims = verified(
        str(tokens.get("id_token", "")),
        keys=fetch_json(endpoints.keys, hosts=service.hosts),
        issuer=service.issuer,
        client_id=service.client_id,
        nonce=attempt["nonce"],
        at=time.time(),
    )
    if "email" not in claims and endpoints.userinfo and service.kind == SignInService.Kind.OTHER:
        claims = {**_userinfo(claims["sub"], tokens, service, endpoints), **claims}
    return claims, attempt["purpose"]


def _tokens_for(code: str, service: SignInService, endpoints: Endpoints, attempt: dict[str, Any]) -> dict[str, Any]:
    try:
        secret = service.secret
    except Unreadable:
        raise Refused("key_lost") from None
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": attempt["redirect_uri"],
        "code_verifier": attempt["verifier"],
    }
    headers = {}
    if endpoints.secret_in_form:
        form |= {"client_id": service.client_id, "client_secret": secret}
    else:
        pair = f"{quote(service.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return fetch_json(endpoints.token, hosts=service.hosts, form=form, headers=headers)


def _userinfo(subject: str, tokens: dict[str, Any], service: SignInService, endpoints: Endpoints) -> dict[str, Any]:
    """Who the person is, from services that keep it out of the token. Only of the same person."""
    headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
    said = fetch_json(endpoints.userinfo, hosts=service.hosts, headers=headers)
    if said.get("sub") != subject:
        raise Refused("odd", "The service speaks of two people.")
    return {name: said[name] for name in FROM_USERINFO if name in said}
