"""All criteria for all pupils in one set-wise query, the same text but for a few words on every database.

What an occasion counts towards does not depend on the pupil, so the query judges the few thousand occasions first
(`qualifying`), leaving out those outside everybody's window, and only then meets the log (`met`), where the window of the
pupil's own stage is asked. Fitting occasions to every stage before that makes more rows than are ever met. The caller lends
three relations as SQL: `pupils` (pupil, academic_year, year_group, repeated_year, subjects), `occasions` (occasion and the
columns of tables.OCCASION_COLUMNS that are asked about) and `attendances` (pupil, occasion, status), each already limited to
the school.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


Reach = tuple[date, date]
"""The first and last day on which anything can count towards a criterion, for anybody."""


def qualifying_sql(
    criteria: Sequence[Criterion], as_at: date, sql: Dialect, reaches: Mapping[int, Reach] | None = None
) -> str:
    """What each criterion makes of each occasion: counts 1, may count NULL; occasions that cannot count are left out.

    So are those that no window reaches, where `reaches` are given, by the criterion's place.
    """
    branches = []
    for number, criterion in enumerate(criteria):
        every = isinstance(criterion.measure, Every)
        reached = _reached(reaches.get(number), sql) if reaches is not None else ""
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
                f"  FROM occasions WHERE {reached}{keep} IS NOT FALSE"
            )
    return "\n  UNION ALL ".join(branches)


def _reached(reach: Reach | None, sql: Dialect) -> str:
    return f"date BETWEEN {sql.literal(reach[0])} AND {sql.literal(reach[1])} AND " if reach else "1 = 0 AND "


def reaches_of(criteria: Sequence[Criterion], asked: Collection[Asked]) -> dict[int, Reach]:
    """By a criterion's place: from the first opening to the last closing of its windows; nothing where it has none."""
    found: dict[int, Reach] = {}
    for stage, number in asked:
        opens, closes, due = widest(criteria[number], stage)
        if opens is not None and closes is not None and due is not None:
            first, last = found.get(number, (opens, closes))
            found[number] = min(first, opens), max(last, closes)
    return found


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
    """Whether an occasion (`q.date`) is within the pupil's own window, and before their own due date: two conditions, by
    criterion, empty where no criterion hangs on a date of the pupil's own.
    """
    within, before = [], []
    for number, criterion in enumerate(criteria):
        if not criterion.own_dates:
            continue
        opens, closes, due = (own_moment_sql(m, sql) for m in (criterion.opens, criterion.closes, criterion.due))
        bounds = [*([f"q.date >= {opens}"] if opens else []), *([f"q.date <= {closes}"] if closes else [])]
        within.append(f"WHEN {number} THEN {' AND '.join(bounds) or '1 = 1'}")
        before.append(f"WHEN {number} THEN {f'q.date <= {due}' if due else '1 = 1'}")
    if not within:
        return "", ""
    return (
        f"CASE q.criterion {' '.join(within)} ELSE 1 = 1 END",
        f" AND CASE q.criterion {' '.join(before)} ELSE 1 = 1 END",
    )


def own_moment_sql(moment: Moment, sql: Dialect) -> str:
    """The day of a moment that hangs on a date of the pupil's own; empty for any other."""
    return sql.months_after(f"p.{moment.column}", moment.plus) if moment.of == "own" else ""


def counts_sql(
    criteria: Sequence[Criterion], asked: Collection[Asked], as_at: date, lent: dict[str, str], sql: Dialect
) -> str:
    """The query. It answers a row for each pupil and criterion with anything to count:

    pupil, criterion (its place in `criteria`), base; then what surely, possibly and as expected counts, as a sum or as a number
    of different parts, whichever the criterion measures; and how many of each are special ones. Pupils and criteria without a
    row have counted nothing.
    """
    present = ", ".join(str(key) for key in sorted({stage_key(stage) for stage, _ in asked})) or "0"
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
  {qualifying_sql(criteria, as_at, sql, reaches_of(criteria, asked))}),
