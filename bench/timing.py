"""How long something takes and how many queries it asks, as median and 95th percentile of several goes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each go, and the queries of the last."""

    goes: tuple[float, ...]
    queries: int

    @property
    def median(self) -> float:
        return statistics.median(self.goes)

    @property
    def ninety_fifth(self) -> float:
        ordered = sorted(self.goes)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]

    def __str__(self) -> str:
        return f"{self.median:8.0f} ms median {self.ninety_fifth:8.0f} ms 95th {self.queries:4} queries"


def timed(do: Callable[[], Any], goes: int, before: Callable[[], Any] = lambda: None) -> Timing:
    """Time `do`, with `before` run untimed ahead of each go."""
    taken = []
    asked = 0
    for _ in range(goes):
        before()
        counter = Counter()
        with connection.execute_wrapper(counter):
            started = time.perf_counter()
            do()
            taken.append(1000 * (time.perf_counter() - started))
        asked = counter.number
    return Timing(tuple(taken), asked)


class Counter:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)
