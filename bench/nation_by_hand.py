"""The best query we can write by hand for a nation in Parquet, to hold the engine's own query against.

It knows these thirteen criteria and no other rule, as they stand in frameworks/gatsby-2025 and frameworks/provider-access. Every
row is judged once, from itself alone, into a number with two bits for each criterion (it counts; it may count). It meets its
pupil, who brings the windows, and a mask of the windows open on its day takes away what is out of time. Two bitwise ORs and
three sums a pupil then hold everything a state needs. What made it fast is in
docs/explanation/what-speed-costs.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

PARTS = (
    "gb2", "aspiration", "intention", "gb5", "gb61", "gb62", "sixth_form", "college", "university", "training", "gb72", "gb81",
    "gb82", "pal1", "pal2", "gb4", "pal3",
)  # fmt: skip
BIT = {name: 2 * place for place, name in enumerate(PARTS)}
OFFERED = ("gb4", "pal3")
"""Criteria for which a place offered is enough; the rest need the pupil to have been there."""

CRITERIA = {
    "gb2.2025.school.1": "gb2", "gb3.2025.school.4": "gb34", "gb4.2025.school.1": "gb4", "gb5.2025.school.1": "gb5",
    "gb6.2025.school.1": "gb61", "gb6.2025.school.2": "gb62", "gb7.2025.school.1": "gb71", "gb7.2025.school.2": "gb72",
    "gb8.2025.school.1": "gb81", "gb8.2025.school.2": "gb82", "pal.meet.1": "pal1", "pal.meet.2": "pal2", "pal.offer.3": "pal3",
}  # fmt: skip
STATES = ("met", "booked", "due", "missed", "does_not_apply", "cannot_tell")

ENTERED = "make_date(entry + {0} - CASE WHEN {0} <= repeated AND repeated <= year_group THEN 1 ELSE 0 END, 9, 1)"
"""When a pupil began year group {0}; `entry` is the academic year in which the present class would have been in year group 0."""
WINDOWS = {
    "year": ("make_date(academic_year, 9, 1)", "make_date(academic_year + 1, 8, 31)", "make_date(academic_year + 1, 7, 31)"),
    "stage": (ENTERED.format("stage_from"), "make_date(entry + stage_to + 1, 8, 31)", "make_date(entry + stage_to + 1, 7, 31)"),
    "to_16": (ENTERED.format(7), "make_date(entry + 12, 8, 31)", "make_date(entry + 12, 7, 31)"),
    "after_16": (ENTERED.format(12), "make_date(entry + 14, 8, 31)", "make_date(entry + 14, 7, 31)"),
    "to_18": (ENTERED.format(7), "make_date(entry + 14, 8, 31)", "make_date(entry + 14, 7, 31)"),
    "phase_1": (ENTERED.format(8), "make_date(entry + 10, 2, 28)", "make_date(entry + 10, 2, 28)"),
    "phase_2": (ENTERED.format(10), "make_date(entry + 12, 2, 28)", "make_date(entry + 12, 2, 28)"),
    "phase_3": (ENTERED.format(12), "make_date(entry + 14, 2, 28)", "make_date(entry + 14, 2, 28)"),
}  # fmt: skip
WINDOW_OF = {
    "gb2": "stage", "gb34": "year", "aspiration": "year", "intention": "year",
    "gb4": "year", "gb5": "year", "gb61": "to_16", "gb62": "after_16", "gb71": "to_16",
    "sixth_form": "to_16", "college": "to_16", "university": "to_16", "training": "to_16", "gb72": "to_18", "gb81": "to_16",
    "gb82": "after_16", "pal1": "phase_1", "pal2": "phase_2", "pal3": "phase_3",
}  # fmt: skip


def bits(names: tuple[str, ...] | list[str], counts: bool = True, may: bool = True) -> int:
    """The bits of these parts: that a row counts, that it may count, or both."""
    return sum((1 << BIT[name] if counts else 0) | (2 << BIT[name] if may else 0) for name in names)


def judged(condition: str, *names: str) -> str:
    """Both bits where a condition is true, the second where it is not known, none where it is false."""
    return f"coalesce(({condition})::BIGINT * {bits(list(names))}, {bits(list(names), counts=False)})"


def touches(*kinds: str) -> str:
    return "(" + " OR ".join(f"contains(provider_kinds, '|{kind}|')" for kind in kinds) + ")"


QUALITY = "purpose_shared_with_partner AND purpose_shared_with_pupils AND learning_outcomes_set AND reflection_after"
EMPLOYER = f"{QUALITY} AND two_way IN ('some', 'extensive')"
WORKPLACE = f"{QUALITY} AND two_way = 'extensive' AND met_range_of_people AND employer_set_task AND employer_feedback"
MEETING = "about_learning_there AND met_staff AND met_learners"
FULL = "in_school_day AND eligible_providers <> '' AND about_provider AND about_careers " + (
    "AND about_learning_there AND questions_answered"
)
RECORDED = f"{judged('records_aspiration', 'aspiration')} | {judged('records_intention', 'intention')}"
PROVIDER = " | ".join(
    (
        judged(
            f"{MEETING} AND {touches('school_sixth_form', 'sixth_form_college', 'utc', 'studio_school')}", "sixth_form"
        ),
        judged(f"{MEETING} AND {touches('fe_college', 'specialist_post16')}", "college"),
        judged(f"{MEETING} AND {touches('he_provider')}", "university"),
        judged(f"{MEETING} AND {touches('itp_apprenticeship')}", "training"),
        judged(f"{touches('he_provider')} AND visit AND met_staff AND met_learners", "gb72"),
        judged(FULL, "pal1", "pal2", "pal3"),
    )
)

JUDGEMENT = f"""CASE type
      WHEN 'curriculum_link' THEN CASE WHEN date >= $year_opens THEN {judged("career_relevance", "gb4")} ELSE 0 END
      WHEN 'lmi_use' THEN {judged("information_used AND informed_choice", "gb2")}
      WHEN 'employer_encounter' THEN CASE WHEN date >= $year_opens THEN {judged(EMPLOYER, "gb5")} ELSE 0 END
      WHEN 'careers_event' THEN {PROVIDER}
        | CASE WHEN date >= $year_opens THEN {judged(f"employers >= 1 AND {EMPLOYER}", "gb5")} ELSE 0 END
      WHEN 'provider_encounter' THEN {PROVIDER}
      WHEN 'workplace_experience' THEN {judged(WORKPLACE, "gb61", "gb62")}
      WHEN 'guidance_meeting' THEN {judged("one_to_one AND adviser_level >= 6", "gb81", "gb82")}
        | CASE WHEN date >= $year_opens THEN {RECORDED} ELSE 0 END
      WHEN 'review' THEN CASE WHEN date >= $year_opens THEN {RECORDED} ELSE 0 END
      WHEN 'survey' THEN CASE WHEN date >= $year_opens THEN {RECORDED} ELSE 0 END
      ELSE 0 END"""

TOOK_PART = f"""CASE
      WHEN date <= $as_at THEN CASE status WHEN 'attended' THEN {bits(PARTS)}
        WHEN 'booked' THEN {bits(PARTS, counts=False) | bits(OFFERED)} ELSE {bits(OFFERED)} END
      WHEN status IN ('attended', 'booked') THEN {bits(PARTS, may=False)} ELSE {bits(OFFERED, may=False)} END"""


def open_windows() -> str:
    """The bits of what is open on a row's day for its pupil. What is to come must come by the day it is due."""
    return " | ".join(
        f"CASE WHEN date BETWEEN {window}_opens AND CASE WHEN past THEN {window}_closes ELSE {window}_due END"
        f" THEN {bits([name for name in PARTS if WINDOW_OF[name] == window])} ELSE 0 END"
        for window in WINDOWS
    )


