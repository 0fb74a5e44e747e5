"""What a list of any kind would do. Until its columns and words have a meaning it asks; then it is read as a log is."""

from __future__ import annotations

from collections.abc import Iterable

from careers.accounts.models import User
from careers.imports import headings
from careers.imports.kinds import log
from careers.imports.kinds.log_rows import Happening, Happenings
from careers.imports.kinds.options import Options
from careers.imports.lists import guessing, sheet
from careers.imports.lists.activities import ListActivities
from careers.imports.lists.mapping import Fixes, Mapping, Once, from_json
from careers.imports.lists.meanings import WHO
from careers.imports.lists.people import People
from careers.imports.lists.rows import Entry, Reading, entries, table_of
from careers.imports.lists.said import understood
from careers.imports.lists.sheet import Sheet
from careers.imports.lists.words import answered, words_of
from careers.imports.plan import Plan
from careers.imports.reading.files import File
from careers.imports.reading.table import Cell, Table, key_of, text_of
from careers.imports.values import NotUnderstood
from careers.pupils.models import Pupil
from careers.schools.models import School

CELLS_KEPT = 500
"""Cells with faults that can be put right on a page; a file with more faults is better corrected where it was made."""


def plan(school: School, file: File, options: Options, by: User | None = None) -> Plan:
    """Raises FileRefused for a file that cannot be used. Without answers, and where something must be asked, the report says so."""
    made = Plan()
    kept = options.answers.get("mapping")
    if kept is None:
        found = sheet.read(file)
        mapping = self_evident(found, options.academic_year)
        if mapping is None:
            made.report.asks = True
            return made
    else:
        mapping = from_json(Mapping, kept)
        found = sheet.read(file, mapping.sheet, mapping.header)
    once, fixes = from_json(Once, options.answers.get("once")), from_json(Fixes, options.answers.get("fixes"))
    read(made, school, Reading(found, mapping, once, fixes, options.academic_year, made.report), by)
    return made


def self_evident(found: Sheet, academic_year: int) -> Mapping | None:
    """The mapping of a list with nothing in it that is not known: it is read at once, and the preview says how."""
    known = {key_of(alias) for aliases in headings.for_log().values() for alias in aliases}
    if not found.header or any(key_of(heading) not in known for heading in found.headings):
        return None
    mapping = guessing.mapping_of(found, academic_year)
    words = words_of(found, mapping, academic_year)
    answered(mapping, words)
    clear = mapping.shape == "long" and mapping.has("title") and mapping.has("type") and mapping.has("status")
    settled = words.types.keys() <= mapping.types.keys() and words.marks.keys() <= mapping.marks.keys()
    asked = words.gaps or words.several_days or words.blanks or words.too_many or "ignore" in mapping.means
    return mapping if clear and settled and not asked else None


def read(made: Plan, school: School, reading: Reading, by: User | None) -> None:
    report, fixes = made.report, reading.fixes
    report.encoding, report.header_row = encoding_of(reading.sheet), reading.sheet.header
    table = table_of(reading)
    happenings = Happenings(table, report, reading.academic_year)
    people = People(school, reading.academic_year, fixes, reading.mapping)
    planner = ListActivities(made, school, reading.academic_year, fixes, reading.session_days)
    register: log.Register = {}
    heard: dict[str, Happening] = {}
    for entry in entries(reading):
        happening = happenings.of(entry.row)
        pupil = pupil_in(entry, people, reading)
        if happening is None or (pupil is None and entry.status):
            continue
        heard[happening.key] = happening
        planner.named_staff.setdefault(happening.key, entry.row.text("staff"))
        if pupil is None:
            if "starts_on" in happening.facts:
                happening.statuses.add("attended")
            continue
        happening.statuses.add(entry.status)
        enter(register, pupil, happening, entry, table, made)
    planned = planner.plan(list(heard.values()))
    log.record(made, school, register, planned, by, several_days=planner.with_sessions)
    report.people = people.as_json()
    report.organisations = list(planner.alike_partners.values())
    report.understood = understood(reading, people, planner)
    report.ignored = [
        c.name for c, m in zip(reading.sheet.columns, reading.mapping.means, strict=False) if m == "ignore"
    ]
    report.cells = faulty_cells(reading, made)


def pupil_in(entry: Entry, people: People, reading: Reading) -> Pupil | None:
    if not entry.status:
        return None
    try:
        return people.find(entry.row)
    except NotUnderstood as fault:
        reading.report.fault(entry.row.number, reading.name("date_of_birth"), str(fault))
        return None


def enter(register: log.Register, pupil: Pupil, happening: Happening, entry: Entry, table: Table, made: Plan) -> None:
    key, number = (pupil.pk, happening.key), entry.row.number
    earlier = register.get(key)
    if earlier and earlier[2] != entry.status:
        column = table.heading("status") if "status" in table.columns else ""
        made.report.fault(
            number,
            column,
            f"It says {entry.status} and row {earlier[3]} says {earlier[2]}, for the same pupil and activity. Keep one of the two.",
        )
    elif earlier:
        made.report.counts["repeated"] += 1
    else:
        register[key] = (pupil, happening, entry.status, number)


def encoding_of(found: Sheet) -> str:
    return f"{found.encoding}, sheet {found.name}" if found.name else found.encoding


def faulty_cells(reading: Reading, made: Plan) -> list[dict[str, object]]:
    """The cells behind the report's faults, row by row, with what stands in them now."""
    where = {column.name: column.index for column in reading.sheet.columns}
    rows: dict[int, list[Cell]] = {}
    wanted = {fault.row for fault in made.report.faults}
    for number, cells in reading.sheet.rows:
        if number in wanted and len(rows) < CELLS_KEPT:
            rows[number] = list(cells)
    corrected = reading.fixes.cells
    found: list[dict[str, object]] = []
    for number, sentences in by_row(made).items():
        if number not in rows:
            continue
        cells = rows[number]
        now = corrected.get(str(number), {})
        parts = [
            {
                "index": where.get(column),
                "column": column,
                "sentence": sentence,
                "value": value_at(cells, now, where.get(column)),
            }
            for column, sentence in sentences
        ]
        found.append({"row": number, "parts": parts, "words": words_of_row(reading, cells, now)})
    return found


def by_row(made: Plan) -> dict[int, list[tuple[str, str]]]:
    rows: dict[int, list[tuple[str, str]]] = {}
    for fault in sorted(made.report.faults, key=lambda one: one.row):
        said = rows.setdefault(fault.row, [])
        if all(column != fault.column or not column for column, _ in said):
            said.append((fault.column, fault.sentence))
    return rows


def value_at(cells: list[Cell], now: dict[str, str], index: int | None) -> str:
    if index is None:
        return ""
    return now.get(str(index), text_of(cells[index])[:500] if index < len(cells) else "")


def words_of_row(reading: Reading, cells: list[Cell], now: dict[str, str]) -> str:
    """The row's own words of who and what, so that it can be recognised."""
    who: Iterable[str] = (*sorted(WHO), "forename", "form", "title", "starts_on")
    indexes = sorted({column.index for name in who for column in reading.places.get(name, ())})
    return ", ".join(filter(None, (value_at(cells, now, index)[:60] for index in indexes)))
