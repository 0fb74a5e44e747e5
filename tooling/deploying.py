"""The guide for Debian, tried: every command of it on a bare machine, and then what a visitor and a monitor would see."""

import http.client
import json
import re
import socket
import ssl
import subprocess
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tooling import guide
from tooling.checking import Outcome
from tooling.machine import Machine, bare_machine
from tooling.places import ROOT, VAR, Stop, say

HERE = VAR / "deployment"
PORTS = (80, 443, 5432, 8000)
NAME = "careers.school.example.org"
LEADER = "leader@school.example.org"
PASSWORD = "lanterns above the quiet harbour"  # noqa: S105 - of a machine that is thrown away
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@dataclass
class Visitor:
    """Somebody at a browser, over HTTPS through nginx."""

    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, sent: dict[str, str] | None = None, *, port: int = 443) -> tuple[int, str, dict[str, str]]:
        """The status, the page and the headers (names in small letters). Redirects are not followed."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # the guide's certificate is its own
        secure = port == 443
        made = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=trusting) if secure else None
        connection = made or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Host": NAME, "Referer": f"https://{NAME}{path}"}
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if sent is None else "POST", path, urlencode(sent or {}), headers)
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        connection.close()
        return answer.status, page, {name.lower(): value for name, value in answer.getheaders()}

    def fill_in(self, path: str, **sent: str) -> tuple[int, str, dict[str, str]]:
        """Open a page with a form, following where it leads, and send the form."""
        for _ in range(3):
            status, page, headers = self.ask(path)
            if status != 302:
                break
            path = urlsplit(urljoin(path, headers["location"])).path
        token = TOKEN.search(page)
        expect(token is not None, f"{path} holds no form (status {status})")
        return self.ask(path, {"csrfmiddlewaretoken": token[1] if token else "", **sent})


def run() -> Outcome:
    """Everything. Each block of the guide and each look afterwards counts as one."""
    _refuse_taken_ports()
    outcome, began = Outcome("the guide for Debian"), time.monotonic()
    with bare_machine(HERE / "machine") as machine:
        _bring_releases(machine)
        for block in guide.blocks():
            what = f"{block.heading}: {block.text.strip().splitlines()[0]}"
            if not _tried(outcome, what, partial(machine.run, block.text)):
                break
            for look in LOOKS.get(_last_of(block), ()):
                _tried(outcome, look.__doc__ or look.__name__, partial(look, machine))
    outcome.notes.append(f"{(time.monotonic() - began) / 60:.1f} minutes")
    return outcome


def _last_of(block: guide.Block) -> str:
    """The heading, when the block is the last one under it."""
    return block.heading if [each for each in guide.blocks() if each.heading == block.heading][-1] == block else ""


def _tried(outcome: Outcome, what: str, deed: Callable[[], object]) -> bool:
    began = time.monotonic()
    try:
        deed()
    except (Stop, OSError, http.client.HTTPException) as wrong:
        say(f"FAILED  {what}\n{wrong}")
        outcome.failed += 1
        return False
    say(f"ok      {what} ({time.monotonic() - began:.0f} s)")
    outcome.passed += 1
    return True


def expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Stop(otherwise)


def _refuse_taken_ports() -> None:
    for port in PORTS:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                raise Stop(
                    f"The machine is to use port {port}, which something uses already. Stop that first."
                ) from None


def _bring_releases(machine: Machine) -> None:
    """The checkout as it stands is both the first release and the next."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    for version in (1, 2):
        with tarfile.open(machine.root / "root" / f"trigpoint-{version}.tar.gz", "w:gz", compresslevel=1) as archive:
            for name in names:
                archive.add(ROOT / name, name, filter=_as_root)


def _as_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


# What is looked at once all the commands under a heading have been run


def units_are_sound(machine: Machine) -> None:
    """systemd finds nothing wrong with the units"""
    said = machine.ask(
        "/bin/sh", "-c", "systemd-analyze verify /etc/systemd/system/trigpoint-*.service /etc/systemd/system/*.timer"
    )
    expect("trigpoint" not in said, said)


def units_are_confined(machine: Machine) -> None:
    """what runs is held to what it needs, and to a user who owns nothing else"""
    for unit in ("trigpoint-web", "trigpoint-work"):
        scored = json.loads(machine.ask("systemd-analyze", "security", "--json=short", "--no-pager", unit) or "[]")
        bad = [line["name"] for line in scored if line.get("set") is False and line["name"] in MUST_BE_SET]
        expect(not bad, f"{unit} lacks {bad}")
        process = machine.ask("systemctl", "show", "--property=MainPID", "--value", unit).strip()
        status = machine.ask("cat", f"/proc/{process}/status")
        expect("NoNewPrivs:\t1" in status and "CapEff:\t0000000000000000" in status, status)
        expect(f"Uid:\t{_number_of_user(machine)}\t" in status, status)


MUST_BE_SET = ("NoNewPrivileges=", "PrivateTmp=", "PrivateDevices=", "ProtectSystem=", "ProtectHome=")


def _number_of_user(machine: Machine) -> str:
    return machine.ask("id", "-u", "trigpoint").strip()


