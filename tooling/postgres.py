"""A throw-away PostgreSQL for the tests: made in a temporary folder, on a spare port, gone afterwards."""

import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tooling import debian
from tooling.places import Stop, am_root

# A test database may lose its last second in a power cut; without this each test waits for the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass
class Server:
    """A server of our own. `address` is what TRIGPOINT_DATABASE takes, and stays the same when it is stopped and started."""

    programs: Path
    home: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://trigpoint@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k {self.home} {CARELESS}"
        self._control("-l", self.home / "log", "-o", options, "start")

    def stop(self) -> None:
        """As if the machine had lost its power: nobody connected is waited for."""
        self._control("-m", "immediate", "stop", must_work=False)

    def _control(self, *words: str | Path, must_work: bool = True) -> None:
        _as_somebody([self.programs / "pg_ctl", "-D", self.home / "data", "-w", *words], must_work=must_work)


@contextmanager
def server() -> Iterator[Server]:
    """A fresh server, running. Stopped and removed on the way out."""
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="trigpoint-postgres-"))
    try:
        if am_root():
            shutil.chown(home, "postgres")
        made = Server(programs, home, _spare_port())
        data = home / "data"
        _as_somebody([programs / "initdb", "-D", data, "-U", "trigpoint", "-A", "trust", "-E", "UTF8", "--no-sync"])
        try:
            made.start()
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a fresh server, as TRIGPOINT_DATABASE takes it. Stopped and removed on the way out."""
    with server() as made:
        yield made.address


def _programs() -> Path:
    found = _newest()
    if found is None:
        debian.install("postgresql", why="The tests run on PostgreSQL as well as on SQLite, and no server was found.")
        found = _newest()
    if found is None:
        raise Stop("PostgreSQL was installed, but /usr/lib/postgresql holds no initdb.")
    return found


def _newest() -> Path | None:
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_somebody(command: list[str | Path], *, must_work: bool = True) -> None:
    # PostgreSQL refuses to run as root, so root hands it to the user its package made.
    who = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []} if am_root() else {}
    done = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
        **who,  # type: ignore[call-overload]
    )
    if done.returncode and must_work:
        raise Stop(f"PostgreSQL's {Path(command[0]).name} failed. The lines above say why.")


def _spare_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
