"""Counts as sentences, for pages and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careers.imports.kinds.registry import KINDS

WORDS = {
    "new": "To add",
    "changed": "To change",
    "unchanged": "Already the same",
    "held": "To be held for you to match",
    "already_held": "Held already, or put aside",
    "subjects_started": "Subjects to begin, counted for each pupil",
    "subjects_ended": "Subjects to end, counted for each pupil",
    "leavers_proposed": "On roll but not in the file",
    "leavers": "Taken off the roll",
    "skipped": "Left out (below Year 7)",
    "repeated": "The same entry twice, taken once",
    "new_activities": "Activities to add",
    "changed_activities": "Changes to activities",
    "new_partners": "Partners to add",
    "new_sessions": "Sessions to add",
    "left_out": "Rows left out",
}
DONE = {
    "new": "Added",
    "changed": "Changed",
    "held": "Held for you to match",
    "subjects_started": "Subjects begun, counted for each pupil",
    "subjects_ended": "Subjects ended, counted for each pupil",
    "new_activities": "Activities added",
    "changed_activities": "Changes to activities",
    "new_partners": "Partners added",
    "new_sessions": "Sessions added",
}


def counts_in_words(kind: str, counts: Mapping[str, int], *, done: bool = False) -> list[tuple[str, str]]:
    """What the counts say, as (what, how many); noughts left out."""
    words = {name: said for name, said in (WORDS | DONE).items() if name != "leavers_proposed"} if done else WORDS
    things = KINDS[kind].things
    lines = []
    for name, said in words.items():
        number = counts.get(name, 0)
        counted = name in ("new", "changed", "unchanged", "held", "leavers_proposed", "leavers")
        if number:
            lines.append((said, f"{number:,} {things[number != 1]}" if counted else f"{number:,}"))
    return lines


def how_it_was_read(preview: Mapping[str, Any]) -> list[str]:
    """How the file was understood: its encoding, its header, the columns passed over."""
    sentences = [f"Read as {preview['encoding'].strip()}."] if preview.get("encoding") else []
    if header := preview.get("header_row"):
        above = (
            ""
            if header == 1
            else " Row 1 above it was taken as a title or instructions."
            if header == 2
            else f" Rows 1 to {header - 1} above it were taken as a title or instructions."
        )
        sentences.append(f"Row {header} was taken as the column headings.{above}")
    if ignored := preview.get("ignored"):
        sentences.append(f"Columns not used: {', '.join(ignored)}.")
    return sentences
