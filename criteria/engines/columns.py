"""Every pupil on every criterion in one pass over flat rows, states and all: the query for column stores (DuckDB and Spark).

Row stores do better to judge the few occasions first (`sql.py`); a column store would rather read each row of the log once and
keep a number or two for each pupil and criterion. The caller lends two relations: `pupils` (one row each, with the columns
`pupil_columns` names) and `encounters` (pupil, date, status and the columns `sql.attributes_asked` names), joined on `keys`.

Rows are judged before they meet their pupil (`marks.py`), kept only while one of the pupil's windows is open, and counted
(`counting.py`); then each pupil is put on the ladder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from criteria.conditions import leaves
from criteria.engines.counting import Counting, Keeping, kept_for_all, tells_by_fingerprint
from criteria.engines.dialects import Dialect
from criteria.engines.marks import Mark, judged_sql, marks_of, within_sql, words_of
from criteria.engines.sql import Asked, condition_sql, own_moment_sql, stage_key
from criteria.model import Criterion, Distinct, EachSubject, Every, Joiners, Total
from criteria.moments import EVER, FOREVER, Moment, Stage
from criteria.standing import LADDER, SETTLING_IN, Fact, Standing, standing_on

Bounds = tuple[Moment, Moment, Moment]
"""Opening, closing and due moment: criteria that share them share their columns."""


GIVEN = ("academic_year", "year_group", "repeated_year", "joined_on", "subjects")
"""What `pupils` has in any case, beside its keys."""


SUBJECTS_AS_BITS = 62


@dataclass(frozen=True)
class Question:
    """Criteria asked together on one day, each of the stages at which it may apply to somebody (`setwise.asked_of`).

    `keys` are what joins a pupil to the log. Unless `exact`, counts are kept only as far as tells the state; `taught` are then the
    different values of the pupils' `subjects`, which if they are few are told apart more quickly.
    """

    criteria: tuple[Criterion, ...]
    asked: frozenset[Asked]
    as_at: date
    sql: Dialect
    keys: tuple[str, ...] = ("pupil",)
    exact: bool = True
    taught: tuple[str, ...] = ()

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(sorted({stage for stage, _ in self.asked}))

    @cached_property
    def bounds(self) -> list[Bounds]:
        return list(dict.fromkeys(_bounds(criterion) for criterion in self.criteria))

    def window(self, number: int) -> int:
        """Which of `bounds` a criterion has."""
        return self.bounds.index(_bounds(self.criteria[number]))

    @cached_property
    def since(self) -> dict[str, date]:
        """By id of criterion, the first day on which anybody's window was open."""
        first = {criterion.id: FOREVER for criterion in self.criteria}
        for stage, number in self.asked:
            criterion = self.criteria[number]
            opens = EVER if criterion.opens.of == "own" else criterion.opens.on(stage)
            first[criterion.id] = min(first[criterion.id], opens or FOREVER)
        return first

    @cached_property
    def subject_bits(self) -> dict[str, int]:
        """A bit for each subject taught; none where there are too many, or nobody asks."""
        if self.exact or not any(isinstance(criterion.measure, EachSubject) for criterion in self.criteria):
            return {}
        subjects = sorted({subject for codes in self.taught for subject in codes.strip("|").split("|") if subject})
        return {} if len(subjects) > SUBJECTS_AS_BITS else {subject: 1 << n for n, subject in enumerate(subjects)}

    @cached_property
    def counts(self) -> list[Counting]:
        asked = enumerate(zip(self.criteria, marks_of(self.criteria), strict=True))
        few = bool(self.subject_bits)
        return [Keeping(c, n, marked, self.as_at, self.sql, self.exact, few).counting() for n, (c, marked) in asked]

    @cached_property
    def marks(self) -> list[Mark]:
        return [mark for marked in marks_of(self.criteria) for mark in marked.all]


def _bounds(criterion: Criterion) -> Bounds:
    return criterion.opens, criterion.closes, criterion.due


