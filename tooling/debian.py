"""Installing what only the operating system's packages bring."""

import os
import shutil
import subprocess

from tooling.places import Stop, am_root, say


def install(package: str, *, why: str) -> None:
    """Install a Debian package, or stop with one sentence saying what to install by hand."""
    if not (am_root() and shutil.which("apt-get")):
        raise Stop(f"{why} Install the package {package} (on Debian: apt-get install {package}) and try again.")
    say(f"Installing {package} ...")
    quiet = ("-qq", "-o", "Dpkg::Use-Pty=0")
    for words in (["update", *quiet], ["install", "-y", "--no-install-recommends", *quiet, package]):
        done = subprocess.run(
            ["apt-get", *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise Stop(
                f"{why} apt-get {words[0]} failed, so {package} could not be installed. The lines above say why."
            )
