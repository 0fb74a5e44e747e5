"""Random pupils with their log and random schools with their milestones: what is known, not known and known to be nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from criteria.schools import milestone_as_encounter, school_as_subject
from criteria.tables import (
    MILESTONE_COLUMNS,
    MILESTONE_STATUSES,
    OCCASION_COLUMNS,
    SETTINGS,
    STATUSES,
    Column,
    Kind,
)  # fmt: skip

AS_AT = date(2026, 11, 22)
DAYS = (AS_AT, AS_AT, AS_AT, date(2026, 8, 31), date(2026, 9, 1), date(2027, 2, 28), date(2024, 2, 29))
"""Days asked about: most often one in the autumn, and the days on which something changes."""
CODES = {
    "provider_kinds": ("fe_college", "he_provider", "utc"),
    "eligible_providers": ("a", "b", "c"),
    "parties": ("pupils", "parents", "employers"),
    "features": ("tailored", "sequenced", "procedure"),
}
SUBJECTS = ("Art", "Maths", "Physics")
NUMBERS = {Kind.INTEGER: (0, 3, 6, 7, 8), Kind.NUMBER: (0.0, 0.5, 1.0, 2.5)}
_ASKED_OF_ENCOUNTERS = (
    "type", "about_work", "two_way", "adviser_level", "days", "provider_kinds", "eligible_providers", "subject",
)  # fmt: skip
ASKED = tuple(column for column in OCCASION_COLUMNS if column.name in _ASKED_OF_ENCOUNTERS)
"""One column of each kind: enough for the whole vocabulary, few enough that conditions are often true."""
ASKED_OF_SCHOOLS = tuple(c for c in MILESTONE_COLUMNS if c.name in ("type", "parties", "features", "on_website"))
EDGES = (
    date(2025, 8, 31), date(2025, 9, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 7, 31), date(2026, 8, 31),
    date(2026, 9, 1), AS_AT, date(2026, 11, 23), date(2027, 2, 28), date(2027, 3, 1), date(2027, 7, 31), date(2027, 8, 15),
)  # fmt: skip
BIRTHDAYS = (None, date(2010, 11, 22), date(2010, 11, 23), date(2008, 2, 29), date(2011, 5, 4), date(2013, 1, 9))
REVIEWS = (None, date(2026, 11, 22), date(2027, 2, 28), date(2028, 2, 29), date(2025, 9, 1))

maybe_flag = st.sampled_from([True, True, True, True, False, None])
statuses = st.sampled_from(["attended", "attended", "attended", "booked", "booked", *STATUSES])


def value_of(column: Column) -> st.SearchStrategy[Any]:
    """Any value a column may hold, unknown included."""
    match column.kind:
        case Kind.FLAG:
            return maybe_flag
        case Kind.INTEGER | Kind.NUMBER:
            return st.sampled_from([None, *NUMBERS[column.kind]])
        case Kind.DATE:
            around = st.integers(-900, 260).map(lambda days: AS_AT + timedelta(days=days))
            return st.none() | st.sampled_from(EDGES) | around | around
        case Kind.CODES:
            codes = CODES.get(column.name, SUBJECTS)
            return st.none() | st.sets(st.sampled_from(codes), max_size=3).map(lambda found: tuple(sorted(found)))
        case Kind.CODE:
            return st.sampled_from([None, *column.allowed[:3]])
        case _:
            return st.sampled_from([None, *SUBJECTS])


def _log_values(asked: tuple[Column, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {column.name: value_of(column) for column in (*asked, Column("date", Kind.DATE, ""))}
    ).map(lambda row: row | {"type": row["type"] or asked[0].allowed[-1]})


_OCCASIONS, _MILESTONES = _log_values(ASKED), _log_values(ASKED_OF_SCHOOLS)
SUBJECT_LISTS = value_of(Column("subjects", Kind.CODES, ""))


@st.composite
def pupils(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        year_group = draw(st.sampled_from([7, 8, 9, 10, 11, 12, 13, 14, None]))
        left = draw(st.sampled_from([None, None, None, date(2025, 8, 31), date(2027, 1, 1)]))
        gone = left is not None and left < AS_AT
        pupil = {
            "pupil": f"pupil {number}",
            "setting": draw(st.sampled_from(["school", "school", "special", None])),
            "year_group": year_group,
            "academic_year": 2024 if gone else draw(st.sampled_from([2026, 2026, 2026, None])),
            "repeated_year": draw(st.sampled_from([0, 0, 8, 9, year_group or 0])) if (year_group or 0) >= 9 else 0,
            "joined_on": draw(st.sampled_from([None, date(2019, 9, 1), date(2026, 10, 5), date(2027, 3, 1)])),
            "left_on": left,
            "considering_he": draw(maybe_flag),
            "in_benchmark_cohort": draw(maybe_flag),
            "subjects": draw(SUBJECT_LISTS),
            "sen_provision": draw(st.sampled_from(["N", "K", "E", None])),
            "form": draw(st.sampled_from(["9A", "9B", None])),
            "born": draw(st.sampled_from(BIRTHDAYS)),
            "programme_starts_on": draw(st.sampled_from([None, date(2024, 9, 1), date(2026, 11, 1)])),
            "programme_ends_on": draw(
                st.sampled_from([None, date(2026, 10, 31), date(2027, 3, 31), date(2027, 7, 31)])
            ),
        }
        if draw(st.sampled_from([False, False, False, True])):
            pupil["on_roll"] = draw(st.booleans())
        found.append(pupil)
    return found


@st.composite
def logs(draw: st.DrawFn, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(st.integers(0, 10))):
        occasion = draw(_OCCASIONS)
        for person in people:
            if draw(st.sampled_from([True, True, False])):
                rows.append({**occasion, "pupil": person["pupil"], "encounter": f"e{number}", "status": draw(statuses)})
    return rows


@st.composite
def schools(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Schools as the engines ask about them."""
    return [
        school_as_subject(
            {
                "school": f"school {number}",
                "setting": draw(st.sampled_from([*SETTINGS, None])),
                "has_sixth_form": draw(maybe_flag),
                "next_review_on": draw(st.sampled_from(REVIEWS)),
            }
        )
        for number in range(draw(st.integers(1, 3)))
    ]


@st.composite
def milestones(draw: st.DrawFn, places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for place in places:
        for number in range(draw(st.integers(0, 5))):
            status = draw(st.sampled_from(["done", *MILESTONE_STATUSES]))
            given = {**draw(_MILESTONES), "school": place["school"], "milestone": f"m{number}", "status": status}
            rows.append(milestone_as_encounter(given))
    return rows
