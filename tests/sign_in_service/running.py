"""Runs the provider of provider.mjs in a process of its own, and goes through its sign-in page as a browser would."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

TENANT = "9f4dd3c1-6a5b-4a6e-8a59-4b0a64f3c7d1"
SECRET = "a secret that only tests know"
SCRIPT = Path(__file__).with_name("provider.mjs")
PEOPLE: dict[str, dict[str, Any]] = {
    "jo": {"sub": "s-jo", "name": "Jo Ahmed", "email": "jo@school.example.org", "email_verified": True},
    "jos": {"sub": "s-jos", "name": "Jo S", "email": "Jo@School.example.org", "email_verified": True},
    "unchecked": {"sub": "s-un", "email": "jo@school.example.org", "email_verified": False},
    "stranger": {"sub": "s-str", "email": "stranger@school.example.org", "email_verified": True},
    "priya": {"sub": "s-pri", "name": "Priya Sandhu", "email": "leader@example.org", "email_verified": True},
    "elsewhere": {"sub": "s-els", "email": "jo@elsewhere.example.org", "email_verified": True},
}
for person in PEOPLE.values():
    person |= {"hd": person["email"].lower().partition("@")[2], "tid": TENANT, "preferred_username": person["email"]}
PEOPLE |= {
    "private": {**PEOPLE["jo"], "sub": "s-priv", "hd": None},
    "foreign": {**PEOPLE["jo"], "sub": "s-for", "tid": "00000000-0000-4000-8000-000000000000"},
    "guest": {**PEOPLE["jo"], "sub": "s-gst", "idp": "https://sts.example.org/another/"},
    # What a tenant's own administrator can put into `email`, with nobody checking it.
    "pretender": {**PEOPLE["jo"], "sub": "s-pre", "preferred_username": "mallory@elsewhere.example.org"},
    "shown": {**PEOPLE["jo"], "sub": "s-sho", "preferred_username": "jo@elsewhere.example.org", "xms_edov": True},
}


@contextmanager
def services(*redirects: str) -> Iterator[str]:
    """The origin at which the services answer, for as long as the block lasts."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    people = json.dumps({who: {k: v for k, v in facts.items() if v is not None} for who, facts in PEOPLE.items()})
    process = subprocess.Popen(
        [node, str(SCRIPT), str(port), people],
        env={**os.environ, "REDIRECTS": " ".join(redirects)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "the provider did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout:
            process.stdout.close()


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def sign_in_there(address: str, who: str, *, back_at: str = "http://testserver", stop: bool = False) -> str:
    """Follow the way from `address` through the sign-in page, as `who`, to the address that leads back to us."""
    browser = urllib.request.build_opener(_StayHere, urllib.request.HTTPCookieProcessor(CookieJar()))
    form = urlencode({"who": who, **({"stop": "yes"} if stop else {})}).encode()
    body = None
    for _ in range(10):
        status, moved_to, text = _ask(browser, address, body)
        if status == 200:
            assert body is None, "the sign-in page came again"
            body = form
        else:
            assert status in (302, 303), f"{address} answered {status}: {text!r}"
            address, body = urljoin(address, moved_to), None
        if address.startswith(back_at):
            return address.removeprefix(back_at)
    raise AssertionError("The way back was not found.")


def _ask(browser: urllib.request.OpenerDirector, address: str, body: bytes | None) -> tuple[int, str, bytes]:
    try:
        answer = browser.open(urllib.request.Request(address, body), timeout=10)
    except urllib.error.HTTPError as other:
        answer = other
    with answer:
        return answer.status, answer.headers.get("Location", ""), answer.read(500)
