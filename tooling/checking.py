"""The checks that need no test run: one command each, counted as one pass or one failure."""

import os
import secrets
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tooling.places import BIN, PYTHON, ROOT, say

OUR_PYTHON = ("careers", "criteria", "bench", "tooling", "tests", "run.py", "manage.py", "conftest.py")


@dataclass
class Outcome:
    """What one step came to: how many passed, failed and were skipped; or why it was not run at all."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)
    not_run: str = ""


def run_checks() -> list[Outcome]:
    """Run every check, whatever the ones before it said."""
    return [_outcome(name, command, env) for name, command, env in _checks()]


def _checks() -> list[tuple[str, list[str], dict[str, str]]]:
    ours = [name for name in OUR_PYTHON if (ROOT / name).exists()]
    python, manage = str(PYTHON), [str(PYTHON), "manage.py"]
    lint_imports = [str(PYTHON), str(BIN / "lint-imports"), "--no-cache"]
    checks: list[tuple[str, list[str], dict[str, str]]] = [
        ("ruff check", [python, "-m", "ruff", "check", *ours], {}),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "-q", *ours], {}),
        ("mypy", [python, "-m", "mypy"], {}),
        ("import layers", lint_imports, {}),
        ("migrations are written", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("safe to put in production", [*manage, "check", "--deploy", "--fail-level", "WARNING"], _production()),
    ]
    if _templates():
        checks.insert(2, ("djlint", [python, "-m", "djlint", "careers", "--lint", "--quiet"], {}))
    return checks


def _templates() -> list[Path]:
    return list((ROOT / "careers").rglob("*.html"))


def _production() -> dict[str, str]:
    return {
        "TRIGPOINT_PRODUCTION": "yes",
        "TRIGPOINT_SECRET_KEY": secrets.token_urlsafe(64),
        "TRIGPOINT_HOSTS": "careers.school.example.org",
    }


def _outcome(name: str, command: list[str], env: dict[str, str]) -> Outcome:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TRIGPOINT_")}
    done = subprocess.run(
        command, cwd=ROOT, env={**clean, **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}")
    if done.returncode:
        say((done.stdout + done.stderr).rstrip())
        return Outcome(name, failed=1)
    return Outcome(name, passed=1)
