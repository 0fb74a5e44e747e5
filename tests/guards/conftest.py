"""Says at the end of a run how many cases the walk of every address tried."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    walked = [r for r in terminalreporter.stats.get("passed", []) if "answered_as_the_rules_say" in r.nodeid]
    if walked:
        from tests.guards.expected import number_of_cases
        from tests.guards.visitors import METHODS, WHO

        names = {report.nodeid.rpartition("[")[2].rstrip("]") for report in walked}
        seconds = sum(report.duration for report in walked)
        terminalreporter.write_line(
            f"Access: {number_of_cases(names):,} cases ({len(walked)} addresses, {len(METHODS)} methods, {len(WHO)} visitors, "
            f"own, other, nobody's and unreached records), walked in {seconds:.0f} seconds."
        )
