"""The schools of a synthetic nation, their milestones and their pupils, as SQL for DuckDB.

Nothing is drawn from a stream of random numbers: every value hangs on the seed and on whose it is, so that schools may be made in
any order, or some of them again, and come out the same. (`hash` may differ between versions of DuckDB; within one it does not.)
"""

from __future__ import annotations

from datetime import date

from criteria.nation.programme import (
    AFTER_SIXTEEN,
    EXAMINED_BY_ALL,
    LOWER_SCHOOL,
    OPTIONS,
    ROLLS,
    SPECIAL,
    SUBJECTS,
    bits,
)
from criteria.periods import AcademicYear
from criteria.tables import FEATURES, MILESTONE_TYPES, PARTIES

FIRST_URN = 900001
"""Of a range in which there is no real school."""
PUPILS_A_SCHOOL = 1050

STEMS = (
    "Alder", "Beck", "Calder", "Dunmere", "Eastry", "Fenwick", "Garth", "Harrow", "Isling", "Kelder", "Larch", "Marl", "Nether",
    "Otter", "Penn", "Quarrow", "Rowan", "Sedge", "Thorn", "Upper", "Vale", "Wharf", "Yarrow", "Ashmere",
)  # fmt: skip
ENDINGS = ("dale", "ford", "moor", "shire", "stead", "wick")
AREAS = tuple(f"{stem}{ending}" for stem in STEMS for ending in ENDINGS)
"""Invented local authorities: about as many as there are real ones."""


def texts(values: tuple[str, ...]) -> str:
    """A list of SQL: no value here holds more than an apostrophe."""
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def macros(seed: int) -> list[str]:
    """What the other statements are written with. `dice` is a number from 0 to just under 1 for whose it is and what for."""
    subjects = texts(SUBJECTS)
    return [
        f"CREATE OR REPLACE MACRO dice(whose, what) AS (hash(whose, what, {seed}) % 1000003) / 1000003.0",
        f"CREATE OR REPLACE MACRO one_of(choices, whose, what) AS choices[1 + (hash(whose, what, {seed}) % len(choices))::INTEGER]",
        "CREATE OR REPLACE MACRO chance(share, whose, what) AS dice(whose, what) < share",
        """CREATE OR REPLACE MACRO school_day(year, week, weekday) AS
        make_date(year, 9, 3) + ((8 - isodow(make_date(year, 9, 3))) % 7 + weekday + 7 * (week + CASE WHEN week < 7 THEN 0
        WHEN week < 14 THEN 1 WHEN week < 20 THEN 3 WHEN week < 26 THEN 4 WHEN week < 31 THEN 6 ELSE 7 END))::INTEGER""",
        f"""CREATE OR REPLACE MACRO studied(mask) AS
        '|' || array_to_string(list_filter({subjects}, lambda name, n: (mask >> (n - 1)) & 1 = 1), '|') || '|'""",
        f"""CREATE OR REPLACE MACRO mask_of(kind, pupil, year_group) AS CASE
        WHEN kind = 'special' THEN {bits(SPECIAL)} WHEN year_group <= 9 THEN {bits(LOWER_SCHOOL)}
        WHEN year_group <= 11 THEN {bits(EXAMINED_BY_ALL)} | {_chosen(OPTIONS, "gcse", 4)}
        ELSE {_chosen(AFTER_SIXTEEN, "after", 3)} END""",
    ]


def _chosen(subjects: tuple[str, ...], what: str, times: int) -> str:
    """Some of the subjects for a pupil; now and then the same is drawn twice, and there is one fewer."""
    masks = "[" + ", ".join(str(bits((subject,))) for subject in subjects) + "]"
    return "(" + " | ".join(f"one_of({masks}, pupil, '{what}{n}')" for n in range(times)) + ")"


def slots_sql() -> str:
    """Where on the roll of each kind of school a pupil stands, as shares of the whole from `above` to `upto`."""
    rows = []
    for kind, slots in ROLLS.items():
        whole, above = sum(slot.share for slot in slots), 0.0
        for slot in slots:
            upto = above + slot.share / whole
            rows.append(f"('{kind}', {above}, {upto}, {slot.year_group}, {slot.ago}, {slot.mover})")
            above = upto
    values = ", ".join(rows)
    return f"CREATE OR REPLACE TABLE slot AS FROM (VALUES {values}) slot(kind, above, upto, year_group, ago, mover)"


def schools_of(pupils: int) -> int:
    """At least one of each kind."""
    return max(3, round(pupils / PUPILS_A_SCHOOL))


