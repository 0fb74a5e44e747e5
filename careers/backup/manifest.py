"""What a backup says of itself: made when, from what, and what must be found in it when it is put back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from careers.backup.refusal import BackupRefused

FORM = 1
"""Raised when an older Trigpoint could no longer read what a newer one writes."""


@dataclass(frozen=True)
class Manifest:
    form: int
    made_at: str
    """ISO 8601, in UTC."""
    vendor: str
    """sqlite or postgresql: a backup is put back into the kind of database it came from."""
    migrations: list[str]
    """Every migration that had been applied, as "app.name"."""
    counts: dict[str, int]
    """Rows of each table."""
    heads: dict[str, list[Any]]
    """The number and hash of the last event of each school's audit, by the school's number; 0 is the installation."""
    digests: dict[str, str]
    """SHA-256 of each file in the archive but this one."""

    def written(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def read(cls, written: str) -> Manifest:
        try:
            facts = json.loads(written)
            if facts["form"] > FORM:
                raise BackupRefused(
                    "The backup was made by a newer Trigpoint. Put it back with that version or a later one."
                )
            return cls(**facts)
        except (ValueError, KeyError, TypeError):
            raise BackupRefused(
                "The backup's own description cannot be read, so it is not a Trigpoint backup."
            ) from None
