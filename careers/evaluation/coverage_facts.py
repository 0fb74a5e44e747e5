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
    """Greedy: the activity that helps most cells for the fewest facts first, until nothing more can be settled."""
    waiting = {
        key: cell.shortfall
        for key, cell in coverage.cells.items()
        if cell.state is Cover.MAY and not cell.concern.some_pupils
    }
    found: dict[str, ToRecord] = {}
    while best := _best([coverage.cells[key] for key in waiting], set(found)):
        chosen = found[best.activity.reference] = ToRecord(best)
        others: set[str] = set()
        for key in list(waiting):
            cell = coverage.cells[key]
            may = {judgement.planned.activity.reference: judgement for judgement in cell.judged(None)}
            if own := may.pop(best.activity.reference, None):
                chosen.add(cell, own.unknown)
                others |= set(may) - set(found)
                waiting[key] -= 1
                if waiting[key] <= 0:
                    del waiting[key]
        chosen.others = len(others)
    return list(found.values())


def _best(cells: list[Cell], chosen: set[str]) -> Planned | None:
    """The activity, not yet chosen, that helps most of these cells for each fact it wants."""
    helped: dict[str, int] = {}
    facts: dict[str, set[str]] = {}
    planned: dict[str, Planned] = {}
    for judgement in (judgement for cell in cells for judgement in cell.judged(None)):
        key = judgement.planned.activity.reference
        if key not in chosen:
            planned[key] = judgement.planned
            helped[key] = helped.get(key, 0) + 1
            facts.setdefault(key, set()).update(judgement.unknown)
    first = {key: -place for place, key in enumerate(planned)}
    best = max(planned, key=lambda key: (helped[key] / max(len(facts[key]), 1), first[key]), default=None)
    return planned[best] if best else None
