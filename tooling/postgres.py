"""A throw-away PostgreSQL for the tests: made in a temporary folder, on a spare port, gone afterwards."""

import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tooling import debian
from tooling.places import Stop, am_root

# A test database may lose its last second in a power cut; without this each test waits for the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a fresh server, as TRIGPOINT_DATABASE takes it. Stopped and removed on the way out."""
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="trigpoint-postgres-"))
    try:
        if am_root():
            shutil.chown(home, "postgres")
        port, data = _spare_port(), home / "data"
        _as_somebody([programs / "initdb", "-D", data, "-U", "trigpoint", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-h 127.0.0.1 -p {port} -k {home} {CARELESS}"
        try:
            _as_somebody([programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"])
            yield f"postgresql://trigpoint@127.0.0.1:{port}/postgres"
        finally:
            _as_somebody([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], must_work=False)
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