def schools_sql(pupils: int, seed: int) -> str:
    """One row a school: its kind and area, how good and how careful it is, and which pupils are its own.

    The first three are one of each kind, so that the smallest nation has all. `drive` is how much the school does, `links` how
    many subjects it links to careers, `strict` how well (a chance is raised to this power), `blanks` how much it leaves out.
    """
    areas = texts(AREAS)
    return f"""CREATE OR REPLACE TABLE school AS
    WITH drawn AS (
      SELECT n, {FIRST_URN - 1} + n AS urn, CASE WHEN n = 1 THEN 'eleven_to_eighteen' WHEN n = 2 THEN 'special'
          WHEN n = 3 OR chance(0.04, n, 'college') THEN 'college' WHEN chance(0.1, n, 'special') THEN 'special'
          WHEN chance(0.4, n, 'sixteen') THEN 'eleven_to_sixteen' ELSE 'eleven_to_eighteen' END AS kind,
        dice(n, 'quality') * 0.5 + dice(n, 'quality too') * 0.5 AS quality
      FROM range(1, {schools_of(pupils) + 1}) numbers(n)),
    weighed AS (
      SELECT *, (0.55 + 0.9 * dice(n, 'size')) * CASE kind WHEN 'college' THEN 1.9 WHEN 'special' THEN 0.13 ELSE 1.1 END AS weight
      FROM drawn),
    ended AS (SELECT *, round({pupils} * sum(weight) OVER (ORDER BY n) / sum(weight) OVER ())::INTEGER AS last FROM weighed)
    SELECT urn, urn::VARCHAR AS school, kind, quality, coalesce(lag(last) OVER (ORDER BY n), 0) + 1 AS first, last,
      hash(n, 'area', {seed}) % {len(AREAS)} AS area_number, {areas}[area_number::INTEGER + 1] AS area,
      CASE WHEN kind = 'special' THEN 'special' WHEN kind <> 'college' THEN 'school' WHEN chance(0.2, n, 'itp') THEN 'itp'
        ELSE 'college' END AS setting,
      0.45 + 1.1 * quality AS drive, if(chance(0.12 + 0.15 * quality, n, 'links'), 1.0, 0.05 + 0.3 * dice(n, 'few')) AS links,
      pow(3, 1 - 2 * quality) AS strict, 0.002 + 0.1 * pow(dice(n, 'blanks'), 3) AS blanks,
      0.08 + 0.22 * dice(area_number, 'poor') + 0.2 * dice(n, 'poor') AS poverty, least(8, 1 + (last - first) // 180) AS forms
    FROM ended ORDER BY urn"""


def schools_file_sql(as_at: date) -> str:
    return f"""SELECT school, setting, area, kind <> 'eleven_to_sixteen' AS has_sixth_form,
      CASE WHEN chance(0.85, urn, 'review told') THEN DATE '{as_at}' + (500 * dice(urn, 'review') - 130)::INTEGER END
        AS next_review_on
    FROM school ORDER BY school"""


def milestones_file_sql(as_at: date) -> str:
    """Each kind of milestone in most schools, the good ones more often and more fully; some of them planned."""
    year = AcademicYear.containing(as_at).start_year
    types, features, parties = texts(MILESTONE_TYPES), texts(FEATURES), texts(PARTIES)
    return f"""WITH held AS (
      SELECT s.*, type, ago, hash(urn, type, ago) AS whose, school_day({year} - ago, floor(38 * dice(whose, 'week')), 1) AS date
      FROM school s, unnest({types}) types(type), range(3) years(ago)
      WHERE dice(whose, 'held') < 0.35 + 0.6 * quality)
    SELECT school, row_number() OVER (PARTITION BY school ORDER BY date, type)::INTEGER AS milestone, date, type,
      if(date <= DATE '{as_at}', 'done', 'planned') AS status, upper(type[1]) || replace(type[2:], '_', ' ') AS title,
      {_listed(parties, 0.3, "parties")} AS parties, {_listed(features, 0.25, "features")} AS features,
      CASE WHEN chance(0.95, whose, 'site') THEN chance(0.4 + 0.5 * quality, whose, 'on site') END AS on_website,
      CASE WHEN chance(0.9, whose, 'changes') THEN chance(0.3 + 0.6 * quality, whose, 'changed') END AS informed_changes
    FROM held ORDER BY school, milestone"""


def _listed(codes: str, least: float, what: str) -> str:
    """Some of the codes between bars in order; '' where there are none, and now and then not known."""
    return f"""CASE WHEN chance(0.95, whose, '{what}') THEN
      coalesce('|' || nullif(array_to_string(list_filter(list_sort({codes}), lambda code:
        chance({least} + 0.75 * quality, hash(whose, '{what}'), code)), '|'), '') || '|', '') END"""


