"""What is wrong with a nation, gathered so that the same fault of a million rows is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Fault:
    """`where` and `found` are of the first; `rows` counts them all."""

    where: str
    column: str
    found: str
    wanted: str
    rows: int

    def __str__(self) -> str:
        many = f" ({self.rows:,} rows in all)" if self.rows > 1 else ""
        return f"{self.where}, column '{self.column}': found {self.found}; {self.wanted}{many}."


@dataclass
class Faults:
    """Faults of one column of one table for which the same is wanted are told as one."""

    found: dict[tuple[str, str, str], Fault] = field(default_factory=dict)

    def add(self, table: str, column: str, where: str, found: str, wanted: str, rows: int = 1) -> None:
        fault = self.found.setdefault((table, column, wanted), Fault(where, column, found, wanted, 0))
        fault.rows += rows

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found.values())

    def __len__(self) -> int:
        return len(self.found)
