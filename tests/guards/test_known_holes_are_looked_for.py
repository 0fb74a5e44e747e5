"""The audit of packages says what it found, and says so too when it could not look."""

from __future__ import annotations

from typing import Any

import pytest

from tooling.auditing import of_front_end, of_packages
from tooling.checking import Outcome

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "typst", "skip_reason": "Dependency not found and could not be audited"}
HOLE = {
    "name": "lxml",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-0000-1", "aliases": ["CVE-0000-1"], "fix_versions": ["1.1"]}],
}


def packages(*found: dict[str, Any]) -> Outcome:
    return of_packages("packages", {"dependencies": list(found)})


def test_a_package_with_a_known_hole_fails_the_run_and_names_the_version_that_mends_it() -> None:
    found = packages(SOUND, HOLE)
    assert (found.passed, found.failed) == (0, 1)
    assert found.notes == ["lxml 1.0: PYSEC-0000-1, mended in 1.1"]


def test_a_hole_that_is_accepted_by_either_of_its_names_is_let_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tooling.auditing.ACCEPTED", {"CVE-0000-1": "we never read such a file; 22 November 2026"})
    assert packages(SOUND, HOLE).passed == 1


def test_packages_without_one_pass() -> None:
    assert packages(SOUND, SKIPPED) == Outcome("packages", passed=1, notes=["1 packages could not be asked about"])


def test_a_database_that_knows_none_of_our_packages_was_not_asked() -> None:
    assert "not really reached" in packages(SKIPPED, SKIPPED).not_run


def test_the_front_end_is_judged_the_same_way() -> None:
    hole = {"htmx.org": {"severity": "high", "range": "<9"}}
    assert of_front_end("npm", {"vulnerabilities": hole}).notes == ["htmx.org: high, <9"]
    assert of_front_end("npm", {"vulnerabilities": {}}).passed == 1
    assert "could not ask" in of_front_end("npm", {"error": {"code": "EAUDIT"}}).not_run