def pupils_sql(as_at: date) -> str:
    """The pupils of the schools from `$first` to `$last`, with what the log needs to know of them beside what the file holds."""
    year = AcademicYear.containing(as_at).start_year
    day = f"DATE '{as_at}'"
    return f"""CREATE OR REPLACE TEMP TABLE own_pupil AS
    WITH chosen AS MATERIALIZED (SELECT * FROM school WHERE urn BETWEEN $first AND $last),
    placed AS (
      SELECT s.*, n::INTEGER AS pupil, slot.year_group, slot.mover, ({year} - slot.ago) AS academic_year, slot.ago > 0 AS gone,
        dice(n, 'repeated') < 0.007 AND slot.year_group > 7 AS repeats
      FROM chosen s, range(s.first, s.last + 1) numbers(n), slot
      WHERE slot.kind = s.kind AND (n - s.first + 0.5) / (s.last - s.first + 1) >= slot.above
        AND (n - s.first + 0.5) / (s.last - s.first + 1) < slot.upto),
    entered AS (
      SELECT *, if(repeats, greatest(entry_group, (year_group - floor(3 * dice(pupil, 'which')))::INTEGER), NULL) AS repeated_year,
        academic_year - (year_group - entry_group) - if(repeats, 1, 0) AS entry_year
      FROM (SELECT *, CASE WHEN kind = 'college' THEN 12
          WHEN year_group >= 12 AND kind <> 'special' AND chance(0.3, pupil, 'sixth form') THEN 12 ELSE 7 END AS entry_group
        FROM placed)),
    dated AS (
      SELECT *, CASE WHEN NOT gone THEN NULL
          WHEN mover THEN school_day(academic_year, floor(36 * dice(pupil, 'moved')), 4)
          ELSE make_date(academic_year + 1, 7, 20) END AS left_on,
        make_date(entry_year, 9, 1) + floor(4 * dice(pupil, 'first'))::INTEGER AS entered_on
      FROM entered)
    SELECT *, mask_of(kind, pupil, year_group) AS mask, if(chance(0.09, pupil, 'joiner'),
        entered_on + floor(dice(pupil, 'joined') * (least({day}, coalesce(left_on, {day})) - entered_on))::INTEGER, entered_on)
        AS joined_on,
      floor(forms * dice(pupil, 'form'))::INTEGER AS form_number, 0.02 + 0.2 * pow(dice(pupil, 'absence'), 4) AS absence,
      CASE WHEN kind = 'special' THEN if(chance(0.97, pupil, 'sen'), 'E', 'K') WHEN chance(0.043, pupil, 'ehc') THEN 'E'
        WHEN chance(0.14, pupil, 'support') THEN 'K' ELSE 'N' END AS sen
    FROM dated"""


PUPIL_COLUMNS = {
    "pupil": "pupil",
    "setting": "setting",
    "academic_year": "academic_year::SMALLINT",
    "year_group": "CASE WHEN chance(0.999, pupil, 'year known') THEN year_group::TINYINT END",
    "repeated_year": "repeated_year::TINYINT",
    "joined_on": "CASE WHEN chance(0.99, pupil, 'joined known') THEN joined_on END",
    "left_on": "left_on",
    "born": "make_date(academic_year - year_group - 5 - if(repeats, 1, 0), 9, 1) + floor(365 * dice(pupil, 'born'))::INTEGER",
    "programme_starts_on": "CASE WHEN kind = 'college' THEN entered_on END",
    "programme_ends_on": """CASE WHEN kind = 'college'
      THEN make_date(entry_year + one_of([1, 2, 2, 2, 3], pupil, 'ends'), 7, 15) END""",
    "considering_he": "CASE WHEN chance(if(year_group >= 12, 0.85, 0.1), pupil, 'asked') THEN chance(0.62, pupil, 'he') END",
    "in_benchmark_cohort": """CASE WHEN kind = 'special' AND chance(0.93, pupil, 'cohort known')
      THEN chance(0.6, pupil, 'cohort') END""",
    "subjects": "CASE WHEN chance(0.97, pupil, 'studied') THEN studied(mask) END",
    "sex": "CASE WHEN chance(0.995, pupil, 'sex known') THEN if(chance(0.49, pupil, 'sex'), 'F', 'M') END",
    "sen_provision": "CASE WHEN chance(0.99, pupil, 'sen known') THEN sen END",
    "fsm": "CASE WHEN chance(0.99, pupil, 'fsm known') THEN chance(poverty, pupil, 'fsm') END",
    "looked_after": "CASE WHEN chance(0.99, pupil, 'care known') THEN chance(0.008, pupil, 'care') END",
    "form": "CASE WHEN NOT gone THEN year_group || chr(65 + form_number) END",
}
"""What stands in each column of a pupils file, in its order. `on_roll` is left out on purpose: it follows from the dates, on
whatever day is asked about.
"""


def pupils_file_sql() -> str:
    listed = ", ".join(f"{expression} AS {name}" for name, expression in PUPIL_COLUMNS.items())
    return f"SELECT {listed} FROM own_pupil WHERE urn = $urn ORDER BY pupil"
