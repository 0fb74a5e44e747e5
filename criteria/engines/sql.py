"""All criteria for all pupils in one set-wise query, the same text but for a few words on every database.

What an occasion counts towards depends on the occasion and the stage of the pupil, not on each pupil, so the query judges the
few thousand occasions first (`qualifying`), fits them to the windows of the stages present (`within`), and only then meets the
log. The caller lends four relations as SQL: `pupils` (pupil, academic_year, year_group, repeated_year, subjects), `occasions`
(occasion and the columns of tables.OCCASION_COLUMNS that are asked about) and `attendances` (pupil, occasion, status), each
already limited to the school.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Leaf, Not
from criteria.engines.dialects import Dialect
from criteria.engines.needs import own_dates
from criteria.model import Cover, Criterion, Distinct, EachSubject, Every, Participation, Total
from criteria.moments import EVER, FOREVER, Moment, Stage


def condition_sql(condition: Condition, sql: Dialect) -> str:
    """A condition as a three-valued SQL expression."""
    match condition:
        case All(parts):
            return "(" + " AND ".join(condition_sql(part, sql) for part in parts) + ")"
        case Any_(parts):
            return "(" + " OR ".join(condition_sql(part, sql) for part in parts) + ")"
        case Not(part):
            return f"(NOT {condition_sql(part, sql)})"
    return leaf_sql(condition, sql)


def leaf_sql(condition: Leaf, sql: Dialect, row: str = "") -> str:
    """One test of an attribute, NULL where it is not known. `row` is the alias of its row, with a full stop."""
    match condition:
        case Is(attribute, (bool(value),)) if sql.plain_flags:
            return f"{row}{attribute}" if value else f"(NOT {row}{attribute})"
        case Is(attribute, (value,)):
            return f"({row}{attribute} = {sql.literal(value)})"
        case Is(attribute, values):
            return f"({row}{attribute} IN ({', '.join(sql.literal(value) for value in values)}))"
        case AtLeast(attribute, value):
            return f"({row}{attribute} >= {sql.literal(value)})"
        case Includes(attribute, ()):
            return f"({row}{attribute} <> '')"
        case Includes(attribute, values):
            return (
                "(" + " OR ".join(sql.holds(f"{row}{attribute}", sql.literal(f"|{value}|")) for value in values) + ")"
            )
    raise TypeError(condition)


Asked = tuple[Stage, int]
"""A stage, and the place of a criterion that may apply to somebody at it."""


@dataclass(frozen=True)
class Judged:
    """One branch of `qualifying`: what one criterion makes of an occasion."""

    part: str
    weight: str
    base: str
    counts: str


def judged(criterion: Criterion, needed: float | None, sql: Dialect) -> Iterable[Judged]:
    asked = condition_sql(criterion.qualifying, sql)
    match criterion.measure:
        case Total(attribute):
            unknown = f"CASE WHEN {attribute} IS NULL THEN NULL ELSE 1 = 1 END"
            yield Judged("NULL", f"COALESCE({attribute}, {needed or 0})", asked, f"({asked} AND {unknown})")
        case Distinct(attribute):
            unknown = f"CASE WHEN {attribute} IS NULL THEN NULL ELSE 1 = 1 END"
            yield Judged(
                f"COALESCE({sql.text(attribute)}, '?' || {sql.text('occasion')})",
                "1",
                asked,
                f"({asked} AND {unknown})",
            )
        case Cover(groups):
            for name, shown in groups:
                yield Judged(sql.literal(name), "1", asked, f"({asked} AND {condition_sql(shown, sql)})")
        case Every(test):
            yield Judged("NULL", "1", asked, f"({asked} AND {condition_sql(test, sql)})")
        case EachSubject():
            yield Judged("subject", "1", asked, f"({asked} AND CASE WHEN subject IS NULL THEN 1 = 0 ELSE 1 = 1 END)")
        case _:
            yield Judged("NULL", "1", asked, asked)


def qualifying_sql(criteria: Sequence[Criterion], as_at: date, sql: Dialect) -> str:
    """What each criterion makes of each occasion: counts 1, may count NULL; occasions that cannot count are left out."""
    branches = []
    for number, criterion in enumerate(criteria):
        every = isinstance(criterion.measure, Every)
        for each in judged(criterion, criterion.needed_on(as_at), sql):
            keep = each.base if every else each.counts
            base = f"CASE WHEN {each.base} THEN 1 ELSE 0 END" if every else "0"
            not_counting = f" WHEN NOT {each.counts} THEN 0" if every else ""
            special = f"({each.counts} AND {condition_sql(criterion.of_which.test, sql)})" if criterion.of_which else ""
            of_which = f"CASE WHEN {special} THEN 1 WHEN NOT {special} THEN 0 END" if special else "0"
            branches.append(
                f"SELECT occasion, date, {number} AS criterion, {sql.text(each.part)} AS part,\n"
                f"    {sql.number(each.weight)} AS weight, {base} AS base,\n"
                f"    CASE WHEN {each.counts} THEN 1{not_counting} END AS counts, {of_which} AS of_which\n"
                f"  FROM occasions WHERE {keep} IS NOT FALSE"
            )
    return "\n  UNION ALL ".join(branches)


def stage_key(stage: Stage) -> int:
    """A stage as one number, as the query makes it, so that one comparison finds its windows."""
    return stage.academic_year * 10000 + stage.year_group * 100 + stage.repeated_year


def windows_sql(criteria: Sequence[Criterion], asked: Collection[Asked], sql: Dialect) -> str:
    """When each criterion is open for each stage it is asked of; for as long as may be where that hangs on a date of the
    pupil's own, which `own_window_sql` then asks for.
    """
    rows = []
    for stage, number in sorted(asked):
        days = widest(criteria[number], stage)
        if None not in days:
            rows.append(f"({stage_key(stage)}, {number}, {', '.join(sql.literal(day) for day in days)})")
    never = sql.literal(EVER)
    return ",\n    ".join(rows) or f"(0, 0, {never}, {never}, {never})"


def widest(criterion: Criterion, stage: Stage) -> tuple[date | None, date | None, date | None]:
    """Opening, closing and due day at a stage, before any date of the pupil's own narrows them."""
    opens = EVER if criterion.opens.of == "own" else criterion.opens.on(stage)
    closes, due = (FOREVER if moment.of == "own" else moment.on(stage) for moment in (criterion.closes, criterion.due))
    return opens, closes, due