def three_counts(name: str) -> str:
    """Sure, possible and still to come in one sum, a million places apart."""
    sure, may = f"((counted >> {BIT[name]}) & 1)", f"((counted >> {BIT[name] + 1}) & 1)"
    return f"sum(CASE WHEN past THEN {sure} + ({may} << 20) ELSE {sure} << 40 END) AS {name}"


def two_different(name: str) -> str:
    """Of the sets of providers, the least and the greatest: two that differ are two different ones. One not known is on its own."""
    sure, may = f"(counted & {bits([name], may=False)}) <> 0", f"(counted & {bits([name], counts=False)}) <> 0"
    tests = {"s": f"past AND {sure}", "p": f"past AND {may}", "e": sure}
    ends = [
        f"{end}(CASE WHEN {test} THEN providers END) AS {name}_{of}{place}"
        for of, test in tests.items()
        for place, end in enumerate(("min", "max"))
    ]
    return ", ".join((*ends, f"count(CASE WHEN past AND {may} AND providers IS NULL THEN 1 END) AS {name}_unknown"))


def each_subject() -> str:
    sure, may = f"(counted & {bits(['gb4'], may=False)}) <> 0", f"(counted & {bits(['gb4'], counts=False)}) <> 0"
    return (
        f"bit_or(CASE WHEN past AND {sure} THEN subject_bit END) AS subjects_sure, "
        f"bit_or(CASE WHEN past AND {may} THEN subject_bit END) AS subjects_possible, "
        f"bit_or(CASE WHEN {sure} THEN subject_bit END) AS subjects_expected"
    )


