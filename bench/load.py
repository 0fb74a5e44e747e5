"""Pages asked for by many at once over HTTP, of the server as it is served: requests a second and how long the slowest wait.

A school of 1,500 and forty of its tutors, each with a form. One, ten and forty of them ask at the same moment, a few times over;
a round is over when the last has been answered. Whoever asks and what answers share this machine's processors, so those figures
are of both; the processor's time is the server's alone, and hardly depends on what else the machine does. Beside them stand
the least page of the same server and that of a bare Django project.
"""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

AT_ONCE = (1, 10, 40)
ROUNDS = {1: 10, 10: 4, 40: 2}
CRITERION = "/criteria/gb5.2025.school.1/"


@dataclass
class Person:
    """Somebody at a browser, with the register of their form."""

    port: int
    session: str = ""
    register: str = ""
    csrf: str = ""
    form: dict[str, str] = field(default_factory=dict)
    goes: int = 0

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, 200)

    def open_register(self) -> None:
        """Ready to be saved, with somebody else absent than the last time."""
        page = self.get(self.register)
        self.form = dict(re.findall(r'name="(seen-[a-z0-9]+)" value="([^"]*)"', page))
        marks = re.findall(r'name="(mark-[a-z0-9]+)" value="attended"', page)
        self.goes += 1
        self.form |= {
            name: "absent" if place == self.goes % len(marks) else "attended" for place, name in enumerate(marks)
        }

    def save_register(self) -> None:
        self._ask("POST", self.register, urlencode({**self.form, "csrfmiddlewaretoken": self.csrf}), 302)

    def _ask(self, method: str, path: str, body: str | None, wanted: int) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            if answer.status != wanted:
                raise RuntimeError(f"{method} {path} was answered {answer.status}, not {wanted}")
            if found := re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", "")):
                self.csrf = found[1]
            return text
        finally:
            connection.close()


Deed = Callable[[Person], object]


@dataclass(frozen=True)
class Case:
    """What is timed, and what each person does before it, untimed; `first` is done by one of them only."""

    name: str
    go: Deed
    before: Deed = lambda person: None
    first: Deed = lambda person: None


def _first_saves(person: Person) -> None:
    person.open_register()
    person.save_register()


CASES = (
    Case("The least page of this server", lambda p: p.get("/health")),
    Case("Today", lambda p: p.get("/")),
    Case("Today, just after a register", lambda p: p.get("/"), first=_first_saves),
    Case("A criterion", lambda p: p.get(CRITERION)),
    Case("Saving a register", Person.save_register, before=Person.open_register),
    Case("Saving a register, then Today", lambda p: (p.save_register(), p.get("/")), before=Person.open_register),
)


def measure(case: Case, people: Sequence[Person], rounds: int, server: int) -> None:
    """Print one line. The first round warms and is not counted."""
    taken: list[float] = []
    busy = spent = 0.0
    with ThreadPoolExecutor(len(people)) as threads:
        for number in range(rounds + 1):
            list(threads.map(case.before, people))
            case.first(people[0])
            started, worked = time.perf_counter(), processor_time(server)
            each = list(threads.map(lambda person: _timed(case.go, person), people))
            if number:
                busy += time.perf_counter() - started
                spent += processor_time(server) - worked
                taken += each
    taken.sort()
    ninety_fifth = taken[min(len(taken) - 1, round(0.95 * (len(taken) - 1)))]
    print(
        f"{case.name:34}{len(people):4} at once {len(taken) / busy:8.1f} a second "
        f"{1000 * statistics.median(taken):7.0f} ms median {1000 * ninety_fifth:7.0f} ms 95th "
        f"{1000 * spent / len(taken):6.0f} ms of processor",
        flush=True,
    )


def processor_time(server: int) -> float:
    """Seconds that a server's processes have worked so far."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ticks = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in children)
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


def _timed(go: Deed, person: Person) -> float:
    started = time.perf_counter()
    go(person)
    return time.perf_counter() - started


@contextmanager
def serving(*command: str) -> Iterator[tuple[int, int]]:
    """A server on a spare port, and the number of its process; `command` is completed by the port."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    server = subprocess.Popen([sys.executable, *command, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None or str(port) not in server.stdout.readline():
            raise RuntimeError(f"{' '.join(command)} did not start.")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def forty_tutors(made: object) -> list[tuple[str, str]]:
    """Sessions of forty tutors, each of a form, and the address of the register they share."""
    from django.test import Client

    from careers.accounts.models import Membership, User
    from careers.programme.models import Activity
    from careers.pupils.models import Group, GroupStaff
    from careers.schools.clock import current_year, today

    school = made.school  # type: ignore[attr-defined]
    year = current_year().start_year
    activity = Activity.objects.create(
        school=school, type="careers_event", title="Assembly", academic_year=year, starts_on=today()
    )
    forms = list(Group.objects.filter(school=school, kind="form", academic_year=year).order_by("name"))
    found = []
    for number in range(max(AT_ONCE)):
        user = User.objects.create_user(f"tutor{number}@example.org", None, name=f"Tutor {number}")
        Membership.objects.create(school=school, user=user, role="tutor")
        GroupStaff.objects.create(school=school, group=forms[number % len(forms)], user=user)
        client = Client()
        client.force_login(user)
        found.append((client.cookies["sessionid"].value, f"/programme/{activity.reference}/register/"))
    return found


def load(made: object) -> None:
    tutors = forty_tutors(made)
    print(
        f"Asked over HTTP by clients on the same {os.cpu_count()} processors as the server (2 processes of 4 threads)."
    )
    with serving("-m", "bench.bare") as (port, server):
        bare = Case("A bare Django project", lambda p: p.get("/"))
        for number in AT_ONCE:
            measure(bare, [Person(port) for _ in range(number)], ROUNDS[number], server)
    with serving("manage.py", "serve", "--port") as (port, server):
        people = [Person(port, session, register) for session, register in tutors]
        for case in CASES:
            for number in AT_ONCE:
                measure(case, people[:number], ROUNDS[number], server)


def same_key() -> dict[str, str]:
    """So that the server knows the sessions made here."""
    return {"TRIGPOINT_SECRET_KEY": secrets.token_urlsafe(64)}
