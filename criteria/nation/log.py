"""The log of a synthetic school, as SQL for DuckDB: occasions shared by classes and year groups, and each pupil's place at them."""

from __future__ import annotations

from datetime import date

from criteria.nation.programme import PROGRAMME, SUBJECTS, Item
from criteria.nation.roll import texts
from criteria.periods import AcademicYear
from criteria.tables import ENCOUNTERS, Kind

YEARS_BACK = 10
"""Seven years of log, and three since the longest gone left."""
OWN = 1_000_000
"""Numbers from here on are occasions of one pupil; those before are shared."""
FLAGS = tuple(column.name for column in ENCOUNTERS.columns if column.kind is Kind.FLAG)


def items_sql() -> str:
    """The programme as a table, with a column for each flag: the chance that it is true, blank where it is not recorded."""
    rows = ",\n".join(_item_row(number, item) for number, item in enumerate(PROGRAMME))
    named = (
        "item, title, type, first_group, last_group, rate, held_by, share, week, weeks, hours, days, virtual, employers, sets, "
        "bit, subject, who"
    )
    return f"CREATE OR REPLACE TABLE item AS FROM (VALUES {rows}) item({named}, {', '.join('p_' + flag for flag in FLAGS)})"


def _item_row(number: int, item: Item) -> str:
    def given(value: float | None, kind: str = "FLOAT") -> str:
        return f"NULL::{kind}" if value is None else f"{value}::{kind}"

    subject = "NULL::VARCHAR" if item.subject is None else texts((item.subject,))[1:-1]
    sets = ", ".join(f"{{'kinds': '|{kinds}|', 'eligible': {eligible}}}" for kinds, eligible in item.sets)
    kept = f"[{sets}]" if sets else "NULL::STRUCT(kinds VARCHAR, eligible INTEGER)[]"
    bit = 1 << SUBJECTS.index(item.subject) if item.subject else 0
    fields = (
        str(number), texts((item.title,))[1:-1], f"'{item.type}'", str(item.first), str(item.last), given(item.rate),
        f"'{item.by}'", given(item.share), str(item.weeks[0]), str(item.weeks[1]), given(item.hours), given(item.days),
        given(item.virtual), given(item.employers, "INTEGER"), kept, str(bit), subject, f"'{item.who}'",
        *(given(item.facts.get(flag)) for flag in FLAGS),
    )  # fmt: skip
    return f"({', '.join(fields)})"


def _flag_sql(number: int, name: str) -> str:
    """A chance is raised to the school's power, so that 0 and 1 stay certain; some are left blank."""
    known = f"p_{name} IS NOT NULL AND dice(whose, {2 * number}) >= blanks"
    return f"CASE WHEN {known} THEN dice(whose, {2 * number + 1}) < pow(p_{name}, strict) END"


_ELIGIBLE = """CASE WHEN sets IS NULL OR chance(blanks, whose, 'eligible') THEN NULL WHEN chosen.eligible = 0 THEN ''
  ELSE '|' || array_to_string(list_sort([printf('P%03d-%d', area_number, (hash(whose, 'provider') + 3 * n) % 8)
    for n in range(chosen.eligible)]), '|') || '|' END"""

FACTS = {
    "date": "date",
    "type": "type",
    "title": "title",
    "hours": "CASE WHEN chance(0.97, whose, 'hours') THEN hours END",
    "days": "CASE WHEN chance(0.97, whose, 'days') THEN days END",
    "mode": """CASE WHEN type IN ('offer', 'destination') THEN NULL WHEN chance(virtual, whose, 'mode') THEN 'virtual'
      WHEN chance(0.03, whose, 'both') THEN 'hybrid' ELSE 'in_person' END""",
    "two_way": """CASE WHEN p_reflection_after IS NULL OR chance(blanks, whose, 'way') THEN NULL
      WHEN dice(whose, 'two') < pow(0.75, strict) THEN 'extensive' WHEN dice(whose, 'two') < pow(0.93, strict) THEN 'some'
      ELSE 'none' END""",
    "adviser_level": """CASE WHEN type = 'guidance_meeting'
      THEN one_of([6, 6, 7, 6, 6, 4, 6, 6, NULL, 6], whose, 'level')::TINYINT END""",
    "subject": "subject",
    "destination_point": "CASE WHEN type = 'destination' THEN (year_group - 20)::TINYINT END",
    "employers": "CASE WHEN employers IS NOT NULL AND chance(0.98, whose, 'counted') THEN (1 + floor(employers * dice(whose, "
    "'employers')))::SMALLINT END",
    "provider_kinds": "CASE WHEN sets IS NULL OR chance(blanks, whose, 'kinds') THEN NULL ELSE chosen.kinds END",
    "eligible_providers": _ELIGIBLE,
} | {name: _flag_sql(number, name) for number, name in enumerate(FLAGS)}

PLACE = {
    "pupil": "pupil",
    "encounter": "p.encounter::INTEGER",
    "status": """CASE WHEN date > $as_at THEN CASE WHEN luck < 0.8 THEN 'booked' WHEN luck < 0.96 THEN 'offered' ELSE 'declined' END
      WHEN type IN ('destination', 'offer') OR luck >= absence + 0.03 THEN 'attended' WHEN luck < absence * 0.8 THEN 'absent'
      WHEN luck < absence THEN 'excused' WHEN luck < absence + 0.012 THEN 'declined' WHEN luck < absence + 0.018 THEN 'offered'
      ELSE 'booked' END""",
}


