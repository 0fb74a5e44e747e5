"""Everything that can be said and met, taken from the code itself: what the generator and the spec tests must reach.

A class added to the unions of conditions or measures, a form of moment, a state or a rung is here at once; where nothing below
knows its forms, `vocabulary` refuses it by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_args

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not, leaves
from criteria.engines.needs import attributes_asked
from criteria.engines.reference import case_of, once_each, with_roll
from criteria.model import (
    About,
    Count,
    Cover,
    Criterion,
    Distinct,
    EachSubject,
    Every,
    Joiners,
    Measure,
    Participation,
    Total,
)  # fmt: skip
from criteria.moments import FORMS, OWN_DATES, Moment, parse_moment
from criteria.standing import LADDER, Fact, Reason, Rung, State, decide, rung_of
from criteria.tables import STATUSES, Kind, Table, log_column
from criteria.vocabulary import TYPES, askable

NUMBERS = (Kind.INTEGER, Kind.NUMBER)
CONDITION_FORMS: dict[type, tuple[str, ...]] = {
    Is: ("one value", "several values", *(f"of {kind.name}" for kind in TYPES if kind is not Kind.CODES)),
    AtLeast: tuple(f"of {kind.name}" for kind in NUMBERS),
    Includes: ("one of some codes", "anything at all"),
    All: ("",),
    Any_: ("",),
    Not: ("",),
}
MEASURE_FORMS: dict[type, tuple[str, ...]] = {
    Count: ("", "of which"),
    Distinct: tuple(f"of {kind.name}" for kind in Kind),
    Cover: ("by codes of a list", "by values", "by conditions"),
    Total: (*(f"of {kind.name}" for kind in NUMBERS), "of which"),
    Every: ("",),
    EachSubject: ("",),
}


def vocabulary() -> set[str]:
    """Every operation a rule may use."""
    return {
        *_forms(get_args(Condition), CONDITION_FORMS),
        *_forms(get_args(Measure), MEASURE_FORMS),
        *(f"moment {moment_form(moment)}" for moment in _moments()),
        *(f"own date where it {place}" for place in ("opens", "closes", "is due")),
        *(f"own date {name}" for name in OWN_DATES),
        *(f"{kind.__name__} {member.value}" for kind in (About, Joiners, Participation) for member in kind),
        "threshold before a change", "threshold after a change", "wording before a change", "wording after a change",
    }  # fmt: skip


def circumstances() -> set[str]:
    """Everything a question may meet in the rows and come to in the answer."""
    asked = {column.kind for about in About for column in askable(about.log).values()}
    return {
        *(f"status {status}" for status in STATUSES),
        *(f"blank {kind.name} asked of the log" for kind in asked),
        *(f"blank {kind.name} asked of the subject" for kind in (Kind.FLAG, Kind.CODE, Kind.INTEGER, Kind.TEXT, Kind.CODES)),
        *(f"blank {name} that a window hangs on" for name in OWN_DATES),
        "list known to be empty",
        *(f"state {state.value}" for state in State),
        *(f"reason {reason.name}" for reason in Reason),
        *(f"rung {rung_name(rung)}" for rung in LADDER),
        *(f"{truth}: {fact.value}" for fact in Fact for truth in (True, False)),
    }  # fmt: skip


def _forms(classes: Iterable[type], known: dict[type, tuple[str, ...]]) -> Iterator[str]:
    for each in classes:
        assert each in known, f"{each.__name__} is new: say its forms in tests/agreement/operations.py and generate it"
        yield from (f"{each.__name__} {form}".strip() for form in known[each])


def _moments() -> Iterator[Moment]:
    """One moment of each form that can be written."""
    for form in FORMS:
        first, *rest = form.split(" ", 1)
        for edge in first.split("|"):
            yield parse_moment(" ".join([edge, *rest]))


def moment_form(moment: Moment) -> str:
    """How a moment is written, whatever its year, day and column."""
    if moment.of == "own":
        unit = re.search(r"year|month", moment.text.partition(moment.column)[0])
        where = "" if not moment.plus else f" {'after' if moment.plus > 0 else 'before'}"
        return f"own{f' {unit[0]}s' if unit else ''}{where}"
    of = "year" if isinstance(moment.of, int) else moment.of
    return f"{moment.edge if isinstance(moment.edge, str) else 'day'} of {of}{' and after' if moment.plus else ''}"


def rung_name(rung: Rung) -> str:
    return f"{LADDER.index(rung) + 1}, {rung.state.value} when {' and '.join(rung.when) or 'nothing else'}"


def used_by(written: Criterion, as_at: date | None = None) -> set[str]:
    """The operations a criterion uses; with a day, also whether what changes has changed by then."""
    criterion = written.on(as_at) if as_at else written
    moments = {"opens": criterion.opens, "closes": criterion.closes, "is due": criterion.due}
    found = {
        *_of_condition(criterion.population, criterion.about.subjects),
        *(form for condition in criterion.conditions_of_log for form in _of_condition(condition, criterion.about.log)),
        *_of_measure(criterion),
        *(f"moment {moment_form(moment)}" for moment in moments.values()),
        *(f"own date where it {place}" for place, moment in moments.items() if moment.of == "own"),
        *(f"own date {name}" for name in criterion.own_dates),
        *(f"About {criterion.about.value}", f"Joiners {criterion.joiners.value}"),
        f"Participation {criterion.participation.value}",
    }
    if as_at and len(criterion.threshold) > 1:
        found.add(f"threshold {'after' if criterion.threshold[1].starts <= as_at else 'before'} a change")
    if as_at and written.changes:
        found.add(f"wording {'after' if written.changes[0].starts <= as_at else 'before'} a change")
    return found


def _of_condition(condition: Condition, table: Table) -> Iterator[str]:
    name = type(condition).__name__
    match condition:
        case All(parts) | Any_(parts):
            yield name
            for part in parts:
                yield from _of_condition(part, table)
        case Not(part):
            yield name
            yield from _of_condition(part, table)
        case Is(attribute, values):
            yield f"{name} {'one value' if len(values) == 1 else 'several values'}"
            yield f"{name} of {table.column(attribute).kind.name}"
        case AtLeast(attribute):
            yield f"{name} of {table.column(attribute).kind.name}"
        case Includes(_, codes):
            yield f"{name} {'one of some codes' if codes else 'anything at all'}"


def _of_measure(criterion: Criterion) -> Iterator[str]:
    measure = criterion.measure
    name = type(measure).__name__
    if criterion.of_which:
        yield f"{name} of which"
    match measure:
        case Distinct(attribute) | Total(attribute):
            yield f"{name} of {log_column(attribute).kind.name}"
        case Cover(groups):
            tests = [condition for _, condition in groups]
            by_codes, by_values = (all(isinstance(test, kind) for test in tests) for kind in (Includes, Is))
            yield f"{name} {'by codes of a list' if by_codes else 'by values' if by_values else 'by conditions'}"
        case _:
            yield name


def met_by(criterion: Criterion, subject: dict[str, Any], log: Iterable[dict[str, Any]], as_at: date) -> set[str]:
    """What one subject's rows and answer reach. `log` is the subject's own; `criterion` stands as it does on the day."""
    rows, pupil = once_each(log), with_roll(subject, as_at)
    case = case_of(criterion, pupil, rows, as_at)
    standing, asked = decide(case), attributes_asked([criterion]) | {"date"}
    return {
        *(f"status {row['status']}" for row in rows),
        *(f"blank {log_column(n).kind.name} asked of the log" for n in asked for row in rows if row.get(n) is None),
        *("list known to be empty" for name in asked for row in rows if row.get(name) == ()),
        *(f"blank {kind} asked of the subject" for kind in _blank_of(criterion, pupil)),
        *(f"blank {name} that a window hangs on" for name in criterion.own_dates if pupil.get(name) is None),
        f"state {standing.state.value}",
        f"reason {standing.reason.name}",
        f"rung {rung_name(rung_of(case))}",
        *(f"{case.holds(fact)}: {fact.value}" for fact in Fact),
    }


def _blank_of(criterion: Criterion, pupil: dict[str, Any]) -> Iterator[str]:
    subjects = criterion.about.subjects
    for leaf in leaves(criterion.population):
        if pupil.get(leaf.attribute) is None:
            yield subjects.column(leaf.attribute).kind.name
