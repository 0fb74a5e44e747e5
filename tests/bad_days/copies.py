"""A copy of the site run by real processes, on a database and in folders of its own."""

from __future__ import annotations

import http.client
import os
import re
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Answer:
    status: int
    page: str
    headers: dict[str, str]


@dataclass
class Copy:
    """`environment` is what its processes are given; `log` is where they write."""

    environment: dict[str, str]
    log: Path
    session: str = ""
    port: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> str:
        """Run a Python command to its end; gives what it printed."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a Python process whose errors go to the log and whose other words can be read."""
        with self.log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            )

    @contextmanager
    def serving(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        self.port = spare_port()
        server = self.start("manage.py", "serve", "--without-setup", "--port", str(self.port), *words)
        assert server.stdout is not None
        try:
            assert str(self.port) in server.stdout.readline(), self.log.read_text()
            yield server
        finally:
            server.terminate()
            server.wait(timeout=60)
            server.stdout.close()

    def ask(self, path: str, *, method: str = "GET", body: bytes = b"", kind: str = "") -> Answer:
        """Ask the server, with the cookies it gave before. Redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} | ({"Content-Type": kind} if kind else {})
        connection.request(method, path, body=body, headers=headers)
        found = connection.getresponse()
        answer = Answer(found.status, found.read().decode(errors="replace"), dict(found.getheaders()))
        for line in found.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer

    def token(self, path: str = "/account/login/") -> str:
        """What a form of the page has to send along."""
        found = TOKEN.search(self.ask(path).page)
        assert found is not None
        return found[1]

    def sign_in(self, token: str) -> Answer:
        """With an address and a password, on the real page."""
        sent = {"csrfmiddlewaretoken": token, "login": "priya@example.org", "password": "a long enough one"}
        return self.ask(
            "/account/login/", method="POST", body=urlencode(sent).encode(), kind="application/x-www-form-urlencoded"
        )

    def come_back(self) -> None:
        """As the careers leader, who signed in before."""
        self.cookies = {"sessionid": self.session}


def read_from(pipe: Path) -> str:
    """What a process writes into a pipe, waited for; AssertionError when it does not within a minute."""
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert select.select([end], [], [], 60)[0], "Nobody wrote into the pipe."
        return os.read(end, 100).decode()
    finally:
        os.close(end)


def make_copy(folder: Path, database: str, **more: str) -> Copy:
    """A new copy: `database` is as TRIGPOINT_DATABASE takes it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRIGPOINT_", "DJANGO_"))}
    own = {"TRIGPOINT_DATABASE": database, "TRIGPOINT_FOLDER": str(folder / "var"), "TRIGPOINT_DEMONSTRATION": "no"}
    own |= {
        "TRIGPOINT_DISK_MEGABYTES": "1",
        "JOBS_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "careers.website.settings",
    }
    copy = Copy({**clean, **own, **more}, folder / "log")
    copy.session = copy.run("-m", "tests.bad_days.prepare").split()[-1]
    return copy


def spare_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
