"""What a row of the log shows, as marks: two bits for each thing a criterion asks of it, "it counts" and "it may count".

A row is judged once, from itself alone, before it meets its pupil. Judged so, all criteria of a benchmark cost little more than
reading the columns: the database compares whole columns, and looks at a test only for rows of the type it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not, leaves
from criteria.engines.dialects import Dialect
from criteria.engines.sql import condition_sql
from criteria.model import Count, Cover, Criterion, Distinct, EachSubject, Every, Participation, Total
from criteria.moments import EVER

IN_A_WORD = 31
"""Marks that one whole number holds, at two bits each, and leaves the sign alone."""


@dataclass(frozen=True)
class Mark:
    """One thing asked of a row: all of `tests`. Where the value of `known` is not on record, it may count but surely does not."""

    number: int
    criterion: Criterion
    tests: tuple[Condition, ...]
    known: str = ""

    @property
    def word(self) -> int:
        return self.number // IN_A_WORD

    @property
    def counts(self) -> int:
        """The bit that says it counts; that it may count is the next one."""
        return 1 << 2 * (self.number % IN_A_WORD)

    @property
    def may(self) -> int:
        return self.counts << 1


@dataclass(frozen=True)
class Marked:
    """The marks of one criterion: what is counted (a mark for each thing to cover), its base, and the special ones among it."""

    counted: tuple[Mark, ...]
    base: Mark | None = None
    special: Mark | None = None

    @property
    def all(self) -> tuple[Mark, ...]:
        return (*self.counted, *(mark for mark in (self.base, self.special) if mark))


def marks_of(criteria: Iterable[Criterion]) -> list[Marked]:
    """The marks of each criterion, numbered through all of them."""
    found: list[Marked] = []
    for criterion in criteria:
        first = sum(len(each.all) for each in found)
        found.append(_marked(criterion, first))
    return found


def _marked(criterion: Criterion, first: int) -> Marked:
    asked = criterion.qualifying
    match criterion.measure:
        case Cover(groups):
            return Marked(tuple(Mark(first + n, criterion, (asked, shown)) for n, (_, shown) in enumerate(groups)))
        case Every(test):
            return Marked((Mark(first, criterion, (asked, test)),), base=Mark(first + 1, criterion, (asked,)))
        case Total(attribute) | Distinct(attribute):
            known = attribute
        case Count() | EachSubject():
            known = ""
    plain = Mark(first, criterion, (asked,), known)
    if criterion.of_which is None:
        return Marked((plain,))
    return Marked((plain,), special=Mark(first + 1, criterion, (asked, criterion.of_which.test), known))


Since = Mapping[str, date]
"""By id of criterion, the first day on which any pupil's window was open."""


RECENT = timedelta(days=400)
"""Windows that opened longer ago than this shut out too little of a log for looking at the day to be worth it."""


def judged_sql(marks: Sequence[Mark], since: Since, as_at: date, sql: Dialect) -> Iterator[str]:
    """A column for each word of marks, judged_0 and so on: what a row of the log shows, of which the pupil was or will be part."""
    since = {id: day if day > as_at - RECENT else EVER for id, day in since.items()}
    for word in range(words_of(marks)):
        own = [mark for mark in marks if mark.word == word]
        yield f"({_by_type(own, since, sql)}) & ({_part_taken(own, as_at, sql)}) AS judged_{word}"


def words_of(marks: Sequence[Mark]) -> int:
    return 1 + max(mark.word for mark in marks)


def _by_type(marks: Sequence[Mark], since: Since, sql: Dialect) -> str:
    """The marks a row has by its own columns. Each type of encounter is judged by the few tests that speak of it."""
    types = sorted({value for mark in marks for value in types_named(mark.tests)})
    branches = [f"WHEN {sql.literal(each)} THEN {_by_day(marks, each, since, sql)}" for each in types]
    rest = _by_day(marks, None, since, sql)
    return f"CASE type {' '.join(branches)} ELSE {rest} END" if types else rest


def types_named(tests: Iterable[Condition]) -> set[str]:
    return {
        value for test in tests for leaf in leaves(test) if isinstance(leaf, Is) and leaf.attribute == "type"
        for value in leaf.values
    }  # fmt: skip


