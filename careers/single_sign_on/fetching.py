"""Asking a sign-in service something from the server: only at the hosts it is known by, and never inside our own network.

A school types the address, so it must not become a way to make this machine ask its neighbours (or itself) things.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from careers.single_sign_on.refusals import Refused

SECONDS = 5
"""For connecting and for each part of the answer; all of it may take twice as long."""
LARGEST = 512 * 1024


def fetch_json(
    address: str,
    *,
    hosts: frozenset[str],
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The JSON object at an address; with `form`, what posting that is answered. Follows no redirect.

    Raises Refused("odd") for an address it will not ask and an answer that is no answer, "unreachable" where nobody answers.
    """
    host, port, secure = checked(address, hosts)
    connection = _Pinned(host, port, ip=_address_of(host, port), secure=secure)
    parts = urlsplit(address)
    given = {"Accept": "application/json", "User-Agent": "Trigpoint", **(headers or {})}
    body = urlencode(form) if form is not None else None
    if body is not None:
        given["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with _no_longer_than(2 * SECONDS, connection):
            connection.request("GET" if body is None else "POST", path, body, given)
            answer = connection.getresponse()
            text = _read(answer)
    except (OSError, http.client.HTTPException) as failed:
        raise Refused("unreachable", f"{host} did not answer ({type(failed).__name__}).") from None
    finally:
        connection.close()
    return _object(answer.status, text, host)


def checked(address: str, hosts: frozenset[str]) -> tuple[str, int, bool]:
    """Host, port and whether it is HTTPS, of an address that may be asked; Refused("odd") for any other."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("odd", "The service names an address that is none.") from None
    secure = parts.scheme == "https"
    if not secure and not (parts.scheme == "http" and settings.SIGN_IN_LOCAL and host in ("127.0.0.1", "localhost")):
        raise Refused("odd", "The service must be at an https address.")
    if host not in hosts or parts.username or parts.password:
        raise Refused("odd", f"The service sends us to {host or 'nowhere'}, which is not its own.")
    return host, port or (443 if secure else 80), secure


def _address_of(host: str, port: int) -> str:
    """The first address of a host, all of whose addresses must be on the public internet."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError:
        raise Refused("unreachable", f"There is no host {host}.") from None
    if not found or not all(_may_be_asked(str(each)) for each in found):
        raise Refused("odd", f"{host} is inside a private network, where nothing is asked.")
    return str(sorted(found, key=str)[0])


def _may_be_asked(address: str) -> bool:
    ip: Any = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if settings.SIGN_IN_LOCAL and ip.is_loopback:
        return True
    return bool(ip.is_global and not ip.is_multicast)


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was looked at, so that a second look-up cannot lead elsewhere; the certificate is the host's."""

    def __init__(self, host: str, port: int, *, ip: str, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.ip, self.secure = ip, secure
        self.held: socket.socket | None = None

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), SECONDS)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self.held = self.sock

    def hang_up(self) -> None:
        # Not `sock`, which is let go of as soon as an answer begins that ends with the connection.
        with suppress(OSError):
            if self.held is not None:
                self.held.shutdown(socket.SHUT_RDWR)


@contextmanager
def _no_longer_than(seconds: float, connection: _Pinned) -> Iterator[None]:
    """Hangs up on a service that says a letter now and then: it would keep whoever asked, and a thread of the server, for hours."""
    over = threading.Timer(seconds, connection.hang_up)
    over.start()
    try:
        yield
    finally:
        over.cancel()


def _read(answer: http.client.HTTPResponse) -> bytes:
    parts, size = [], 0
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Refused("odd", "The service answered at too great a length.")
    return b"".join(parts)


def _object(status: int, text: bytes, host: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if status != 200 or not isinstance(found, dict):
        # A service's own short code, such as invalid_client, tells whoever sets it up what is wrong.
        code = str(found.get("error", ""))[:60] if isinstance(found, dict) else ""
        raise Refused("odd", f"{host} answered {status}{f' ({code})' if code else ''}.")
    return found
