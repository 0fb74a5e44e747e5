"""Whether a package we install has a hole that is known to the public: asked of the vulnerability databases of PyPI and npm.

They are asked only here, about names and versions that are in the locks anyway. Where a machine cannot reach them, the summary
says that the audit was NOT RUN and why: silence must not look like safety.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from tooling import frontend
from tooling.checking import Outcome
from tooling.places import PYTHON, ROOT

TIME_LIMIT = 120
ACCEPTED: dict[str, str] = {}
"""Known holes that do not concern us, by identifier: why, and since when. Kept empty as long as it can be."""


def audit() -> list[Outcome]:
    return [_packages(), _front_end()]


def _packages() -> Outcome:
    name = "known holes in Python packages"
    words = [str(PYTHON), "-m", "pip_audit", "--requirement", "locks/run.txt", "--no-deps", "--disable-pip"]
    said = _json([*words, "--require-hashes", "--format", "json", "--progress-spinner", "off"])
    return Outcome(name, not_run=said) if isinstance(said, str) else of_packages(name, said)


def of_packages(name: str, said: dict[str, Any]) -> Outcome:
    """What pip-audit's JSON comes to."""
    found = said["dependencies"]
    skipped = [each for each in found if "skip_reason" in each]
    if len(skipped) == len(found):
        return Outcome(
            name, not_run="the database of known holes knows none of our packages, so it was not really reached."
        )
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'nothing yet'}"
        for each in found
        for hole in each.get("vulns", [])
        if not {hole["id"], *hole.get("aliases", [])} & ACCEPTED.keys()
    ]
    return _judged(name, holes, [f"{len(skipped)} packages could not be asked about"] if skipped else [])


def _front_end() -> Outcome:
    name = "known holes in front-end packages"
    npm, env = frontend.find_npm()
    said = _json([npm, "audit", "--omit=dev", "--json"], env)
    return Outcome(name, not_run=said) if isinstance(said, str) else of_front_end(name, said)


def of_front_end(name: str, said: dict[str, Any]) -> Outcome:
    """What npm's JSON comes to."""
    if "vulnerabilities" not in said:
        return Outcome(name, not_run="npm could not ask the database of known holes from this machine.")
    holes = [
        f"{package}: {each['severity']}, {each['range']}"
        for package, each in said["vulnerabilities"].items()
        if package not in ACCEPTED
    ]
    return _judged(name, holes, [])


def _judged(name: str, holes: list[str], notes: list[str]) -> Outcome:
    if holes:
        return Outcome(name, failed=1, notes=[*holes, *notes])
    return Outcome(name, passed=1, notes=notes)


def _json(command: list[str], env: dict[str, str] | None = None) -> dict[str, Any] | str:
    """What the command printed as JSON, or why there is none. Finding a hole is an exit code too, so codes say nothing."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        return dict(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return f"the database of known holes did not answer within {TIME_LIMIT} seconds."
    except (OSError, ValueError, TypeError):
        return "the database of known holes cannot be reached from this machine."
