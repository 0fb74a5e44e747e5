"""A real browser, as strict about our pages as a person's is, and with no way off this machine."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from careers.demonstration.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    # Chromium will not make its sandbox for root.
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture(autouse=True)
def _nothing_goes_wrong_unseen(page: Page) -> Iterator[None]:
    """Fails a test whose page threw, broke the content security policy or could not load something of ours."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A form sent back with mistakes is a 422 on purpose, and Chromium remarks on it.
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield
    assert complaints == []


@pytest.fixture
def barriers(page: Page) -> Callable[[], list[str]]:
    """What axe finds in the page as it is now: a line for each barrier, none when there is none."""

    def found() -> list[str]:
        # By evaluate, which the content security policy allows and a script element it would not.
        page.evaluate(AXE.read_text())
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {violation['help']} ({', '.join(str(node['target']) for node in violation['nodes'])})"
            for violation in result["violations"]
        ]

    return found


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server's database and of everything it writes on standard error."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def database(place: Path) -> Path:
    """The file the site keeps everything in."""
    return place / "demonstration.sqlite3"


@pytest.fixture(scope="session")
def site(place: Path, database: Path) -> Iterator[str]:
    """The address of the real server, started as `python3 run.py` starts it, on a demonstration of its own."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TRIGPOINT_", "DJANGO_"))}
    env |= {"TRIGPOINT_DATABASE": f"sqlite:///{database}", "TRIGPOINT_TODAY": "2026-11-22"}
    env["TRIGPOINT_SIGN_IN_LOCAL"] = "yes"  # a school's own service is one on this machine, too
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with (place / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert server.stdout is not None
        said: list[str] = []  # what was loaded comes first, and nothing more when it stops
        while not said or (said[-1] and f"http://127.0.0.1:{port}" not in said[-1]):
            said.append(server.stdout.readline())
        assert said[-1], f"The server did not start: {said!r}"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        if server.stdout:
            server.stdout.close()


@pytest.fixture(scope="session")
def sign_in(site: str) -> Callable[[Page, str], None]:
    """Sign in, on the real page, as one of the demonstration's people (by the first part of the address)."""

    def do(page: Page, who: str) -> None:
        page.goto(f"{site}/account/login/")
        page.get_by_label("Email").fill(f"{who}@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda address: "/account/" not in address)

    return do


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many kinds of page were looked at, for whoever reads the end of a run."""
    for report in terminalreporter.getreports("passed"):
        for name, number in report.user_properties:
            if name == "kinds of page":
                terminalreporter.write_line(f"Pages: {number} kinds, with axe, by keyboard and without scripts.")