def nothing_is_lying_open(machine: Machine) -> None:
    """settings, keys and records can be read by root and their user only"""
    said = machine.ask(
        "stat",
        "-c",
        "%a %U %n",
        "/etc/trigpoint.env",
        "/etc/trigpoint/key.pem",
        "/var/lib/trigpoint",
        "/var/backups/trigpoint",
    )
    modes = {line.split()[2]: line.split()[0] for line in said.splitlines()}
    expect(modes["/etc/trigpoint.env"] == "640" and modes["/etc/trigpoint/key.pem"] == "600", said)
    expect(modes["/var/lib/trigpoint"] == modes["/var/backups/trigpoint"] == "700", said)
    expect(
        not machine.ask("find", "/opt/trigpoint", "-user", "trigpoint").strip(),
        "The program's user can change the program.",
    )


def a_stranger_is_sent_to_https(machine: Machine) -> None:
    """plain HTTP leads to HTTPS, and every answer carries the headers that keep a browser there"""
    visitor = Visitor()
    status, _, headers = visitor.ask("/pupils/", port=80)
    expect((status, headers["location"]) == (301, f"https://{NAME}/pupils/"), f"{status} {headers}")
    status, _, headers = visitor.ask("/account/login/")
    expect(status == 200, f"The sign-in page answered {status}.")
    for name, value in HEADERS.items():
        expect(value in headers.get(name, ""), f"{name} is {headers.get(name)!r}")
    expect("1.22" not in headers.get("server", "") and "gunicorn" not in headers.get("server", ""), headers["server"])
    expect("Secure" in _cookie_line(), "The cookie may travel without HTTPS.")


def _cookie_line() -> str:
    return Visitor().ask("/account/login/")[2].get("set-cookie", "")


def the_first_leader_comes_in(machine: Machine) -> None:
    """the careers leader sets a password at the address that was printed, and signs in over HTTPS"""
    said = (machine.root / "root" / "first-leader.txt").read_text()
    link = re.search(rf"https://{re.escape(NAME)}(/\S+)", said)
    expect(link is not None, f"No address was printed:\n{said}")
    visitor = Visitor()
    status, page, _ = visitor.fill_in(link[1] if link else "", password1=PASSWORD, password2=PASSWORD)
    expect(status == 302, f"Setting the password answered {status}.\n{page[:2000]}")
    sign_in(machine)


def sign_in(machine: Machine) -> None:
    """the careers leader signs in and reaches a page of her own"""
    visitor = Visitor()
    status, page, headers = visitor.fill_in("/account/login/", login=LEADER, password=PASSWORD)
    expect(status == 302, f"Signing in answered {status}.\n{page[:2000]}")
    # A role that needs a second step is led to choosing one.
    where = headers["location"]
    for _ in range(3):
        status, page, headers = visitor.ask(where)
        if status != 302:
            break
        where = headers["location"]
    expect(status == 200 and "sessionid" in visitor.cookies, f"{where} answered {status}.")
    expect("Sign out" in page or "Jo Ahmed" in page, f"{where} does not know who signed in.\n{page[:2000]}")


def it_is_ready(machine: Machine) -> None:
    """a monitor is told that all is well, and nothing more"""
    until = time.monotonic() + 90
    while (answer := Visitor().ask("/ready"))[0] != 200 and time.monotonic() < until:
        time.sleep(2)
    expect(answer[:2] == (200, "ok"), f"{answer[:2]}\n{_journal(machine)}")


def a_worker_killed_comes_back(machine: Machine) -> None:
    """both services come back when they are killed"""
    for unit in ("trigpoint-web", "trigpoint-work"):
        machine.ask("systemctl", "kill", "--signal=KILL", unit)
    until = time.monotonic() + 60
    while Visitor().ask("/health")[0] != 200 and time.monotonic() < until:
        time.sleep(1)
    it_is_ready(machine)


def people_are_told_while_it_is_down(machine: Machine) -> None:
    """while the pages are being started again people read so"""
    machine.ask("systemctl", "stop", "trigpoint-web")
    status, page, headers = Visitor().ask("/")
    machine.ask("systemctl", "start", "trigpoint-web")
    expect(status == 503 and "being started" in page and headers.get("retry-after") == "60", f"{status} {page}")


def the_logs_hold_nothing_personal(machine: Machine) -> None:
    """no log names anybody"""
    nginx = machine.ask("/bin/sh", "-c", "cat /var/log/nginx/* 2>/dev/null")
    said = _journal(machine) + nginx
    for words in (LEADER, "Jo Ahmed", "Ahmed", PASSWORD):
        expect(words not in said, f"A log holds {words!r}.")


def _journal(machine: Machine) -> str:
    return machine.ask("journalctl", "--no-pager", "--unit=trigpoint-*")


def it_runs_version(number: int) -> Callable[[Machine], None]:
    def look(machine: Machine) -> None:
        process = machine.ask("systemctl", "show", "--property=MainPID", "--value", "trigpoint-web").strip()
        said = machine.ask("readlink", f"/proc/{process}/cwd").strip()
        expect(said == f"/opt/trigpoint/{number}", said)

    look.__doc__ = f"version {number} runs"
    return look


LOOKS: dict[str, tuple[Callable[[Machine], None], ...]] = {
    "7. Have systemd run it": (units_are_sound, units_are_confined),
    "10. Look whether all is well": (
        *(a_stranger_is_sent_to_https, the_first_leader_comes_in, it_is_ready, nothing_is_lying_open),
        *(a_worker_killed_comes_back, people_are_told_while_it_is_down),
    ),
    "Upgrade": (it_runs_version(2), sign_in, it_is_ready),
    "Go back to the version before": (it_runs_version(1), sign_in, it_is_ready, the_logs_hold_nothing_personal),
}
"""By heading; a guard test holds them to the guide's."""
