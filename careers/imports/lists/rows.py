"""A list into the rows that a log is made of: one for each pupil and activity, with our words in place of the source's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from careers.imports.kinds.log_rows import key_of
from careers.imports.lists import days
from careers.imports.lists.guessing import MARKS_SEEN, word_of
from careers.imports.lists.mapping import LEAVE, Fixes, Mapping, Once
from careers.imports.lists.meanings import IGNORE, MARKS, SESSIONS
from careers.imports.lists.sheet import Column, Sheet
from careers.imports.plan import Report
from careers.imports.reading.table import Cell, Row, Table, is_blank, text_of
from careers.imports.values import NotUnderstood, shown

ABOUT_ACTIVITY = (
    "title",
    "type",
    "starts_on",
    "ends_on",
    "activity_id",
    "employer",
    "provider",
    "partner",
    "location",
    "staff",
)
BEST_FIRST = ("attended", "booked", "excused", "absent", "declined", "offered")


@dataclass
class Entry:
    """One pupil's part in one activity, or with no `status` an activity alone."""

    row: Row
    status: str


@dataclass
class Reading:
    """What reading a list has to hand: `places` are the columns by meaning, `last` what stood in the rows above."""

    sheet: Sheet
    mapping: Mapping
    once: Once
    fixes: Fixes
    academic_year: int
    report: Report
    places: dict[str, list[Column]] = field(default_factory=dict)
    last: dict[str, Cell] = field(default_factory=dict)
    session_days: dict[str, list[date]] = field(default_factory=dict)
    """The days of each activity that was put together from several, by `one_key`."""

    def __post_init__(self) -> None:
        for column, meaning in zip(self.sheet.columns, self.mapping.means, strict=False):
            if meaning != IGNORE:
                self.places.setdefault(meaning, []).append(column)

    def name(self, meaning: str) -> str:
        return self.places[meaning][0].name if meaning in self.places else ""

    def day(self, cell: Cell) -> date:
        return days.a_day(cell, day_first=self.mapping.day_first, academic_year=self.academic_year)


def table_of(reading: Reading) -> Table:
    """The columns as the readers of a log know them, with those a list says in another way standing at the end."""
    header = [column.name for column in reading.sheet.columns]
    where = {column.index: place for place, column in enumerate(reading.sheet.columns)}
    columns = {
        meaning: [where[column.index] for column in found]
        for meaning, found in reading.places.items()
        if meaning not in (MARKS, SESSIONS)
    }
    for name in ("title", "type", "starts_on", "ends_on"):
        if name not in columns:
            columns[name] = [len(header)]
            header.append(reading.name("type") if name == "title" else "")
    return Table(columns, header, reading.sheet.header, [], [], reading.sheet.encoding)


def entries(reading: Reading) -> list[Entry]:
    """Every row of the list, its faults noted in the report. Several sessions of one activity are put together where chosen."""
    found = list(read_rows(reading))
    if reading.mapping.shape == "sessions" or reading.mapping.one_activity:
        return put_together(found, reading)
    return found


def read_rows(reading: Reading) -> Iterator[Entry]:
    skipped = set(reading.fixes.skip)
    for number, cells in reading.sheet.rows:
        if number in skipped:
            reading.report.counts["left_out"] += 1
            continue
        if corrected := reading.fixes.cells.get(str(number)):
            cells = put_right(cells, corrected)
        base = fields_of(cells, reading)
        if base:
            yield from entries_of(Row(number, base), cells, reading)


def put_right(cells: list[Cell], corrected: dict[str, str]) -> list[Cell]:
    wide = [*cells, *[""] * (max(map(int, corrected)) + 1 - len(cells))]
    return [corrected.get(str(index), cell) for index, cell in enumerate(wide)]


def fields_of(cells: list[Cell], reading: Reading) -> dict[str, Cell]:
    """The cells of a row by what they mean. Empty where no column that is used says anything."""
    base: dict[str, Cell] = {}
    for meaning, columns in reading.places.items():
        if meaning in (MARKS, SESSIONS):
            continue
        for column in columns:
            if column.index < len(cells) and not is_blank(cells[column.index]):
                base.setdefault(meaning, cells[column.index])
    if base and reading.mapping.fill_down:
        for name in ABOUT_ACTIVITY:
            if name in base:
                reading.last[name] = base[name]
            elif name in reading.last:
                base[name] = reading.last[name]
    return base


def entries_of(row: Row, cells: list[Cell], reading: Reading) -> Iterator[Entry]:
    match reading.mapping.shape:
        case "matrix" | "sessions":
            yield from marked(row, cells, reading)
        case shape:
            status = "" if shape == "activities" else status_in(row, reading)
            if status is not None and settle(row, reading):
                yield Entry(row, status)


def status_in(row: Row, reading: Reading) -> str | None:
    """The attendance a row says; None where the row is left out or its fault has been noted."""
    if "status" not in reading.places:
        return reading.mapping.listed
    return mark_of(row, row.cells.get("status"), reading.places["status"][0], reading)


