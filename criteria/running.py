"""The one way in: evaluate frameworks over pupils and encounters, summarise, and say why for one pupil."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from criteria.engines import flat, reference
from criteria.explanation import Explanation, Noted, explain
from criteria.files import FileError
from criteria.model import Criterion
from criteria.schools import milestone_as_encounter, school_as_subject
from criteria.standing import STATE_WORDS, Standings, State
from criteria.yaml_lines import FrameworkError

ENGINES = ("sqlite", "duckdb", "reference")
OUTPUT = ("pupil", "criterion", "state", "count", "needed", "due", "reason")


USUAL_SETTING = "school"


def as_given(pupil: dict[str, Any]) -> dict[str, Any]:
    """A pupil as a file gives one: a blank setting is a mainstream school, and only special schools name a cohort."""
    return {
        **pupil,
        "in_benchmark_cohort": pupil.get("in_benchmark_cohort") is not False,
        "setting": pupil.get("setting") or USUAL_SETTING,
    }


def concerning(criteria: Iterable[Criterion], subjects: Iterable[dict[str, Any]]) -> list[Criterion]:
    """The criteria that are asked of any of these kinds of place: a school's file need not speak of colleges."""
    settings = {subject.get("setting") or USUAL_SETTING for subject in subjects}
    return [criterion for criterion in criteria if settings.intersection(criterion.settings)]


def evaluate(
    criteria: Sequence[Criterion],
    pupils: Sequence[dict[str, Any]],
    encounters: Sequence[dict[str, Any]],
    as_at: date,
    engine: str,
) -> Standings:
    """Every pupil on every criterion asked of pupils, by the engine named (one of ENGINES)."""
    pupils = [as_given(pupil) for pupil in pupils]
    if engine == "reference":
        return reference.evaluate(criteria, pupils, encounters, as_at)
    return flat.evaluate(criteria, pupils, encounters, as_at, engine)


def evaluate_schools(
    criteria: Sequence[Criterion],
    schools: Sequence[dict[str, Any]],
    milestones: Sequence[dict[str, Any]],
    as_at: date,
    engine: str,
) -> Standings:
    """Every school on every criterion asked of schools themselves, from rows of `schools` and `milestones`."""
    subjects = [school_as_subject({**school, "setting": school.get("setting") or USUAL_SETTING}) for school in schools]
    log = [milestone_as_encounter(milestone) for milestone in milestones]
    if engine == "reference":
        return reference.evaluate(criteria, subjects, log, as_at)
    return flat.evaluate(criteria, subjects, log, as_at, engine)


def check_pupils(
    path: Path, pupils: list[dict[str, Any]], encounters_path: Path, encounters: list[dict[str, Any]]
) -> None:
    """Refuse a pupil given twice, and an encounter of a pupil who is not there."""
    seen: dict[str, int] = {}
    for number, row in enumerate(pupils, 2):
        first = seen.setdefault(row["pupil"], number)
        if first != number:
            raise FileError(f"{path}, row {number}, column 'pupil': '{row['pupil']}' is already in row {first}.")
    for number, row in enumerate(encounters, 2):
        if row["pupil"] not in seen:
            raise FileError(f"{encounters_path}, row {number}, column 'pupil': '{row['pupil']}' is not in {path}.")


@dataclass(frozen=True)
class Summary:
    """One criterion over everybody: how many it applies to, how many are in each state, and the share that has met it."""

    criterion: Criterion
    counts: dict[State, int]

    @property
    def population(self) -> int:
        return sum(number for state, number in self.counts.items() if state is not State.DOES_NOT_APPLY)

    @property
    def percent(self) -> float:
        return 100 * self.counts.get(State.MET, 0) / self.population if self.population else 0.0


def summarise(standings: Standings) -> list[Summary]:
    return [
        Summary(criterion, dict(Counter(standing.state for _, standing in standings.on(criterion.id))))
        for criterion in standings.criteria
    ]


SHOWN = (State.MET, State.BOOKED, State.DUE, State.MISSED, State.CANNOT_TELL)


def print_summary(summaries: Iterable[Summary], out: TextIO) -> None:
    """A line a criterion: population, each state, percentage met."""
    words = [STATE_WORDS[state] for state in SHOWN]
    out.write(f"{'criterion':<22}{'applies':>9}" + "".join(f"{word:>13}" for word in words) + f"{'met %':>8}\n")
    for each in summaries:
        numbers = "".join(f"{each.counts.get(state, 0):>13}" for state in SHOWN)
        out.write(f"{each.criterion.id:<22}{each.population:>9}{numbers}{each.percent:>8.1f}\n")


def write_standings(found: Iterable[Standings], path: Path) -> int:
    """A row for each pupil (or school) and criterion, with a header; how many there are."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(OUTPUT)
        for standings in found:
            for pupil, row in standings.rows.items():
                for criterion, standing in zip(standings.criteria, row, strict=True):
                    needed = "" if standing.needed is None else f"{standing.needed:g}"
                    due = standing.due.isoformat() if standing.due else ""
                    counted = [standing.state, f"{standing.count:g}", needed, due, standing.reason]
                    writer.writerow([pupil, criterion.id, *counted])
                    written += 1
    return written


def print_explanation(criterion: Criterion, found: Explanation, out: TextIO) -> None:
    """Why one pupil stands where they stand, in lines a person can read."""
    standing = found.standing
    needed = f" of {standing.needed:g}" if standing.needed else ""
    due = f", due {standing.due:%-d %B %Y}" if standing.due else ""
    counted = (
        f" ({standing.count:g}{needed} {criterion.unit}{due})" if standing.state is not State.DOES_NOT_APPLY else ""
    )
    out.write(f"{criterion.id}  {criterion.title}\n  {STATE_WORDS[standing.state].capitalize()}{counted}\n")
    for heading, group in (
        ("Counted", found.counted), ("Booked", found.booked), ("May count", found.unjudged), ("Nearly", found.nearly),
    ):  # fmt: skip
        for noted in group:
            out.write(f"  {heading}: {_said(noted)}\n")
    if found.remedy:
        out.write(f"  What would meet it: {found.remedy}\n")


def _said(noted: Noted) -> str:
    row = noted.encounter
    title = row.get("title") or str(row["type"]).replace("_", " ")
    day = f" on {row['date']:%-d %B %Y}" if row.get("date") else ""
    return f"{title}{day}" + (f": {'; '.join(noted.words)}" if noted.words else "")


def explain_pupil(
    criteria: Sequence[Criterion], pupil: dict[str, Any], encounters: Sequence[dict[str, Any]], as_at: date
) -> list[tuple[Criterion, Explanation]]:
    pupil = as_given(pupil)
    return [(criterion, explain(criterion, pupil, encounters, as_at)) for criterion in criteria]


__all__ = ["FileError", "FrameworkError"]
