"""The Python environment: made from hashed lock files, and made again only when they change."""

import importlib.util
import sys
import venv
from pathlib import Path

from tooling import stamps
from tooling.places import BIN, LOCKS, PYTHON, ROOT, UV, VENV, Stop, run, say

NO_DOWNLOADS = {"UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
# A lock and the locks that contain it: installing the larger one has done the smaller one too.
CONTAINED_IN = {"run": ("dev", "bench"), "dev": (), "bench": (), "node": (), "spark": ()}
# Spark comes as a source archive only, which is packed as it is: nothing in it is compiled, and what packs it is locked too.
BUILT_HERE = {"spark": ("--no-binary", "pyspark", "--build-constraints", str(LOCKS / "spark.txt"))}
LOCK_SOURCES = {
    "dev": ("pyproject.toml", "--extra", "postgres", "--extra", "files", "--group", "dev"),
    "run": ("pyproject.toml", "--extra", "postgres", "-c", "locks/dev.txt"),
    "bench": ("pyproject.toml", "--extra", "postgres", "--extra", "files", "--group", "bench", "-c", "locks/dev.txt"),
    "spark": ("pyproject.toml", "--extra", "spark", "--group", "spark-build", "-c", "locks/dev.txt"),
    "bootstrap": ("--group", "bootstrap"),
    "node": ("--group", "node"),
}


def install(lock: str) -> None:
    """Make `.venv` hold everything in `locks/<lock>.txt`. Does nothing when it already does."""
    if PYTHON.exists() and any(_is_installed(name) for name in (lock, *CONTAINED_IN[lock])):
        return
    _make_environment()
    say(f"Installing Python packages (locks/{lock}.txt) ...")
    hashed = ("--require-hashes", "--only-binary", ":all:", *BUILT_HERE.get(lock, ()), "-r", str(LOCKS / f"{lock}.txt"))
    run(
        [str(UV), "pip", "install", "-q", "--python", str(PYTHON), *hashed],
        env=NO_DOWNLOADS,
        wrong="The Python packages could not be installed. The lines above say why; is the network reachable?",
    )
    stamps.write(_stamp(lock), _value(lock))


def write_locks() -> None:
    """Write every lock file again: hashes, and no host name, so that any mirror serves them."""
    _make_environment()
    plain = ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate")
    for lock, sources in LOCK_SOURCES.items():
        say(f"Writing locks/{lock}.txt")
        command = [
            str(UV),
            "pip",
            "compile",
            "-q",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            *plain,
        ]
        run([*command, *sources, "-o", f"locks/{lock}.txt"], env=NO_DOWNLOADS)


def _make_environment() -> None:
    if not PYTHON.exists():
        _refuse_python_without_venv()
        say("Making the Python environment in .venv ...")
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    if not UV.exists():
        run(
            [PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCKS / "bootstrap.txt"],
            env=NO_DOWNLOADS,
            wrong="The installer (uv) could not be installed. The lines above say why; is the network reachable?",
        )


def _refuse_python_without_venv() -> None:
    # Debian and Ubuntu split the standard library: without ensurepip an environment is made with no pip in it.
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            f"This Python {version} cannot make an environment. On Debian and Ubuntu install the package python3-venv "
            "(apt-get install python3-venv) and try again."
        )


def _is_installed(lock: str) -> bool:
    return stamps.matches(_stamp(lock), _value(lock))


def _stamp(lock: str) -> Path:
    return VENV / f"trigpoint-{lock}.stamp"


def _value(lock: str) -> str:
    return stamps.digest([LOCKS / f"{lock}.txt"], str(ROOT), str(BIN))
