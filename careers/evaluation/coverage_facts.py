"""The fewest facts to record that would settle what a plan may cover, activity by activity."""

from __future__ import annotations

from dataclasses import dataclass, field

from careers.evaluation.coverage import Cell, Cover, Coverage
from careers.evaluation.coverage_rows import Planned

SAID = "it is not recorded whether "


@dataclass
class ToRecord:
    """One activity, the facts to record about it, and the cells that would then be covered."""

    planned: Planned
    facts: list[str] = field(default_factory=list)
    settles: list[Cell] = field(default_factory=list)
    others: int = 0
    """Other activities that could settle the same instead."""

    def add(self, cell: Cell, unknown: tuple[str, ...]) -> None:
        self.settles.append(cell)
        self.facts += [fact for said in unknown if (fact := in_short(said)) not in self.facts]


def in_short(said: str) -> str:
    """ "It is not recorded whether pupils met staff" as something to record: "whether pupils met staff"."""
    return f"whether {said.removeprefix(SAID)}" if said.startswith(SAID) else said.removesuffix(" is not recorded")


def to_record(coverage: Coverage) -> list[ToRecord]:
    """Greedy: the activity that settles most cells for the fewest facts first, until no open cell can be settled by another."""
    waiting = {
        key: cell for key, cell in coverage.cells.items() if cell.state is Cover.MAY and not cell.concern.some_pupils
    }
    found = []
    while waiting and (best := _best(waiting)):
        chosen = ToRecord(best)
        others: set[str] = set()
        for key, cell in list(waiting.items()):
            may = {judgement.planned.activity.reference: judgement for judgement in cell.judged(None)}
            if own := may.pop(best.activity.reference, None):
                chosen.add(cell, own.unknown)
                others |= set(may)
                del waiting[key]
        chosen.others = len(others)
        found.append(chosen)
    return found


def _best(waiting: dict[tuple[str, int], Cell]) -> Planned | None:
    """The activity with the most open cells for each fact it wants."""
    cells: dict[str, int] = {}
    facts: dict[str, set[str]] = {}
    planned: dict[str, Planned] = {}
    for cell in waiting.values():
        for judgement in cell.judged(None):
            key = judgement.planned.activity.reference
            planned[key] = judgement.planned
            cells[key] = cells.get(key, 0) + 1
            facts.setdefault(key, set()).update(judgement.unknown)
    if not planned:
        return None
    return planned[max(planned, key=lambda key: (cells[key] / max(len(facts[key]), 1), -list(planned).index(key)))]
