"""Random pupils, logs and criteria, over the whole vocabulary: what the engines must agree about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not
from criteria.model import (
    Count,
    Cover,
    Criterion,
    DatedValue,
    Distinct,
    EachSubject,
    Every,
    Joiners,
    Measure,
    OfWhich,
    Participation,
    Severity,
    Total,
    on_roll_only,
)  # fmt: skip
from criteria.moments import parse_moment
from criteria.tables import OCCASION_COLUMNS, STATUSES, Column, Kind

AS_AT = date(2026, 11, 22)
CODES = {"provider_kinds": ("fe_college", "he_provider", "utc"), "eligible_providers": ("a", "b", "c")}
SUBJECTS = ("Art", "Maths", "Physics")
WINDOWS = [
    ("start of academic year", "end of academic year", "close of academic year"),
    ("start of key stage", "close of key stage", "close of key stage"),
    ("start of year 7", "end of year 11", "close of year 11"),
    ("start of year 8", "28 February of year 9", "28 February of year 9"),
    ("start of year 12", "end of year 13", "30 September of academic year"),
    ("start of year 7", "end of year 13", "28 February of academic year"),
    ("leaving", "3 years after leaving", "3 years after leaving"),
    ("ever", "close of academic year", "close of academic year"),
    ("start of year 7", "16 years after born", "16 years after born"),
    ("programme_starts_on", "programme_ends_on", "1 month before programme_ends_on"),
]
maybe_flag = st.sampled_from([True, True, True, True, False, None])
ASKED = tuple(
    column
    for column in OCCASION_COLUMNS
    if column.name
    in ("type", "about_work", "two_way", "adviser_level", "days", "provider_kinds", "eligible_providers", "subject")
)
"""One column of each kind: enough for the whole vocabulary, few enough that conditions are often true."""
EDGES = [
    *(date(2025, 8, 31), date(2025, 9, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 7, 31), date(2026, 8, 31)),
    *(
        date(2026, 9, 1),
        AS_AT,
        date(2026, 11, 23),
        date(2027, 2, 28),
        date(2027, 3, 1),
        date(2027, 7, 31),
        date(2027, 8, 15),
    ),
]


def value_of(column: Column) -> st.SearchStrategy[Any]:
    """Any value a column may hold, unknown included."""
    match column.kind:
        case Kind.FLAG:
            return maybe_flag
        case Kind.INTEGER:
            return st.sampled_from([None, 0, 3, 6, 7, 8])
        case Kind.NUMBER:
            return st.sampled_from([None, 0.0, 0.5, 1.0, 2.5])
        case Kind.CODES:
            codes = CODES.get(column.name, SUBJECTS)
            return st.none() | st.lists(st.sampled_from(codes), unique=True, max_size=3).map(
                lambda found: tuple(sorted(found))
            )
        case Kind.CODE:
            return (
                st.sampled_from([None, *column.allowed[:3]])
                if column.name != "type"
                else st.sampled_from(column.allowed[:3])
            )
        case Kind.DATE:
            return st.sampled_from(EDGES) | st.integers(-1500, 300).map(lambda days: AS_AT + timedelta(days=days))
        case _:
            return st.sampled_from([None, *SUBJECTS])


ENCOUNTER_VALUES = {column.name: value_of(column) for column in ASKED} | {
    "date": value_of(Column("date", Kind.DATE, ""))
}


@st.composite
def pupils(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        year_group = draw(st.sampled_from([7, 8, 9, 10, 11, 12, 13, 14, None]))
        left = draw(st.sampled_from([None, None, None, date(2025, 8, 31), date(2027, 1, 1)]))
        gone = left is not None and left < AS_AT
        found.append(
            {
                "pupil": f"pupil {number}",
                "year_group": year_group,
                "academic_year": 2024 if gone else 2026,
                "repeated_year": draw(st.sampled_from([0, 0, 8, 9, year_group or 0])) if (year_group or 0) >= 9 else 0,
                "joined_on": draw(st.sampled_from([None, date(2019, 9, 1), date(2026, 10, 5), date(2027, 3, 1)])),
                "left_on": left,
                "considering_he": draw(maybe_flag),
                "in_benchmark_cohort": draw(maybe_flag),
                "subjects": draw(value_of(Column("subjects", Kind.CODES, ""))),
                "born": draw(st.sampled_from(BIRTHDAYS)),
                "programme_starts_on": draw(st.sampled_from([None, date(2024, 9, 1), date(2026, 11, 1)])),
                "programme_ends_on": draw(
                    st.sampled_from([None, date(2026, 10, 31), date(2027, 3, 31), date(2027, 7, 31)])
                ),
            }
        )
    return found


BIRTHDAYS = [None, date(2010, 11, 22), date(2010, 11, 23), date(2008, 2, 29), date(2011, 5, 4), date(2013, 1, 9)]
statuses = st.sampled_from(["attended", "attended", "attended", "booked", "booked", *STATUSES])


@st.composite
def logs(draw: st.DrawFn, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(st.integers(0, 10))):
        occasion = draw(st.fixed_dictionaries(ENCOUNTER_VALUES))
        occasion["type"] = occasion["type"] or "survey"
        for person in people:
            if draw(st.sampled_from([True, True, False])):
                rows.append({**occasion, "pupil": person["pupil"], "encounter": f"e{number}", "status": draw(statuses)})
    return rows


def tests_of(column: Column) -> st.SearchStrategy[Condition]:
    if column.kind is Kind.FLAG:
        return st.booleans().map(lambda value: Is(column.name, (value,)))
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        return st.sampled_from([1, 2.5, 6]).map(lambda value: AtLeast(column.name, value))
    if column.kind is Kind.CODES:
        return st.lists(st.sampled_from(CODES[column.name]), max_size=2, unique=True).map(
            lambda v: Includes(column.name, tuple(v))
        )
    values = column.allowed[:3] or SUBJECTS
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(
        lambda v: Is(column.name, tuple(v))
    )


leaf = st.one_of([tests_of(column) for column in ASKED])
easy = st.one_of([tests_of(column) for column in ASKED if column.name in {"type", "about_work", "provider_kinds"}])
conditions = easy | st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any_(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=4,
)
populations = st.one_of(
    st.lists(st.integers(7, 14), min_size=5, max_size=8, unique=True).map(lambda years: Is("year_group", tuple(years))),
    st.just(All((Is("considering_he", (True,)), Is("year_group", (8, 9, 10, 11, 12, 13))))),
    st.just(Not(Is("in_benchmark_cohort", (False,)))),
)
numbers = ["days", "adviser_level"]
texts = ["subject", "eligible_providers", "type", "two_way"]
measures: st.SearchStrategy[Measure] = st.one_of(
    st.just(Count()),
    st.sampled_from(texts).map(Distinct),
    st.just(Cover((("maths", Is("subject", ("Maths",))), ("other", Is("subject", ("Art", "Physics")))))),
    st.tuples(conditions, conditions).map(lambda two: Cover((("one", two[0]), ("other", two[1])))),
    st.sampled_from(numbers).map(Total),
    conditions.map(Every),
    st.just(EachSubject()),
)


of_which = st.none() | st.builds(OfWhich, st.sampled_from([1, 2]), conditions)


@st.composite
def criteria(draw: st.DrawFn) -> list[Criterion]:
    found = []
    for number in range(draw(st.integers(1, 3))):
        opens, closes, due = draw(st.sampled_from(WINDOWS))
        measure = draw(measures)
        from_record = isinstance(measure, (Every, EachSubject))
        special = draw(of_which) if isinstance(measure, (Count, Total)) else None
        values = [
            DatedValue(date(2014, 9, 1), draw(st.sampled_from([1, 1, 2, 2.5])), "X", AS_AT),
            DatedValue(date(2026, 9, 1), draw(st.sampled_from([1, 2])), "X", AS_AT),
        ]
        found.append(
            Criterion(
                id=f"c{number}", number="1", benchmark=1, title="", rule="", remedy="", unit="", severity=Severity.BENCHMARK,
                settings=("school",), population=on_roll_only(draw(populations)) if draw(st.booleans()) else draw(populations),
                qualifying=draw(conditions), opens=parse_moment(opens), closes=parse_moment(closes), due=parse_moment(due),
                measure=measure, participation=draw(st.sampled_from(list(Participation))),
                threshold=() if from_record else tuple(values),
                sources=("X",), checked_on=AS_AT, of_which=special, joiners=draw(st.sampled_from(list(Joiners))),
            )
        )  # fmt: skip
    return found


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Criterion], list[dict[str, Any]], list[dict[str, Any]]]:
    people = draw(pupils())
    return draw(criteria()), people, draw(logs(people))