met AS (
  {met_sql(criteria, as_at, sql)})
{counted_sql(criteria)}"""


def met_sql(criteria: Sequence[Criterion], as_at: date, sql: Dialect) -> str:
    """Each pupil with what they met in their own window, and `how`: 1 it counts, 2 it may count, 3 it is expected to, 4 it only
    belongs to what "every" is measured over.
    """
    every = _places(criteria, lambda c: isinstance(c.measure, Every))
    by_subject = _places(criteria, lambda c: isinstance(c.measure, EachSubject))
    offered = _places(criteria, lambda c: c.participation is Participation.OFFERED)
    whoever = f"q.criterion IN ({offered}) OR " if offered else ""
    there, perhaps = f"({whoever}a.status = 'attended')", f"({whoever}a.status IN ('attended', 'booked'))"
    within, in_time = own_window_sql(criteria, sql)
    if every:  # what has yet to happen cannot make good what has
        in_time += f" AND q.criterion NOT IN ({every})"
    if by_subject:
        studied = sql.holds("p.subjects", "'|' || q.part || '|'")
        within = " AND ".join(filter(None, (f"(q.criterion NOT IN ({by_subject}) OR {studied})", within)))
    only_base = " WHEN q.counts = 0 THEN 4" if every else ""
    only = f"\n  WHERE {within}" if within else ""
    base = f"CASE WHEN {there} THEN q.base ELSE 0 END" if every else "0"
    return f"""SELECT p.pupil, q.criterion, q.part, q.weight, q.of_which, {base} AS base,
    CASE WHEN q.date > {sql.literal(as_at)}
           THEN CASE WHEN q.counts = 1 AND {perhaps} AND q.date <= w.due{in_time} THEN 3 END
         WHEN q.counts = 1 AND {there} THEN 1{only_base} WHEN {perhaps} THEN 2 END AS how
  FROM pupils p
  {sql.then_join} attendances a ON a.pupil = p.pupil
  {sql.then_join} qualifying q ON q.occasion = a.occasion
  {sql.then_join} windows w ON w.stage = p.stage AND w.criterion = q.criterion AND q.date BETWEEN w.opens AND w.closes{only}"""


def _places(criteria: Sequence[Criterion], which: Callable[[Criterion], bool]) -> str:
    return ", ".join(str(number) for number, criterion in enumerate(criteria) if which(criterion))


SUMS = {
    "base": "SUM(base)",
    "sure": "SUM(CASE WHEN how = 1 THEN weight ELSE 0 END)",
    "possible": "SUM(CASE WHEN how < 3 THEN weight ELSE 0 END)",
    "expected": "SUM(CASE WHEN how IN (1, 3) THEN weight ELSE 0 END)",
    "sure_of": "SUM(CASE WHEN how = 1 AND of_which = 1 THEN 1 ELSE 0 END)",
    "possible_of": "SUM(CASE WHEN how < 3 AND (of_which = 1 OR of_which IS NULL) THEN 1 ELSE 0 END)",
    "expected_of": "SUM(CASE WHEN how IN (1, 3) AND of_which = 1 THEN 1 ELSE 0 END)",
}
"""What is added up of `met`."""


def counted_sql(criteria: Sequence[Criterion]) -> str:
    """The sums, of those things that some criterion asks for.

    Different parts are told apart by adding up each part first, and then counting those that came to anything: databases are
    slow at COUNT(DISTINCT ...), which makes a list of its own for each pupil and criterion.
    """
    asked = {"sure", "possible", "expected"}
    asked |= {"base"} if any(isinstance(c.measure, Every) for c in criteria) else set()
    asked |= {"sure_of", "possible_of", "expected_of"} if any(c.of_which for c in criteria) else set()
    sums = {name: of if name in asked else "0" for name, of in SUMS.items()}
    if not any(isinstance(c.measure, (Distinct, Cover, EachSubject)) for c in criteria):
        return _grouped(sums, "met WHERE how IS NOT NULL", "pupil, criterion")
    each = {name: of for name, of in sums.items() if name in asked}
    parts = _grouped(each, "met WHERE how IS NOT NULL", "pupil, criterion, part")
    whole = {name: f"SUM({name})" if name in asked else "0" for name in SUMS}
    for name in ("sure", "possible", "expected"):
        whole[name] = f"SUM(CASE WHEN part IS NULL THEN {name} WHEN {name} > 0 THEN 1 ELSE 0 END)"
    return _grouped(whole, f"(\n{parts}) parts", "pupil, criterion")


def _grouped(sums: Mapping[str, str], source: str, by: str) -> str:
    shown = "".join(f",\n  {of} AS {name}" for name, of in sums.items())
    return f"SELECT {by}{shown}\nFROM {source}\nGROUP BY {by}"