def by_bits(name: str, needed: tuple[str, ...]) -> tuple[str, str, str, str]:
    """Where one of each is enough: sure, expected and possible, and whether it is known how many are needed."""
    counts, may = bits(needed, may=False), bits(needed, counts=False)
    happened, ahead = "coalesce(happened, 0)", "coalesce(ahead, 0)"
    return (
        f"({happened} & {counts}) = {counts}",
        f"(({happened} | {ahead}) & {counts}) = {counts}",
        f"({happened} & {may}) = {may}",
        "TRUE",
    )


def by_sum(name: str, needed: int) -> tuple[str, str, str, str]:
    def field(place: int) -> str:
        return f"((coalesce({name}, 0)::BIGINT >> {place}) & 1048575)"

    return f"{field(0)} >= {needed}", f"{field(0)} + {field(40)} >= {needed}", f"{field(20)} >= {needed}", "TRUE"


def by_difference(name: str) -> tuple[str, str, str, str]:
    known = f"(CASE WHEN {name}_p0 IS NULL THEN 0 WHEN {name}_p0 = {name}_p1 THEN 1 ELSE 2 END)"
    return (
        f"coalesce({name}_s0 <> {name}_s1, FALSE)",
        f"coalesce({name}_e0 <> {name}_e1, FALSE)",
        f"{known} + coalesce({name}_unknown, 0) >= 2",
        "TRUE",
    )


def by_subject() -> tuple[str, str, str, str]:
    def all_of(found: str) -> str:
        return f"(coalesce({found}, 0) & studied) = studied"

    return all_of("subjects_sure"), all_of("subjects_expected"), all_of("subjects_possible"), "studied IS NOT NULL"


def answers() -> dict[str, tuple[str, str, str, str]]:
    return {
        "gb2": by_bits("gb2", ("gb2",)), "gb34": by_bits("gb34", ("aspiration", "intention")),
        "gb4": by_subject(), "gb5": by_bits("gb5", ("gb5",)),
        "gb61": by_sum("gb61", 2), "gb62": by_bits("gb62", ("gb62",)),
        "gb71": by_bits("gb71", ("sixth_form", "college", "university", "training")), "gb72": by_sum("gb72", 2),
        "gb81": by_bits("gb81", ("gb81",)), "gb82": by_bits("gb82", ("gb82",)),
        "pal1": by_difference("pal1"), "pal2": by_difference("pal2"), "pal3": by_sum("pal3", 2),
    }  # fmt: skip


COHORT = "at_school AND in_cohort AND year_group BETWEEN {} AND 14"
POPULATION = {name: COHORT.format(12 if name in ("gb62", "gb82") else 7) for name in CRITERIA.values()} | {
    "gb72": COHORT.format(12) + " AND considering_he",
    "pal1": "at_school AND year_group BETWEEN 8 AND 14",
    "pal2": "at_school AND year_group BETWEEN 10 AND 14",
    "pal3": "at_school AND year_group BETWEEN 12 AND 14",
}


def state(name: str) -> str:
    """The ladder of criteria/standing.py, as a place in STATES."""
    sure, expected, possible, known = answers()[name]
    window, applies = WINDOW_OF[name], POPULATION[name]
    return f"""CASE WHEN NOT ({applies}) THEN 4 WHEN ({applies}) IS NULL OR NOT ({known}) THEN 5 WHEN {sure} THEN 0
      WHEN {expected} AND $as_at <= {window}_due THEN 1 WHEN {possible} THEN 5 WHEN $as_at <= {window}_due THEN 2
      WHEN joined_on > {window}_opens + 30 THEN 5 ELSE 3 END"""


