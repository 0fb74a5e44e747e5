"""A bare Debian machine of our own: its files in a folder, its systemd booted in a container, gone afterwards.

Everything runs in namespaces whose first process dies with us, and every mount is in them: even when we are killed nothing is
left running and nothing mounted.
"""

import ctypes
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tooling import debian
from tooling.places import Stop, am_root, say

SUITE = "bookworm"
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "nsenter": "util-linux"}
# What every Debian machine has and debootstrap's smallest leaves out.
ON_EVERY_MACHINE = "systemd,systemd-sysv,dbus,adduser,ca-certificates,iproute2"
# How this machine reaches its mirrors, its own certificates among it: copied as it is, since which they are is no concern of ours.
NETWORK = (
    *("/etc/resolv.conf", "/etc/hosts", "/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d"),
    *("/etc/apt/preferences.d", "/etc/apt/trusted.gpg.d", "/etc/apt/keyrings", "/etc/apt/auth.conf.d"),
    *("/etc/pip.conf", "/etc/npmrc", "/usr/local/share/ca-certificates", "/etc/ssl/certs/ca-certificates.crt"),
)
OF_THE_NETWORK = (
    "PIP_",
    "UV_",
    "NPM_",
    "NODE_",
    "SSL_",
    "REQUESTS_",
    "CURL_",
    "HTTP_",
    "HTTPS_",
    "NO_PROXY",
    "ALL_PROXY",
)
DIE_WITH_PARENT = 1
BOOTED_SECONDS = 90
MARK = "--block-done--"
GROUP = "trigpoint-machine-"


class Machine:
    """`shell` runs commands of root's on it, all in one shell."""

    def __init__(self, root: Path, leader: int) -> None:
        self.root, self.leader = root, leader
        self.shell = subprocess.Popen(
            [*self._enter(), "/bin/bash", "-eu", "-o", "pipefail"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
        )  # fmt: skip
        self.number = 0

    def run(self, commands: str) -> str:
        """Run commands in the shell; Stop with what was said when one of them fails."""
        words, answers = self.shell.stdin, self.shell.stdout
        if words is None or answers is None:
            raise Stop("The machine's shell has no pipes.")
        self.number += 1
        script = self.root / "root" / f".block-{self.number}"
        script.write_text(commands)
        words.write(f". /root/{script.name} < /dev/null\necho {MARK}\n")
        said: list[str] = []
        for line in answers:
            said.append(line.replace(MARK, ""))
            if line.rstrip().endswith(MARK):  # what was said before it may not have ended its line
                return "".join(said)
        raise Stop(f"{''.join(said)}\nThe machine did not do this:\n{commands}")

    def ask(self, *words: str) -> str:
        """What a single command prints, in a process of its own."""
        done = subprocess.run([*self._enter(), *words], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def close(self) -> None:
        if self.shell.stdin and self.shell.stdout:
            self.shell.stdin.close()
            self.shell.wait(30)
            self.shell.stdout.close()

    def _enter(self) -> list[str]:
        inside = ["--target", str(self.leader), "--mount", "--uts", "--ipc", "--pid", "--root", "--wd"]
        clean = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
        }
        ours = {name: value for name, value in os.environ.items() if name.upper().startswith(OF_THE_NETWORK)}
        return [
            "nsenter",
            *inside,
            "/usr/bin/env",
            "-i",
            *[f"{name}={value}" for name, value in {**ours, **clean}.items()],
        ]


@contextmanager
def bare_machine(root: Path) -> Iterator[Machine]:
    """A machine made afresh in the folder `root`, booted. Stopped and removed on the way out."""
    if not am_root():
        raise Stop("Only root can make a machine to deploy on. Run this as root, on Debian.")
    for program, package in NEEDED.items():
        if shutil.which(program) is None:
            debian.install(package, why=f"A bare machine is made with {program}, which was not found.")
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    try:
        _make(root)
        with _booted(root) as leader:
            machine = Machine(root, leader)
            try:
                yield machine
            finally:
                machine.close()
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _make(root: Path) -> None:
    say(f"Making a bare Debian ({SUITE}) ...")
    words = ["debootstrap", "--variant=minbase", f"--include={ON_EVERY_MACHINE}", SUITE, str(root)]
    log = root.with_name("debootstrap.log")
    with log.open("w") as out:
        made = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
    try:
        code = made.wait()
    except KeyboardInterrupt:
        os.killpg(made.pid, signal.SIGKILL)  # it has children of its own, which would go on writing
        made.wait()
        raise
    if code:
        raise Stop(f"{log.read_text()[-2000:]}\ndebootstrap failed. The lines above say why.")
    (root / "etc" / "apt" / "sources.list").unlink(missing_ok=True)
    for name in NETWORK:
        source, target = Path(name), root / name[1:]
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(source, target)
    for name in ("/root/.npmrc", "/root/.config/pip"):
        if Path(name).is_file():
            shutil.copy(name, root / name[1:])
        elif Path(name).is_dir():
            shutil.copytree(name, root / name[1:], dirs_exist_ok=True)


@contextmanager
def _booted(root: Path) -> Iterator[int]:
    """Gives the number of the machine's first process."""
    say("Starting it ...")
    name = f"{GROUP}{secrets.token_hex(4)}"
    # Groups of its own, so that they can be told from others' and taken away.
    groups = "".join(f"mkdir {place / name} && echo 0 > {place / name / 'cgroup.procs'} && " for place in _groups())
    nspawn = (
        f"{groups}mount --make-rprivate / && mount -t tmpfs tmpfs /run && "
        f"exec systemd-nspawn --quiet --register=no --keep-unit --machine={name} --resolv-conf=off --timezone=off "
        f"--directory={root} --boot systemd.log_target=null quiet"
    )
    words = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/sh", "-c", nspawn]
    log = root.with_name("boot.log")
    with log.open("w") as out:
        outer = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, preexec_fn=_die_with_parent
        )
    try:
        yield _leader(outer, log)
    finally:
        outer.terminate()
        try:
            outer.wait(30)
        except subprocess.TimeoutExpired:
            outer.kill()
            outer.wait()
        _forget_groups()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def _leader(outer: subprocess.Popen[bytes], log: Path) -> int:
    until = time.monotonic() + BOOTED_SECONDS
    while time.monotonic() < until and outer.poll() is None:
        for child in _descendants(outer.pid):
            if _is_systemd(child) and _is_up(child):
                return child
        time.sleep(0.5)
    raise Stop(f"{log.read_text()[-2000:]}\nThe bare machine did not start. The lines above may say why.")


def _descendants(process: int) -> list[int]:
    found = []
    for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        found += [int(child), *_descendants(int(child))]
    return found


def _is_systemd(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/comm").read_text().strip() == "systemd"
    except OSError:
        return False


def _is_up(leader: int) -> bool:
    words = ["nsenter", "--target", str(leader), "--mount", "--pid", "--root", "systemctl", "is-system-running"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() in ("running", "degraded")


def _groups() -> list[Path]:
    """Where the kernel keeps groups of processes: one place, or on older machines several."""
    places = (Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
    return [place for place in places if (place / "cgroup.procs").exists()]


def _forget_groups() -> None:
    """What the machine, or an earlier one that was killed, left of its groups: empty folders, but of the kernel's."""
    for place in _groups() * 3:  # the last of its processes may take a moment to be counted out
        time.sleep(0.3)
        for folder in sorted(place.glob(f"{GROUP}*/**/"), key=lambda path: len(path.parts), reverse=True):
            with suppress(OSError):  # somebody else's machine, which runs
                folder.rmdir()