def pupil_columns(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """What `pupils` must have beside its keys and GIVEN."""
    asked = {leaf.attribute for criterion in criteria for leaf in leaves(criterion.population)}
    asked |= {name for criterion in criteria for name in criterion.own_dates}
    return tuple(sorted(asked - set(GIVEN)))


def standings_sql(question: Question, pupils: str, encounters: str, kept: Sequence[str] = ()) -> str:
    """The query. A row for each pupil: the keys, the columns of `pupils` named in `kept`, and for each criterion n

    rung_n, its place on the ladder of states (standing.LADDER), count_n, needed_n and due_n. What a rung does not tell
    (`standing.Rung`) is for the caller to leave out.
    """
    shown = ", ".join(dict.fromkeys((*question.keys, *kept)))
    rungs = ",\n  ".join(_rung(question, n) for n in range(len(question.criteria)))
    return f"""WITH windows ({", ".join(("stage", *_names(question)))}) AS (
  VALUES {_windows(question)}),
{_subjects(question)}people AS {question.sql.materialized}({_people(question, pupils, kept)}),
judged AS ({_judged(question, encounters)}),
marked AS ({_marked(question)}),
counted AS ({_counted(question)}),
stood AS ({_stood(question)})
SELECT {shown},
  {rungs}
FROM stood"""


def _people(question: Question, pupils: str, kept: Sequence[str]) -> str:
    """Each pupil with their windows. `placed` are those at a stage at which anything may apply to anybody."""
    lent = dict.fromkeys((*question.keys, *kept, *pupil_columns(question.criteria), *GIVEN))
    stage = "CAST(academic_year AS INTEGER) * 10000 + CAST(year_group AS INTEGER) * 100 + repeated_year"
    bounds = "".join(f", {bound} AS {name}" for name, bound in _own_bounds(question))
    studied, subjects = (
        (", s.studied", " LEFT JOIN studied s ON s.subjects = p.subjects") if question.subject_bits else ("", "")
    )
    return f"""
  SELECT p.*, w.stage IS NOT NULL AS placed{studied}{bounds}
  FROM (SELECT {", ".join(lent)}, {question.sql.place("", question.keys)} AS place, {stage} AS stage FROM ({pupils}) lent) p
  LEFT JOIN windows w ON w.stage = p.stage{subjects}"""


def _judged(question: Question, encounters: str) -> str:
    """Each row of the log with what it shows, from itself alone."""
    values = "".join(f", {what} AS {name}" for name, what in _values(question).items() if name != "date")
    judged = ",\n    ".join(judged_sql(question.marks, question.since, question.as_at, question.sql))
    return f"""
  SELECT {", ".join(question.keys)}, date, date <= {question.sql.literal(question.as_at)} AS past{values},
    {judged}
  FROM ({encounters}) lent"""


def _marked(question: Question) -> str:
    """The same beside its pupil: what is left of it in their windows."""
    windows = {criterion.id: question.window(n) for n, criterion in enumerate(question.criteria)}
    within = ",\n    ".join(within_sql(question.marks, windows))
    values = "".join(f", e.{name}" for name in _values(question))
    same = " AND ".join(f"e.{key} = p.{key}" for key in question.keys)
    bit, subjects = (
        (", b.subject_bit", "\n  LEFT JOIN subject_bits b ON b.subject = e.subject")
        if question.subject_bits
        else ("", "")
    )
    return f"""
  SELECT p.place, e.past{values}{bit},
    {within}
  FROM judged e JOIN people p ON {same} AND p.placed{subjects}"""


def _counted(question: Question) -> str:
    """What is kept for each pupil with anything in the log."""
    kept = (*kept_for_all(words_of(question.marks)), *(each for counted in question.counts for each in counted.kept))
    aggregates = ",\n    ".join(f"{what} AS {name}" for name, what in kept)
    return f"""
  SELECT place,
    {aggregates}
  FROM marked m GROUP BY place"""


def _stood(question: Question) -> str:
    """Everything the ladder asks of each pupil."""
    counts = ",\n    ".join(line for n in range(len(question.criteria)) for line in _counts(question, n))
    return f"""
  SELECT p.*,
    {counts}
  FROM people p LEFT JOIN counted c ON c.place = p.place"""


def _subjects(question: Question) -> str:
    """The subjects taught, each with its bit, and those of each different timetable together."""
    bits, sql = question.subject_bits, question.sql
    if not bits:
        return ""
    held = {codes: sum(bits[each] for each in set(codes.strip("|").split("|"))) for codes in question.taught if codes}
    each = ", ".join(f"({sql.literal(subject)}, CAST({bit} AS BIGINT))" for subject, bit in bits.items())
    own = ", ".join(f"({sql.literal(codes)}, CAST({mask} AS BIGINT))" for codes, mask in held.items())
    return f"subject_bits (subject, subject_bit) AS (VALUES {each}),\nstudied (subjects, studied) AS (VALUES {own}),\n"


def _values(question: Question) -> dict[str, str]:
    """Columns of a row whose values are summed or told apart, by name, each with what it is worked out from."""
    found: dict[str, str] = {}
    for criterion in question.criteria:
        match criterion.measure:
            case Distinct(attribute) if tells_by_fingerprint(criterion, question.as_at, question.exact):
                known = f"CASE WHEN {attribute} IS NOT NULL THEN {question.sql.fingerprint(attribute)} END"
                found[f"{attribute}_print"] = known
            case Total(attribute) | Distinct(attribute):
                found[attribute] = attribute
            case EachSubject():
                found["subject"] = "subject"
    return dict(sorted(found.items()))


def _names(question: Question) -> Iterator[str]:
    """Columns of bounds, in the order of `_windows`."""
    return (f"{what}_{n}" for n in range(len(question.bounds)) for what in ("opens", "closes", "due", "late"))


def _windows(question: Question) -> str:
    """The bounds of each stage; NULL where a rule has no dates for it, or they hang on dates of the pupil's own."""
    stages = [(stage_key(stage), stage) for stage in question.stages]
    rows = [f"({', '.join((str(key), *_days(question, stage)))})" for key, stage in stages]
    nobody = f"(-1, {', '.join(['CAST(NULL AS DATE)'] * 4 * len(question.bounds))})"
    return ",\n    ".join((nobody, *rows))


def _days(question: Question, stage: Stage) -> Iterator[str]:
    for moments in question.bounds:
        opens, closes, due = (moment.on(stage) for moment in moments)
        known = all(
            day is not None or moment.of == "own" for day, moment in zip((opens, closes, due), moments, strict=True)
        )
        late = opens + SETTLING_IN if opens else None
        for day in (opens, closes, due, late):
            yield question.sql.literal(day) if day and known else "NULL"


def _own_bounds(question: Question) -> Iterator[tuple[str, str]]:
    """Each bound for a pupil: as the stage has it, or from a date of their own."""
    sql = question.sql
    for n, moments in enumerate(question.bounds):
        for what, moment in zip(("opens", "closes", "due"), moments, strict=True):
            yield f"{what}_{n}", own_moment_sql(moment, sql) or f"w.{what}_{n}"
        own = own_moment_sql(moments[0], sql)
        yield f"late_{n}", sql.days_after(own, SETTLING_IN.days) if own else f"w.late_{n}"


def _counts(question: Question, n: int) -> Iterator[str]:
    """What is counted for a criterion, as columns of the pupil."""
    counted, criterion = question.counts[n], question.criteria[n]
    yield f"{condition_sql(criterion.population, question.sql)} AS applies_{n}"
    yield f"{_needed(question, n)} AS needed_{n}"
    yield from (
        f"{what} AS {name}_{n}"
        for name, what in (("count", counted.sure), ("hoped", counted.possible), ("expected", counted.expected))
    )
    if criterion.of_which:
        yield from (
            f"{what} AS {name}_of_{n}"
            for name, what in (
                ("count", counted.sure_of),
                ("hoped", counted.possible_of),
                ("expected", counted.expected_of),
            )
        )


def _needed(question: Question, n: int) -> str:
    measure = question.criteria[n].measure
    if isinstance(measure, EachSubject):
        return "NULLIF(LENGTH(p.subjects) - LENGTH(REPLACE(p.subjects, '|', '')), 0) - 1"
    return (
        question.counts[n].base if isinstance(measure, Every) else str(question.criteria[n].needed_on(question.as_at))
    )


def _rung(question: Question, n: int) -> str:
    """The first rung of the ladder whose facts all hold, as its place; with it the count, how many are needed, and by when."""
    whens = []
    for place, rung in enumerate(LADDER):
        facts = [_fact(question, n, fact) for fact in rung.when]
        if "FALSE" not in facts:
            whens.append(f"WHEN {' AND '.join(fact for fact in facts if fact != 'TRUE') or 'TRUE'} THEN {place}")
    window = question.window(n)
    return f"CASE {' '.join(whens)} END AS rung_{n}, count_{n}, needed_{n}, due_{window} AS due_of_{n}"


def _fact(question: Question, n: int, fact: Fact) -> str:
    """A fact of the ladder about a pupil, in SQL: what standing.Case says in Python."""
    criterion, g, as_at = question.criteria[n], question.window(n), question.sql.literal(question.as_at)

    def enough(what: str) -> str:
        special = f" AND {what}_of_{n} >= {criterion.of_which.at_least}" if criterion.of_which else ""
        return f"{what}_{n} >= needed_{n}{special}"

    return {
        Fact.NOT_FOR_THEM: f"NOT applies_{n}",
        Fact.PERHAPS_FOR_THEM: f"applies_{n} IS NULL",
        Fact.NO_WINDOW: f"(stage IS NULL OR opens_{g} IS NULL OR closes_{g} IS NULL OR due_{g} IS NULL)",
        Fact.NEED_UNKNOWN: f"needed_{n} IS NULL" if isinstance(criterion.measure, EachSubject) else "FALSE",
        Fact.NOTHING_NEEDED: f"needed_{n} = 0",
        Fact.ENOUGH: enough("count"),
        Fact.ENOUGH_EXPECTED: enough("expected"),
        Fact.ENOUGH_POSSIBLE: enough("hoped"),
        Fact.IN_TIME: f"due_{g} >= {as_at}",
        Fact.JOINED_LATE: f"joined_on > late_{g}",
        Fact.JOINERS_EXCUSED: "TRUE" if criterion.joiners is Joiners.DOES_NOT_APPLY else "FALSE",
        Fact.JOINERS_UNKNOWN: "TRUE" if criterion.joiners is Joiners.CANNOT_TELL else "FALSE",
    }[fact]


def standings_of(answers: Sequence[Any]) -> Iterator[Standing]:
    """A pupil's standings from a row of the query without its keys: rung, count, needed and due for each criterion."""
    for place, count, needed, due in zip(*(answers[start::4] for start in range(4)), strict=True):
        yield standing_on(LADDER[place], float(count), None if needed is None else float(needed), due)