def pupils_sql(pupils: str) -> str:
    """A row a pupil: a number to group by, what the populations ask, and the windows."""
    windows = ", ".join(
        f"{opens} AS {name}_opens, {closes} AS {name}_closes, {due} AS {name}_due"
        for name, (opens, closes, due) in WINDOWS.items()
    )
    return f"""SELECT *, {windows} FROM (
    SELECT (row_number() OVER ())::INTEGER AS number, school, pupil, year_group::INTEGER AS year_group, joined_on, considering_he,
      coalesce(in_benchmark_cohort, TRUE) AS in_cohort, studied, coalesce(repeated_year, 0)::INTEGER AS repeated,
      (joined_on IS NULL OR joined_on <= $as_at) AND (left_on IS NULL OR left_on >= $as_at)
        AND coalesce(setting, 'school') IN ('school', 'special') AS at_school,
      coalesce(academic_year, $academic_year)::INTEGER AS academic_year,
      (coalesce(academic_year, $academic_year) - year_group)::INTEGER AS entry,
      CASE WHEN year_group <= 9 THEN 7 WHEN year_group <= 11 THEN 10 ELSE 12 END AS stage_from,
      CASE WHEN year_group <= 9 THEN 9 WHEN year_group <= 11 THEN 11 WHEN year_group <= 13 THEN 13 ELSE 14 END AS stage_to
    FROM {pupils} LEFT JOIN studied USING (subjects))"""


def counts_sql(encounters: str) -> str:
    """A row a pupil with anything in the log."""
    sums = ", ".join([three_counts(name) for name in ("gb61", "gb72", "pal3")])
    return f"""SELECT number,
    bit_or(CASE WHEN past THEN counted ELSE 0 END) AS happened, bit_or(CASE WHEN past THEN 0 ELSE counted END) AS ahead,
    {sums},
    {two_different("pal1")},
    {two_different("pal2")},
    {each_subject()}
  FROM (SELECT number, past, providers, subject_bit, judged & ({open_windows()}) AS counted
    FROM (SELECT school, pupil, date, date <= $as_at AS past, subject,
      CASE WHEN eligible_providers IS NOT NULL THEN hash(eligible_providers) END AS providers,
      ({JUDGEMENT}) & ({TOOK_PART}) AS judged FROM {encounters}) e
    JOIN (SELECT * FROM person WHERE at_school) USING (school, pupil) LEFT JOIN subject_bits USING (subject))
  GROUP BY number"""


def nation_sql(pupils: str, encounters: str) -> str:
    """The whole query. `pupils` and `encounters` are anything that can stand after FROM.

    Parameters: as_at, academic_year, year_opens (the first day of the earliest academic year of anybody on roll).

    It answers (packed, pupils): pupils in each combination of states, three bits a criterion in the order of CRITERIA.
    """
    packed = " | ".join(f"(({state(name)})::BIGINT << {3 * place})" for place, name in enumerate(CRITERIA.values()))
    return f"""WITH taught AS MATERIALIZED (
  SELECT subjects, unnest(string_split(trim(subjects, '|'), '|')) AS subject
  FROM (SELECT DISTINCT subjects FROM {pupils}) WHERE subjects <> ''),
subject_bits AS MATERIALIZED (
  SELECT subject, 1::BIGINT << (row_number() OVER () - 1)::INTEGER AS subject_bit FROM (SELECT DISTINCT subject FROM taught)),
studied AS (SELECT subjects, bit_or(subject_bit) AS studied FROM taught JOIN subject_bits USING (subject) GROUP BY subjects),
person AS MATERIALIZED (
  {pupils_sql(pupils)}),
counts AS (
  {counts_sql(encounters)})
SELECT {packed} AS packed, count(*) AS pupils FROM person LEFT JOIN counts USING (number) GROUP BY packed"""


def figures(connection: Any, pupils: str, encounters: str, as_at: date) -> dict[str, dict[str, int]]:
    """How many pupils are in each state of each criterion; states nobody is in are left out."""
    year = as_at.year if as_at.month >= 9 else as_at.year - 1
    on_roll = f"SELECT min(academic_year) FROM {pupils} WHERE left_on IS NULL OR left_on >= ?"
    first = min(connection.execute(on_roll, [as_at]).fetchall()[0][0] or year, year)
    asked = {"as_at": as_at, "academic_year": year, "year_opens": date(first, 9, 1)}
    found: dict[str, dict[str, int]] = {criterion: dict.fromkeys(STATES, 0) for criterion in CRITERIA}
    for packed, number in connection.execute(nation_sql(pupils, encounters), asked).fetchall():
        for place, criterion in enumerate(CRITERIA):
            found[criterion][STATES[packed >> 3 * place & 7]] += number
    return {
        criterion: {state: number for state, number in sorted(states.items()) if number}
        for criterion, states in found.items()
    }
