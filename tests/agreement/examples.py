"""The examples of every framework, asked together: all of one day in one question, each pupil or school under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from criteria.loading import load, names
from criteria.model import Criterion, Example
from criteria.standing import Standings


@dataclass
class Together:
    """Criteria and the subjects of their examples, to be asked on one day."""

    as_at: date
    readings: tuple[tuple[str, str], ...]
    asked: dict[str, Criterion] = field(default_factory=dict)
    examples: dict[str, tuple[str, Example]] = field(default_factory=dict)

    def __str__(self) -> str:
        chosen = "".join(f", {key} {choice}" for key, choice in self.readings)
        return f"{self.as_at}{chosen}"

    def add(self, criterion: Criterion, example: Example) -> None:
        self.asked[criterion.id] = criterion
        self.examples[f"{criterion.id}, line {example.line}: {example.name}"] = (criterion.id, example)

    @property
    def question(self) -> tuple[list[Criterion], list[dict[str, Any]], list[dict[str, Any]], date]:
        """What every engine is given."""
        return self.criteria, self.pupils, self.encounters, self.as_at

    @property
    def criteria(self) -> list[Criterion]:
        return list(self.asked.values())

    @property
    def pupils(self) -> list[dict[str, Any]]:
        return [{**example.pupil, "pupil": name} for name, (_, example) in self.examples.items()]

    @property
    def encounters(self) -> list[dict[str, Any]]:
        return [{**row, "pupil": name} for name, (_, example) in self.examples.items() for row in example.encounters]

    def answers(self, found: Standings) -> dict[str, tuple[str, float | None]]:
        """State and count (where its example names one) of each subject on its own criterion."""
        own = {name: found.of(name, id) for name, (id, _) in self.examples.items()}
        return {
            name: (own[name].state, None if example.count is None else own[name].count)
            for name, (_, example) in self.examples.items()
        }

    @property
    def expected(self) -> dict[str, tuple[str, float | None]]:
        return {name: (example.state, example.count) for name, (_, example) in self.examples.items()}


def asked_together() -> list[Together]:
    """Every example there is, with the criterion as it stands on its day and under its readings."""
    found: dict[tuple[Any, ...], Together] = {}
    for criterion, example in _every_example():
        key = (example.as_at, example.readings)
        found.setdefault(key, Together(*key)).add(criterion, example)
    return [found[key] for key in sorted(found)]


def _every_example() -> Iterator[tuple[Criterion, Example]]:
    for name in names():
        for id, example in [(c.id, example) for c in load(name).criteria for example in c.examples]:
            yield load(name, readings=dict(example.readings)).criterion(id).on(example.as_at), example
