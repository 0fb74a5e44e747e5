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
from criteria.engines.counting import Counting, Keeping, kept_for_all
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
    sql, criteria = question.sql, question.criteria
    shown = ", ".join(dict.fromkeys((*question.keys, *kept)))
    lent = ", ".join(dict.fromkeys((*question.keys, *kept, *pupil_columns(criteria), *GIVEN)))
    values = "".join(f", {name}" for name in value_columns(criteria) if name != "date")
    judged = ",\n    ".join(judged_sql(question.marks, question.since, question.as_at, sql))
    few, of_row = bool(question.subject_bits), "".join(f", e.{name}" for name in value_columns(criteria))
    within = ",\n    ".join(within_sql(question.marks, {c.id: question.window(n) for n, c in enumerate(criteria)}))
    kept_of_all = (
        *kept_for_all(words_of(question.marks)),
        *(each for counted in question.counts for each in counted.kept),
    )
    aggregates = ",\n    ".join(f"{what} AS {name}" for name, what in kept_of_all)
    counts = ",\n    ".join(line for n in range(len(criteria)) for line in _counts(question, n))
    rungs = ",\n  ".join(_rung(question, n) for n in range(len(criteria)))
    return f"""WITH windows ({", ".join(("stage", *_names(question)))}) AS (
  VALUES {_windows(question)}),
{_subjects(question)}people AS {sql.materialized}(
  SELECT p.*{", s.studied" if few else ""}{"".join(f", {bound} AS {name}" for name, bound in _own_bounds(question))}
  FROM (SELECT {lent}, {sql.place("", question.keys)} AS place,
      CAST(academic_year AS INTEGER) * 10000 + CAST(year_group AS INTEGER) * 100 + repeated_year AS stage FROM ({pupils}) lent) p
  LEFT JOIN windows w ON w.stage = p.stage{" LEFT JOIN studied s ON s.subjects = p.subjects" if few else ""}),
judged AS (
  SELECT {", ".join(question.keys)}, date, date <= {sql.literal(question.as_at)} AS past{values},
    {judged}
  FROM ({encounters}) lent),
marked AS (
  SELECT p.place, e.past{of_row}{", b.subject_bit" if few else ""},
    {within}
  FROM judged e JOIN people p ON {" AND ".join(f"e.{key} = p.{key}" for key in question.keys)}
  {"LEFT JOIN subject_bits b ON b.subject = e.subject" if few else ""}),
counted AS (
  SELECT place,
    {aggregates}
  FROM marked m GROUP BY place),
stood AS (
  SELECT p.*,
    {counts}
  FROM people p LEFT JOIN counted c ON c.place = p.place)
SELECT {shown},
  {rungs}
FROM stood"""


def _subjects(question: Question) -> str:
    """The subjects taught, each with its bit, and those of each different timetable together."""
    bits, sql = question.subject_bits, question.sql
    if not bits:
        return ""
    held = {codes: sum(bits[each] for each in set(codes.strip("|").split("|"))) for codes in question.taught if codes}
    each = ", ".join(f"({sql.literal(subject)}, CAST({bit} AS BIGINT))" for subject, bit in bits.items())
    own = ", ".join(f"({sql.literal(codes)}, CAST({mask} AS BIGINT))" for codes, mask in held.items())
    return f"subject_bits (subject, subject_bit) AS (VALUES {each}),\nstudied (subjects, studied) AS (VALUES {own}),\n"


def value_columns(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """Columns of the log whose values are summed or told apart."""
    found = set()
    for criterion in criteria:
        match criterion.measure:
            case Total(attribute) | Distinct(attribute):
                found.add(attribute)
            case EachSubject():
                found.add("subject")
    return tuple(sorted(found))


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
