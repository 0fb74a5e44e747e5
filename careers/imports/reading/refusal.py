"""When a whole file cannot be used: one message that says what was found and what to do."""

from __future__ import annotations

MAX_ROWS = 100_000
MAX_COLUMNS = 200
HEADER_WITHIN = 10
"""The header must be among this many first rows; those above it are taken as a title or instructions."""


class FileRefused(Exception):
    """The file as a whole cannot be used. Its text is for the person: what was found, what to do. Nothing was changed."""


def refuse_too_many_rows() -> None:
    raise FileRefused(
        f"The file has more than {MAX_ROWS:,} rows. Split it into smaller files and bring them in one after another."
    )
