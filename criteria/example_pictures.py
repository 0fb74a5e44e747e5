"""A criterion's examples as one small table: each pupil or school with the answer, and beneath it what is on record.

Only the facts that some test of the criterion asks for are shown; those that are the same of every encounter are said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from criteria.conditions import leaves
from criteria.model import About, Criterion, Distinct, EachSubject, Example, Total
from criteria.standing import STATE_WORDS, State

Row = Mapping[str, Any]
BLANK = "not known"
SHOWN_ANYWAY = ("date", "type")
OF_SUBJECT = {"pupil", "school", "on_roll", "setting"}
AS_MILESTONE = {"attended": "done", "booked": "planned"}


def example_lines(criterion: Criterion) -> list[str]:
    """Markdown: what all of them share, then the table."""
    if not criterion.examples:
        return []
    log = [row for example in criterion.examples for row in example.encounters]
    asked = asked_of_log(criterion)
    alike = [name for name in asked if len({_shown(row.get(name)) for row in log}) == 1] if len(log) > 1 else []
    columns = [name for name in asked if name not in alike]
    noun = "encounter" if criterion.about is About.PUPIL else "milestone"
    head = [
        f"{'Pupil' if criterion.about is About.PUPIL else 'School'}, or {noun}",
        "Day",
        "Status",
        *map(_name, columns),
    ]
    lines = [
        "",
        "**Examples**, each of them tested. A bold row is whom the question is about, on which day, and the answer.",
        "",
    ]
    if alike:
        lines += [f"Every {noun} here: {'; '.join(f'{_name(n)} {_shown(log[0].get(n))}' for n in alike)}.", ""]
    lines += [_line(head), _line(["---"] * len(head))]
    for example in criterion.examples:
        lines += _example(criterion, example, columns)
    return lines


def asked_of_log(criterion: Criterion) -> list[str]:
    """Columns of the log that some part of the criterion asks for, in the order it asks."""
    names = [leaf.attribute for leaf in criterion.asked_of_log]
    match criterion.measure:
        case Distinct(attribute) | Total(attribute):
            names.append(attribute)
        case EachSubject():
            names.append("subject")
    return [name for name in dict.fromkeys(names) if name not in SHOWN_ANYWAY]


def _example(criterion: Criterion, example: Example, columns: Sequence[str]) -> list[str]:
    answer = STATE_WORDS[State(example.state)] + ("" if example.count is None else f", {example.count:g}")
    facts = _facts(criterion, example)
    who = f"**{_cell(example.name)}**" + (f" ({facts})" if facts else "")
    empty = [""] * len(columns)
    own = sorted(example.encounters, key=_when)
    return [
        _line([who, _day(example.as_at), f"**{answer}**", *empty]),
        *(_line(_encounter(criterion, row, columns)) for row in own),
    ]


def _facts(criterion: Criterion, example: Example) -> str:
    """What is asked of the subject, and whatever else the example gives."""
    asked = [leaf.attribute for leaf in leaves(criterion.population)] + list(criterion.own_dates)
    if isinstance(criterion.measure, EachSubject):
        asked.append("subjects")
    given = [
        name for name, value in example.pupil.items() if value is not None and name in criterion.about.subjects.names
    ]
    names = [
        name
        for name in dict.fromkeys([*asked, *given])
        if name not in OF_SUBJECT and not _goes_without_saying(name, example)
    ]
    if criterion.about is About.SCHOOL:
        names = [name for name in names if name in criterion.about.subjects.names]
    return "; ".join(
        [*(f"{_name(n)} {_shown(example.pupil.get(n))}" for n in names), *(f"reading {c}" for _, c in example.readings)]
    )


def _goes_without_saying(name: str, example: Example) -> bool:
    """Only a special school can say that a pupil is not in the cohort, and hardly anybody is at one."""
    return name == "in_benchmark_cohort" and example.pupil.get("setting") != "special" and name not in example.pupil


def _encounter(criterion: Criterion, row: Row, columns: Iterable[str]) -> list[str]:
    status = str(row["status"])
    if criterion.about is About.SCHOOL:
        status = AS_MILESTONE.get(status, status)
    label = _name(str(row.get("type") or row.get("title") or BLANK))
    return [
        f"· {_cell(label)}",
        _day(row.get("date")),
        status,
        *(_cell(_shown(row.get(name))) for name in columns),
    ]


def _when(row: Row) -> date:
    return row.get("date") or date.min


def _shown(value: Any) -> str:
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_name(str(each)) for each in value) or "none"
    if isinstance(value, date):
        return _day(value)
    return f"{value:g}" if isinstance(value, float) else _name(str(value))


def _day(day: date | None) -> str:
    return BLANK if day is None else f"{day.day} {day:%b %Y}"


def _name(name: str) -> str:
    return name.replace("_", " ")


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