def mark_of(row: Row, cell: Cell | None, column: Column, reading: Reading) -> str | None:
    if is_blank(cell):
        meaning = reading.mapping.blank
    else:
        word = word_of(cell)  # type: ignore[arg-type]
        meaning = reading.mapping.marks.get(word) or MARKS_SEEN.get(word, "")
    if meaning:
        return None if meaning == LEAVE else meaning
    said = f"{shown(cell)} has not been given a meaning. Say what it means, or write another mark."  # type: ignore[arg-type]
    reading.report.fault(row.number, column.name, said)
    return None


def marked(row: Row, cells: list[Cell], reading: Reading) -> Iterator[Entry]:
    """An entry for each column with a mark. A date below an activity says that the pupil did it, on that day."""
    for column in reading.places.get(MARKS) or reading.places[SESSIONS]:
        cell = cells[column.index] if column.index < len(cells) else None
        part = Row(row.number, dict(row.cells))
        title, day = days.taken_from(
            column.heading, day_first=reading.mapping.day_first, academic_year=reading.academic_year
        )
        if SESSIONS in reading.places:
            title, day = reading.once.title, session_of(row, column, reading)
        status = None
        if MARKS in reading.places and cell is not None and dated(cell, reading):
            status, day = "attended", reading.day(cell)
        elif not is_blank(cell) or reading.mapping.blank != LEAVE:
            status = mark_of(row, cell, column, reading)
        if status is None:
            continue
        part.cells["title"] = title or column.name
        if day:
            part.cells["starts_on"] = day
        if settle(part, reading, word="" if SESSIONS in reading.places else title or column.name):
            yield Entry(part, status)


def dated(cell: Cell, reading: Reading) -> bool:
    if isinstance(cell, str) and word_of(cell) in (reading.mapping.marks.keys() | MARKS_SEEN.keys()):
        return False
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell < 18_000:
        return False
    try:
        reading.day(cell)
    except NotUnderstood:
        return False
    return True


def session_of(row: Row, column: Column, reading: Reading) -> date | None:
    try:
        return reading.day(column.heading)
    except NotUnderstood as fault:
        reading.report.fault(row.number, column.name, f"The heading of this column is no day: {fault}")
        return None


def settle(row: Row, reading: Reading, word: str | None = None) -> bool:
    """Give the row our type, its title and its days. False where it is left out, or a fault has been noted."""
    said = row.text("type") or row.text("title") if word is None else word
    row.cells.setdefault("title", said or reading.once.title)
    meaning = reading.mapping.types.get(word_of(said)) or reading.once.type if said else reading.once.type
    if meaning == LEAVE:
        reading.report.counts["left_out"] += 1
        return False
    sound = True
    if not meaning:
        named = reading.name("type") or reading.name("title")
        words = f"{shown(said)} has not been given a type of activity." if said else "The activity’s type is missing."
        reading.report.fault(row.number, named, words)
        sound = False
    row.cells["type"] = meaning
    if not is_blank(row.cells["title"]):
        row.cells["title"] = text_of(row.cells["title"])
    return days_in(row, reading) and sound


def days_in(row: Row, reading: Reading) -> bool:
    sound = True
    for name in ("starts_on", "ends_on"):
        if name in row.cells and type(row.cells[name]) is not date:
            try:
                row.cells[name] = reading.day(row.cells[name])
            except NotUnderstood as fault:
                reading.report.fault(row.number, reading.name(name), str(fault))
                sound = False
    if "starts_on" not in row.cells and reading.once.starts_on:
        row.cells["starts_on"] = date.fromisoformat(reading.once.starts_on)
    return sound


def put_together(found: list[Entry], reading: Reading) -> list[Entry]:
    """Entries of one activity on several days, as one with a first and a last day: a pupil's best mark stands for all of them."""
    spans: dict[str, list[date]] = {}
    for entry in found:
        if isinstance(day := entry.row.cells.get("starts_on"), date):
            spans.setdefault(one_key(entry), []).append(day)
    best: dict[tuple[str, ...], Entry] = {}
    for entry in found:
        every = spans.get(one_key(entry), [])
        if every:
            entry.row.cells |= {"starts_on": min(every), "ends_on": max(every)}
        who = tuple(entry.row.text(name) for name in ("upn", "mis_id", "email", "surname", "forename", "name", "form"))
        known = best.setdefault((one_key(entry), *who), entry)
        if BEST_FIRST.index(entry.status) < BEST_FIRST.index(known.status):
            best[one_key(entry), *who] = entry
    reading.session_days.update({key: sorted(set(every)) for key, every in spans.items()})
    return list(best.values())


def one_key(entry: Entry) -> str:
    """What makes several days one activity: its title and type, or its own number."""
    cells = entry.row
    return key_of(cells.text("activity_id"), cells.text("title"), None, cells.text("type"))
