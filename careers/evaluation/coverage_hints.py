"""What the words of a title suggest, such as a recording: only ever a hint beside a verdict. Held as data, `coverage_hints.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from careers.evaluation.coverage_rows import Planned

TABLE = Path(__file__).with_name("coverage_hints.csv")
LAW = "law"
"""How the table names the provider access law, which has no benchmark's number."""


@cache
def hint_table() -> tuple[tuple[re.Pattern[str], frozenset[str], str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            (
                re.compile(rf"\b({row['words']})\b", re.IGNORECASE),
                frozenset(row["benchmarks"].split("|")),
                row["reason"],
            )
            for row in csv.DictReader(lines)
        )


def hints(planned: Planned, benchmark: int | None) -> tuple[str, ...]:
    """What the title suggests. Only ever a hint: no verdict rests on it."""
    about = LAW if benchmark is None else str(benchmark)
    return tuple(
        why for words, numbers, why in hint_table() if about in numbers and words.search(planned.activity.title)
    )
