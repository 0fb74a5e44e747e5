"""What a person chooses when bringing a file in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

EVERYONE = "everyone"


@dataclass(frozen=True)
class Options:
    academic_year: int
    programme: str = ""
    """Which of the programmes in the file."""
    earlier_years: bool = True
    """For new pupils with a joining date, fill in the year groups they held before, one lower each year."""
    leave: tuple[str, ...] = field(default=())
    """References of the proposed leavers to take off the roll, or EVERYONE alone."""

    answers: dict[str, Any] = field(default_factory=dict)
    """Of a list of any kind: what its columns and words mean, and what was put right in it (careers/imports/lists/mapping.py)."""

    def leaving(self, reference: str) -> bool:
        return reference in self.leave or EVERYONE in self.leave

    def with_leavers(self, references: list[str]) -> Options:
        return replace(self, leave=tuple(references))

    def as_json(self) -> dict[str, Any]:
        return {"programme": self.programme, "earlier_years": self.earlier_years}
