"""Tokens that are not right, and addresses that are not asked."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from careers.accounts.encryption import Unreadable
from careers.single_sign_on import fetching
from careers.single_sign_on.fetching import checked, fetch_json
from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused
from careers.single_sign_on.tokens import verified

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
KEYS = {
    "keys": [
        {**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "a", "use": "sig"},
        {**jwt.algorithms.ECAlgorithm.to_jwk(CURVE.public_key(), as_dict=True), "kid": "b", "use": "sig"},
    ]
}
NOW = 1_800_000_000
RIGHT = {"iss": "https://id.example.org", "aud": "us", "sub": "s", "nonce": "n", "iat": NOW, "exp": NOW + 600}


def held(claims: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "a") -> dict[str, Any]:
    token = jwt.encode(claims, key, algorithm, headers={"kid": kid})
    return verified(token, keys=KEYS, issuer="https://id.example.org", client_id="us", nonce="n", at=NOW)


def test_a_right_token_holds_with_either_kind_of_key() -> None:
    assert held(RIGHT)["sub"] == "s"
    assert held(RIGHT, CURVE, "ES256", "b")["sub"] == "s"
    assert held({**RIGHT, "aud": ["us", "them"], "azp": "us"})["sub"] == "s"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://id.example.org/"},
        {"aud": "them"},
        {"aud": ["us", "them"]},
        {"azp": "them"},
        {"nonce": "m"},
        {"nonce": None},
        {"exp": NOW - 61},
        {"exp": "tomorrow"},
        {"exp": True},
        {"iat": NOW - 3600, "exp": NOW + 3600},
        {"iat": NOW + 3600, "exp": NOW + 7200},
        {"nbf": NOW + 3600},
        {"sub": ""},
        {"sub": "s" * 256},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_a_token_that_is_not_wholly_right_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        held({name: value for name, value in {**RIGHT, **wrong}.items() if value is not None})


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "exp", "iat", "nonce"])
def test_a_token_without_one_of_its_parts_is_refused(missing: str) -> None:
    with pytest.raises(Refused):
        held({name: value for name, value in RIGHT.items() if name != missing})


def test_a_token_that_the_service_did_not_sign_is_refused() -> None:
    shared = "what both of us know, such as the client secret"
    for key, algorithm, kid in (
        (ANOTHER, "RS256", "a"),
        (KEY, "RS256", "c"),
        (None, "none", "a"),
        (shared, "HS256", "a"),
    ):
        with pytest.raises(Refused):
            held(RIGHT, key, algorithm, kid)
    with pytest.raises(Refused):
        verified("nonsense", keys=KEYS, issuer="https://id.example.org", client_id="us", nonce="n", at=NOW)


HOSTS = frozenset({"id.example.org", "127.0.0.1", "localhost"})


@pytest.mark.parametrize(
    "address",
    [
        "http://id.example.org/",
        "https://id.example.org.evil.example/",
        "https://evil.example/?id.example.org",
        "https://id.example.org@evil.example/",
        "https://user:word@id.example.org/",
        "http://127.0.0.1/",
        "http://localhost/",
        "file:///etc/passwd",
        "https://[::1]/",
        "https://id.example.org:notaport/",
        "",
    ],
)
def test_only_the_services_own_https_addresses_are_asked(address: str) -> None:
    with pytest.raises(Refused):
        checked(address, HOSTS)


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fd00::1",
     "fe80::1", "::ffff:10.0.0.1", "224.0.0.1"],
)  # fmt: skip
def test_a_name_that_leads_inside_the_network_is_not_asked(monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", inside)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(Refused) as refused:
        fetch_json("https://id.example.org/", hosts=HOSTS)
    assert "private network" in refused.value.detail


def test_a_secret_cannot_be_read_without_the_installations_key(settings: Any) -> None:
    service = SignInService()
    service.secret = "between us"
    assert "between us" not in service.sealed_secret
    assert service.secret == "between us"
    settings.SECRET_KEY = "x" * 50
    with pytest.raises(Unreadable):
        _ = service.secret


@pytest.mark.parametrize("begins", ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n"], ids=["a head", "a body"])
def test_a_service_that_says_a_letter_now_and_then_is_hung_up_on(
    settings: Any, monkeypatch: pytest.MonkeyPatch, begins: str
) -> None:
    settings.SIGN_IN_LOCAL = True
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    hung_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(begins.encode())
                for _ in range(100):  # five seconds of it
                    connection.sendall(b"a")
                    if hung_up.wait(0.05):
                        return

        speaking = threading.Thread(target=answer)
        speaking.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(Refused):
            fetch_json(address, hosts=frozenset({"127.0.0.1"}))
        assert speaking.is_alive(), "it was not heard to the end"
        hung_up.set()
        speaking.join()