def log_sql(as_at: date, scale: float, seed: int) -> str:
    """The places of the pupils in `own_pupil` and their school's `urn`, a row each, in no order.

    `line` is what the schools hold each year, `shared` the occasions of it that are held together, `own` those of one pupil,
    `asked` who might come to the shared ones, `occasion` the facts of each.
    How often an item is held is its rate by the school's drive and `scale`, the part over a whole number being a chance.
    """
    year = AcademicYear.containing(as_at).start_year
    first = year - YEARS_BACK
    facts = ", ".join(f"{expression} AS {name}" for name, expression in FACTS.items())
    busy = "CASE WHEN i.bit > 0 THEN s.links WHEN i.held_by = 'pupil' THEN 0.5 + s.quality ELSE s.drive END"
    times = f"floor(i.rate * {scale} * {busy}"
    day = "school_day(academic_year, week + floor(weeks * dice(whose, 'week')), floor(5 * dice(whose, 'weekday')))"
    return f"""WITH stay AS (
      SELECT p.*, y AS year, p.year_group - (p.academic_year - y) AS as_usual,
        as_usual + if(as_usual < p.repeated_year, 1, 0) AS held
      FROM own_pupil p, range(p.entry_year, p.academic_year + 1) years(y)
      WHERE p.joined_on < make_date(y::INTEGER + 1, 8, 31)
      UNION ALL
      SELECT p.*, p.academic_year + point AS year, NULL, 20 + point AS held FROM own_pupil p, range(1, 4) points(point)
      WHERE p.gone AND NOT p.mover AND p.academic_year + point <= {year}),
    attending AS (
      SELECT pupil, urn, first, joined_on, left_on, absence, sen, form_number, year::INTEGER AS year, held::INTEGER AS held,
        mask_of(kind, pupil, held) AS mask FROM stay),
    line AS (
      SELECT s.urn, s.forms, year::INTEGER AS year, y.held::INTEGER AS held, i.*, copy, if(i.held_by = 'all', 0, y.held) AS together
      FROM school s, range({first}, {year + 1}) years(year), range(7, 24) y(held), item i, range(8) copies(copy)
      WHERE s.urn BETWEEN $first AND $last AND y.held BETWEEN i.first_group AND i.last_group
        AND copy < {times} + dice(hash(s.urn, year, if(i.held_by = 'all', 0, y.held)), i.item))),
    shared AS (
      SELECT *, (((year - {first}) * 16 + together) * 64 + item) * 64 + copy * 8 + if(held_by = 'class', form_number, 0)
        AS encounter
      FROM line, range(8) form(form_number)
      WHERE held_by <> 'pupil' AND form_number < forms),
    asked AS (
      SELECT a.urn, a.pupil, s.encounter, s.share, a.joined_on, a.left_on, a.absence
      FROM attending a JOIN shared s ON s.urn = a.urn AND s.year = a.year AND s.held = a.held AND s.form_number = a.form_number
      WHERE s.bit = 0 OR a.mask & s.bit <> 0),
    own AS (
      SELECT a.*, l.* EXCLUDE (urn, year, held), {OWN} + (a.pupil - a.first) * 8192
        + (a.year - {first}) * 512 + l.item * 4 + l.copy AS encounter
      FROM attending a JOIN line l ON l.urn = a.urn AND l.year = a.year AND l.held = a.held
      WHERE l.held_by = 'pupil' AND l.copy < 4 AND (l.who <> 'ehc' OR a.sen = 'E')),
    happening AS (
      SELECT DISTINCT urn, encounter, item, year AS academic_year, NULL::INTEGER AS year_group FROM shared
      UNION ALL SELECT urn, encounter, item, year, held FROM own),
    occasion AS (
      SELECT urn, encounter, {facts} FROM (
        SELECT *, {day} AS date, one_of(sets, whose, 'set') AS chosen FROM (
          SELECT h.urn, h.encounter, h.academic_year, h.year_group, i.* EXCLUDE (item), s.area_number, s.strict, s.blanks,
            hash(h.urn, h.encounter, {seed}) AS whose
          FROM happening h JOIN item i USING (item) JOIN school s USING (urn)))),
    place AS (
      SELECT *, hash(pupil, encounter, {seed}) AS lot FROM (
        SELECT * FROM asked
        UNION ALL SELECT urn, pupil, encounter, share, joined_on, left_on, absence FROM own))
    SELECT p.urn, {_columns()}
    FROM (SELECT *, ((lot >> 20) % 1000003) / 1000003.0 AS luck FROM place WHERE share >= 1 OR (lot % 1009) / 1009.0 < share) p
    JOIN occasion o ON o.urn = p.urn AND o.encounter = p.encounter
    WHERE o.date >= p.joined_on AND (p.left_on IS NULL OR o.date <= p.left_on OR o.type = 'destination')"""


def _columns() -> str:
    """In the order of the table, each exactly as wide as it need be."""
    written = [
        f"{PLACE[column.name]} AS {column.name}" if column.name in PLACE else f"o.{column.name}"
        for column in ENCOUNTERS.columns
    ]
    return ", ".join(written)
