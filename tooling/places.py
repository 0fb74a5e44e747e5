"""Where things are, and how a command is run there."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "locks"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = BIN / ("uv.exe" if os.name == "nt" else "uv")
BUILD = ROOT / "build"
STATIC = BUILD / "static"
NODE_MODULES = ROOT / "node_modules"
VAR = ROOT / "var"


class Stop(Exception):
    """Something a person has to put right. The message says what, and how."""


def say(sentence: str) -> None:
    """Tell the person what is going on, at once even when the output is a file."""
    print(sentence, file=sys.stderr, flush=True)


def call(command: Sequence[str | Path], env: Mapping[str, str] | None = None, into: IO[str] | None = None) -> int:
    """Run a command in the checkout and give its exit code; what it says goes `into` a file where one is given.

    When we are stopped, it is stopped, and waited for.
    """
    words = [str(word) for word in command]
    said: dict[str, Any] = {} if into is None else {"stdout": into, "stderr": subprocess.STDOUT}
    with subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, **said
    ) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            running.terminate()
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()
            raise


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, wrong: str = "") -> None:
    """Run a command that must work; `wrong` is the sentence shown if it does not."""
    code = call(command, env)
    if code:
        raise Stop(wrong or f"This failed with code {code}: {' '.join(str(word) for word in command)}")


def am_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
