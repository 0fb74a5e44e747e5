"""A real server on a database of its own, on the kind of database this run uses, and browsers with no script that ask it."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds for one answer: longer than the server itself waits for anything."""


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of an empty database, beside the one the tests use where that is PostgreSQL."""
    tests = os.environ.get("TRIGPOINT_DATABASE", "")
    if not tests.startswith("postgresql:"):
        yield f"sqlite:///{folder / 'served.sqlite3'}"
        return
    import psycopg
    from psycopg import sql

    name = f"trigpoint_served_{secrets.token_hex(6)}"
    with psycopg.connect(tests, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(tests)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def environment(database: str) -> dict[str, str]:
    """What a process on this database is started with."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TRIGPOINT_", "DJANGO_"))}
    return env | {
        "TRIGPOINT_DATABASE": database,
        "TRIGPOINT_TODAY": "2026-11-22",
        "TRIGPOINT_DEMONSTRATION": "no",
        "TRIGPOINT_SECRET_KEY": "the same for every process of one test, and of no other installation",
    }


def say(env: dict[str, str], *words: str) -> Any:
    """What a module of ours prints, run in a process of its own."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@contextmanager
def serving(env: dict[str, str]) -> Iterator[int]:
    """`manage.py serve` on a spare port, until the block ends."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said, f"The server did not start: {said!r}"
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
        if server.stdout:
            server.stdout.close()


@dataclass
class Browser:
    """One person's, with their session. Follows nothing."""

    port: int
    session: str
    csrf: str = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self.csrf}))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and (found := re.match(r"csrftoken=([^;]+)", value)):
                    self.csrf = found[1]
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a register and the marks it starts with."""
    hidden = dict(re.findall(r'name="(seen-[a-z0-9]+)" value="([^"]*)"', page))
    return hidden | dict(re.findall(r'name="(mark-[a-z0-9]+)" value="([^"]*)" checked', page))
