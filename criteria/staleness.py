"""What somebody should look at again: every dated thing of every framework, by the day it was last held against its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.model import Criterion, Framework
from criteria.moments import months_after
from criteria.yaml_lines import Mapping, read_yaml

MONTHS = 12
"""How long a check lasts, unless somebody says otherwise."""


@dataclass(frozen=True)
class Dated:
    """One thing that was checked on a day. `id` is the criterion's, or the key of an open reading."""

    framework: str
    id: str
    what: str
    source: str
    checked_on: date


def dated_things(frameworks: Iterable[Framework]) -> Iterator[Dated]:
    """Criteria, the values and changes of each, and open readings."""
    for framework in frameworks:
        for criterion in framework.criteria:
            yield from _of_criterion(framework, criterion)
        for reading in framework.readings:
            what = f"the open reading '{reading.question}'"
            yield Dated(framework.id, reading.key, what, reading.source, reading.checked_on)


def _of_criterion(framework: Framework, criterion: Criterion) -> Iterator[Dated]:
    yield Dated(framework.id, criterion.id, "the rule", ", ".join(criterion.sources), criterion.checked_on)
    written = [criterion, *(change.criterion for change in criterion.changes)]
    for value in dict.fromkeys(value for each in written for value in each.threshold):
        what = f"{value.value:g} needed, from {_day(value.starts)}"
        yield Dated(framework.id, criterion.id, what, value.source, value.checked_on)
    for change in criterion.changes:
        yield Dated(
            framework.id, criterion.id, f"the change of {_day(change.starts)}", change.source, change.checked_on
        )


def dated_in_files(folder: Path) -> Iterator[Dated]:
    """What stands beside the frameworks in files of its own, such as bands: whatever in them says when it was checked."""
    for path in sorted(folder.glob("*.yaml")):
        yield from _in_mapping(path.stem, path.stem, read_yaml(path))


def _in_mapping(file: str, name: str, given: Mapping) -> Iterator[Dated]:
    if "checked on" in given:
        source = given.optional("source") or given.optional("sources") or ""
        said = ", ".join(source) if isinstance(source, list) else str(source)
        yield Dated(file, name, f"line {given.line}", said, given.day("checked on"))
    for key, value in given.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                yield from _in_mapping(file, str(each.optional("id") or each.optional("key") or key), each)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def stale(things: Iterable[Dated], as_at: date, months: int = MONTHS) -> list[Dated]:
    """Those last checked more than so many months before a day, oldest first."""
    limit = months_after(as_at, -months)
    return sorted(
        (thing for thing in things if thing.checked_on < limit),
        key=lambda thing: (thing.checked_on, thing.framework, thing.id, thing.what),
    )
