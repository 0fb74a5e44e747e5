"""What the kinds of activity in published programmes mean here: a table held as data, `published_kinds.csv`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("published_kinds.csv")


@dataclass(frozen=True)
class Meaning:
    kind: str
    title_words: tuple[str, ...]
    type: str
    one_to_one: bool | None
    doubt: str

    def fits(self, kind: str, title: str) -> bool:
        if kind != self.kind:
            return False
        return not self.title_words or any(
            re.search(rf"\b{re.escape(word)}", title, re.IGNORECASE) for word in self.title_words
        )


@cache
def meanings() -> tuple[Meaning, ...]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Meaning(
                r["kind"],
                tuple(filter(None, r["title_words"].split("|"))),
                r["type"],
                r["one_to_one"] == "yes" or None,
                r["doubt"],
            )
            for r in csv.DictReader(lines)
        )


def meaning_of(kind: str, title: str) -> Meaning | None:
    """The first row of the table whose kind is this one and whose words, if any, begin a word of the title."""
    return next((meaning for meaning in meanings() if meaning.fits(kind, title)), None)