def _by_day(marks: Sequence[Mark], type: str | None, since: Since, sql: Dialect) -> str:
    """The marks of rows of one type, or of any type no test names; 0 where there can be none. Rows from before anybody's
    window are not looked at: most of a log is older than this year.
    """
    days = sorted({since[mark.criterion.id] for mark in marks})
    shown = []
    for day in days:
        found = _either([mark for mark in marks if since[mark.criterion.id] == day], type, sql)
        if found and day != EVER:
            found = f"CASE WHEN date >= {sql.literal(day)} THEN {found} ELSE 0 END"
        shown.append(found)
    return " | ".join(each for each in shown if each) or "0"


def _either(marks: Sequence[Mark], type: str | None, sql: Dialect) -> str:
    """Marks together: both bits where the tests hold, the second where nobody knows. Those that ask the same are judged once."""
    asked: dict[str, list[Mark]] = {}
    for mark in marks:
        left = given_type(All(mark.tests), type)
        if left is False:
            continue
        tests = [] if left is True else [condition_sql(left, sql)]
        if mark.known and not _asked_already(mark.known, left):
            tests.append(f"CASE WHEN {mark.known} IS NULL THEN NULL ELSE TRUE END")
        asked.setdefault(" AND ".join(tests), []).append(mark)
    shown = []
    for test, own in asked.items():
        may = bits(mark.may for mark in own)
        both = may | bits(mark.counts for mark in own)
        shown.append(f"COALESCE(CAST(({test}) AS BIGINT) * {both}, {may})" if test else str(both))
    return " | ".join(shown)


def _asked_already(attribute: str, condition: Condition | bool) -> bool:
    """Whether a condition asks an attribute in such a way that, where it is not known, it cannot be surely met."""
    match condition:
        case All(parts):
            return any(_asked_already(attribute, part) for part in parts)
        case Is() | AtLeast() | Includes():
            return condition.attribute == attribute
    return False


def given_type(condition: Condition, type: str | None) -> Condition | bool:
    """What is left to ask once the type is known; None is a type that no test names."""
    match condition:
        case Is("type", values):
            return type in values
        case All(parts):
            left = [given_type(part, type) for part in parts]
            asked = tuple(part for part in left if not isinstance(part, bool))
            return False if False in left else All(asked) if asked else True
        case Any_(parts):
            left = [given_type(part, type) for part in parts]
            asked = tuple(part for part in left if not isinstance(part, bool))
            return True if True in left else Any_(asked) if asked else False
        case Not(part):
            inner = given_type(part, type)
            return not inner if isinstance(inner, bool) else Not(inner)
    return condition


def _part_taken(marks: Sequence[Mark], as_at: date, sql: Dialect) -> str:
    """Which marks may stand, by what became of the pupil's place and whether the day has come.

    A place still booked after the day is a register never taken. What has yet to happen cannot make good what has (`every`).
    """
    offered = [mark for mark in marks if mark.criterion.participation is Participation.OFFERED]
    ahead = [mark for mark in marks if not isinstance(mark.criterion.measure, Every)]
    every = bits(mark.counts | mark.may for mark in marks)
    chance = bits(mark.counts | mark.may for mark in offered)
    untaken = bits(mark.may for mark in marks) | chance
    expected, open_to = bits(mark.counts for mark in ahead), bits(mark.counts for mark in ahead if mark in offered)
    return (
        f"CASE WHEN date <= {sql.literal(as_at)}"
        f" THEN CASE status WHEN 'attended' THEN {every} WHEN 'booked' THEN {untaken} ELSE {chance} END"
        f" WHEN status IN ('attended', 'booked') THEN {expected} ELSE {open_to} END"
    )


def bits(of: Iterable[int]) -> int:
    return reduce(or_, of, 0)


def within_sql(marks: Sequence[Mark], window_of: dict[str, int]) -> Iterator[str]:
    """A column for each word, marks_0 and so on: what is left of the marks of row `e` in the windows of its pupil `p`.

    `window_of` says, by id of criterion, which of the pupil's bounds are its own.
    """
    for word in range(words_of(marks)):
        own: dict[int, int] = {}
        for mark in marks:
            if mark.word == word:
                window = window_of[mark.criterion.id]
                own[window] = own.get(window, 0) | mark.counts | mark.may
        spans = " | ".join(
            f"CASE WHEN e.date BETWEEN p.opens_{n} AND p.closes_{n} AND (e.past OR e.date <= p.due_{n}) THEN {mask} ELSE 0 END"
            for n, mask in own.items()
        )
        yield f"e.judged_{word} & ({spans}) AS marks_{word}"