def own_window_sql(criteria: Sequence[Criterion], sql: Dialect) -> tuple[str, str]:
    """Whether an occasion (`w.date`) is within the pupil's own window, and before their own due date: two conditions, by
    criterion, empty where no criterion hangs on a date of the pupil's own.
    """
    within, before = [], []
    for number, criterion in enumerate(criteria):
        if not criterion.own_dates:
            continue
        opens, closes, due = (own_moment_sql(m, sql) for m in (criterion.opens, criterion.closes, criterion.due))
        bounds = [*([f"w.date >= {opens}"] if opens else []), *([f"w.date <= {closes}"] if closes else [])]
        within.append(f"WHEN {number} THEN {' AND '.join(bounds) or '1 = 1'}")
        before.append(f"WHEN {number} THEN {f'w.date <= {due}' if due else '1 = 1'}")
    if not within:
        return "", ""
    return (
        f"CASE w.criterion {' '.join(within)} ELSE 1 = 1 END",
        f" AND CASE w.criterion {' '.join(before)} ELSE 1 = 1 END",
    )


def own_moment_sql(moment: Moment, sql: Dialect) -> str:
    """The day of a moment that hangs on a date of the pupil's own; empty for any other."""
    return sql.months_after(f"p.{moment.column}", moment.plus) if moment.of == "own" else ""


