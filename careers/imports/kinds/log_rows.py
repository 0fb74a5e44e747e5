"""The log from CSV or Excel: rows of a table into who, what and whether they came, and the activities the rows speak of.

What a row says of its activity is read once for all the rows that say the same, so a register of thousands is quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from careers.encounters.models import Encounter
from careers.imports import headings, values
from careers.imports.plan import Report
from careers.imports.reading.table import Cell, Row, Table
from careers.imports.values import NotUnderstood
from careers.partners.models import Partner
from careers.programme.models import Activity

STATUS_WORDS = {
    Encounter.Status.ATTENDED: ("attended", "present", "yes", "y", "true", "1", "/", "\\", "✓", "came"),
    Encounter.Status.ABSENT: ("absent", "no", "n", "false", "0", "did not attend", "dna", "not present"),
    Encounter.Status.EXCUSED: ("excused", "authorised", "authorised absence"),
    Encounter.Status.DECLINED: ("declined", "refused"),
    Encounter.Status.OFFERED: ("offered", "invited"),
    Encounter.Status.BOOKED: ("booked", "signed up", "registered"),
}
STATUSES = {words: str(status) for status, many in STATUS_WORDS.items() for words in many}
KEY_ROOM = 120
PARTNER_ROOM = 200


@dataclass
class Happening:
    """An activity as the file describes it: `facts` are fields of `Activity`, `partners` names with the kind, if it is said."""

    key: str
    row: int
    facts: dict[str, Any]
    partners: dict[str, str] = field(default_factory=dict)
    said_by: dict[str, int] = field(default_factory=dict)
    statuses: set[str] = field(default_factory=set)


def a_status(cell: Cell) -> str:
    words = values.text_of(cell).casefold()
    if words not in STATUSES:
        raise NotUnderstood(
            f"{values.shown(cell)} is not an attendance. Write attended, absent, excused, declined, offered or booked."
        )
    return STATUSES[words]


def reader_for(field: models.Field[Any, Any]) -> Callable[[Cell], Any]:
    """How a cell becomes a value of one of the activity's fields."""
    if field.choices:
        choices = list(field.flatchoices)
        return lambda cell: values.a_choice(cell, choices)
    if isinstance(field, models.BooleanField):
        return values.yes_or_no
    if isinstance(field, models.DateField):
        return values.a_date
    if isinstance(field, models.DecimalField):
        return lambda cell: values.a_number(cell, whole=False, most=999)
    if isinstance(field, models.PositiveSmallIntegerField):
        return lambda cell: int(values.a_number(cell, whole=True, most=20))
    return lambda cell: values.a_text(cell, getattr(field, "max_length", None) or 5_000)


READERS: dict[str, Callable[[Cell], Any]] = {
    **{name: reader_for(field) for name, field in headings.ATTRIBUTES.items()},
    **{name: reader_for(Activity._meta.get_field(name)) for name in ("title", "type", "starts_on", "ends_on")},  # type: ignore[arg-type]
    "activity_status": reader_for(Activity._meta.get_field("status")),
    "year_groups": values.year_groups,
    "activity_id": lambda cell: values.a_text(cell, KEY_ROOM - 4),
    "partner_kind": lambda cell: values.a_choice(cell, Partner.Kind.choices),
}
PARTNERS = {"partner": "", "employer": str(Partner.Kind.EMPLOYER), "provider": str(Partner.Kind.PROVIDER)}


class Happenings:
    """The activities of a file, by key. Rows that contradict each other about one activity are faults naming both."""

    def __init__(self, table: Table, report: Report, academic_year: int) -> None:
        self.table, self.report, self.academic_year = table, report, academic_year
        self.about = [name for name in table.columns if name in READERS or name in PARTNERS]
        self.by_key: dict[str, Happening] = {}
        self._seen: dict[tuple[str, ...], Happening | None] = {}

    def of(self, row: Row) -> Happening | None:
        """The activity a row is about; None when the row's faults have been noted."""
        cells = tuple(row.text(name) for name in self.about)
        if cells not in self._seen:
            self._seen[cells] = self._read(row)
        return self._seen[cells]

    def _read(self, row: Row) -> Happening | None:
        before = len(self.report.faults)
        facts: dict[str, Any] = {}
        for name in self.about:
            if name in READERS and name in row.cells:
                try:
                    facts[name] = READERS[name](row.cells[name])
                except NotUnderstood as fault:
                    self.report.fault(row.number, self.table.heading(name), str(fault))
        for name in ("title", "type"):
            if name not in row.cells:
                self.report.fault(row.number, self.table.heading(name), f"The activity's {name} is missing. Add it.")
        if facts.get("ends_on") and (facts.get("starts_on") is None or facts["ends_on"] < facts["starts_on"]):
            self.report.fault(
                row.number,
                self.table.heading("ends_on"),
                "The activity ends before it starts. Correct one of the dates.",
            )
        partners = self._partners(row, facts.pop("partner_kind", ""))
        return None if len(self.report.faults) > before else self._join(row.number, facts, partners)

    def _partners(self, row: Row, kind: str) -> dict[str, str]:
        named: dict[str, str] = {}
        for column, its_kind in PARTNERS.items():
            for name in row.text(column).replace("|", ";").split(";"):
                if len(name) > PARTNER_ROOM:
                    self.report.fault(
                        row.number,
                        self.table.heading(column),
                        f"The name has {len(name)} characters and there is room for {PARTNER_ROOM}.",
                    )
                elif name.strip():
                    named[name.strip()] = its_kind or kind
        return named

    def _join(self, number: int, facts: dict[str, Any], partners: dict[str, str]) -> Happening:
        key = key_of(facts.pop("activity_id", ""), facts["title"], facts.get("starts_on"), facts["type"])
        if "activity_status" in facts:
            facts["status"] = facts.pop("activity_status")
        known = self.by_key.setdefault(key, Happening(key, number, {}))
        for name, value in facts.items():
            if name in known.facts and known.facts[name] != value:
                label = self.table.heading("activity_status" if name == "status" else name)
                self.report.fault(
                    number,
                    label,
                    f"It differs from row {known.said_by[name]}, which is about the same activity. Make the rows agree.",
                )
            else:
                known.facts.setdefault(name, value)
                known.said_by.setdefault(name, number)
        for name, kind in partners.items():
            known.partners[name] = known.partners.get(name) or kind
        return known


def key_of(activity_id: str, title: str, day: date | None, type: str) -> str:
    """How a second import finds the activity again: its own id in the file, else its title, date and type."""
    if activity_id:
        return f"log:{activity_id}"
    key = f"log:{title.casefold()}|{day or ''}|{type}"
    return key if len(key) <= KEY_ROOM else f"{key[: KEY_ROOM - 17]}#{hashlib.sha256(key.encode()).hexdigest()[:16]}"
