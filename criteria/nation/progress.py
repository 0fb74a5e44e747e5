"""A line that says how far a long run is: rewritten in place on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TextIO

PLAIN_EVERY = 10.0
SHOWN_EVERY = 0.2


@dataclass
class Progress:
    """`whole` is how many schools there are in all; `done` counts those of earlier runs too, which the estimate leaves out."""

    out: TextIO
    whole: int
    done: int = 0
    rows: int = 0
    what: str = "rows"
    started: float = field(default_factory=time.monotonic)
    shown: float = 0.0
    before: int = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.before = self.done
        self.shown = self.started

    def advance(self, rows: int, schools: int = 1) -> None:
        every = SHOWN_EVERY if self.out.isatty() else PLAIN_EVERY
        with self.lock:
            self.done += schools
            self.rows += rows
            if time.monotonic() - self.shown >= every:
                self._show()

    def finish(self) -> None:
        """The last state, and the end of the line."""
        self._show()
        if self.out.isatty():
            self.out.write("\n")

    def _show(self) -> None:
        self.shown = time.monotonic()
        line = self.line(self.shown - self.started)
        self.out.write(f"\r{line}\x1b[K" if self.out.isatty() else f"{line}\n")
        self.out.flush()

    def line(self, elapsed: float) -> str:
        fresh = self.done - self.before
        said = f"{self.done:,} of {self.whole:,} schools, {self.rows:,} {self.what}, {clock(elapsed)}"
        if fresh > 0 and self.done < self.whole:
            said += f", about {clock(elapsed / fresh * (self.whole - self.done))} to go"
        return said


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
