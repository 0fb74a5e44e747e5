"""Says at the end of a run how many cases the walk of every address tried."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    walked = [r for r in terminalreporter.stats.get("passed", []) if dict(r.user_properties).get("cases")]
    if walked:
        cases = sum(dict(report.user_properties)["cases"] for report in walked)
        seconds = sum(dict(report.user_properties)["seconds"] for report in walked)
        terminalreporter.write_line(
            f"Access: {cases:,} cases of {len(walked)} addresses by method, visitor and whose record, "
            f"in {seconds:.0f} seconds of a processor."
        )