def counts_sql(
    criteria: Sequence[Criterion], asked: Collection[Asked], as_at: date, lent: dict[str, str], sql: Dialect
) -> str:
    """The query. It answers a row for each pupil and criterion with anything to count:

    pupil, criterion (its place in `criteria`), base, then sure, possible and expected as sums, the same as numbers of
    different parts, and as numbers of special ones. Pupils and criteria without a row have counted nothing.
    """
    offered = [n for n, c in enumerate(criteria) if c.participation is Participation.OFFERED]
    by_subject = [n for n, c in enumerate(criteria) if isinstance(c.measure, EachSubject)]
    is_offered = f"criterion IN ({', '.join(map(str, offered))})" if offered else "1 = 0"
    present = ", ".join(str(key) for key in sorted({stage_key(stage) for stage, _ in asked})) or "0"
    of_every = [str(n) for n, c in enumerate(criteria) if isinstance(c.measure, Every)]
    may_be_booked = f"q.criterion NOT IN ({', '.join(of_every)})" if of_every else "1 = 1"
    own_subject = sql.holds("p.subjects", "'|' || w.part || '|'")
    studied = f"(w.criterion NOT IN ({', '.join(map(str, by_subject))}) OR {own_subject})" if by_subject else ""
    own_window, own_due = own_window_sql(criteria, sql)
    only = " AND ".join(condition for condition in (studied, own_window) if condition)
    own = "".join(f", {name}" for name in own_dates(criteria))
    return f"""WITH pupils AS {sql.materialized}(
  SELECT * FROM (SELECT pupil, subjects{own}, academic_year * 10000 + year_group * 100 + repeated_year AS stage
    FROM ({lent["pupils"]}) lent) staged
  WHERE stage IN ({present})),
occasions AS {sql.materialized}({lent["occasions"]}),
attendances AS ({lent["attendances"]}),
windows (stage, criterion, opens, closes, due) AS (
  VALUES {windows_sql(criteria, asked, sql)}),
qualifying AS {sql.materialized}(
  {qualifying_sql(criteria, as_at, sql)}),
within AS {sql.materialized}(
  SELECT q.occasion, w.stage, q.criterion, q.part, q.weight, q.base, q.counts, q.of_which{", q.date" if own else ""},
    CASE WHEN {is_offered.replace("criterion", "q.criterion")} THEN 1 ELSE 0 END AS offered,
    CASE WHEN q.date <= {sql.literal(as_at)} THEN 1 WHEN q.date <= w.due AND {may_be_booked} THEN 2 ELSE 3 END AS time
  FROM windows w JOIN qualifying q ON q.criterion = w.criterion AND q.date BETWEEN w.opens AND w.closes),
met AS (
  SELECT p.pupil, w.criterion, w.part, w.weight, w.counts, w.of_which,
    CASE WHEN w.time = 1 AND (w.offered = 1 OR a.status = 'attended') THEN 1 ELSE 0 END AS there,
    CASE WHEN w.time = 1 AND (w.offered = 1 OR a.status IN ('attended', 'booked')) THEN 1 ELSE 0 END AS maybe,
    CASE WHEN w.time = 2 AND (w.offered = 1 OR a.status IN ('attended', 'booked')){own_due} THEN 1 ELSE 0 END AS ahead,
    w.base
  FROM pupils p
  {sql.then_join} attendances a ON a.pupil = p.pupil
  {sql.then_join} within w ON w.occasion = a.occasion AND w.stage = p.stage{f" WHERE {only}" if only else ""})
SELECT pupil, criterion,
  SUM(base * there) AS base,
  SUM(CASE WHEN there = 1 AND counts = 1 THEN weight ELSE 0 END) AS sure,
  SUM(CASE WHEN maybe = 1 AND (counts = 1 OR counts IS NULL) THEN weight ELSE 0 END) AS possible,
  SUM(CASE WHEN (there = 1 OR ahead = 1) AND counts = 1 THEN weight ELSE 0 END) AS expected,
  COUNT(DISTINCT CASE WHEN there = 1 AND counts = 1 THEN part END) AS sure_parts,
  COUNT(DISTINCT CASE WHEN maybe = 1 AND (counts = 1 OR counts IS NULL) THEN part END) AS possible_parts,
  COUNT(DISTINCT CASE WHEN (there = 1 OR ahead = 1) AND counts = 1 THEN part END) AS expected_parts,
  SUM(CASE WHEN there = 1 AND of_which = 1 THEN 1 ELSE 0 END) AS sure_of,
  SUM(CASE WHEN maybe = 1 AND (of_which = 1 OR of_which IS NULL) THEN 1 ELSE 0 END) AS possible_of,
  SUM(CASE WHEN (there = 1 OR ahead = 1) AND of_which = 1 THEN 1 ELSE 0 END) AS expected_of
FROM met WHERE maybe = 1 OR ahead = 1
GROUP BY pupil, criterion"""
