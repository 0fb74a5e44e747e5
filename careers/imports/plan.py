"""What an import would do, worked out before anything is written: rows to add, change and take away, and the report of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from careers.imports.reading.table import Fault, Table

M = TypeVar("M", bound=models.Model)

SHOWN = 500
"""How many names and changes a preview lists; the counts are always of all."""
FAULTS_KEPT = 5_000


@dataclass
class Report:
    """The preview in words and counts. Everything in it can be stored as JSON."""

    counts: Counter[str] = field(default_factory=Counter)
    new: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    leavers: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    """When the file holds several programmes and none was chosen: what there is to choose from."""
    asks: bool = False
    """Nobody has said yet what the columns of this list mean."""
    activities: list[str] = field(default_factory=list)
    """Activities a list would add."""
    understood: list[str] = field(default_factory=list)
    """How a list was understood, in sentences."""
    people: list[dict[str, Any]] = field(default_factory=list)
    """Pupils who are not surely one here, to be chosen by a person."""
    organisations: list[dict[str, Any]] = field(default_factory=list)
    """New organisations that are like ones here, likewise."""
    cells: list[dict[str, Any]] = field(default_factory=list)
    """What stands in the cells with faults, so that they can be put right on a page."""
    encoding: str = ""
    header_row: int = 0
    counted_in: str = "Row"
    """What the numbers of faults count: rows, or the pupils of a transfer file."""

    def of_table(self, table: Table) -> None:
        self.encoding, self.header_row, self.ignored = table.encoding, table.header_row, table.ignored
        self.faults.extend(table.faults)

    def fault(self, row: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(row, column, sentence))

    def where(self, fault: Fault) -> str:
        return f"{self.counted_in} {fault.row}{', ' + fault.column if fault.column else ''}"

    def adding(self, label: str) -> None:
        self.counts["new"] += 1
        if len(self.new) < SHOWN:
            self.new.append(label)

    def changing(self, who: str, what: list[dict[str, str]], counted: str = "changed") -> None:
        self.counts[counted] += 1
        if len(self.changed) < SHOWN:
            self.changed.append({"who": who, "what": what})

    def counting(self, **more: int) -> None:
        """Add to the counts; noughts leave no trace."""
        self.counts.update({what: number for what, number in more.items() if number})

    def holding(self, label: str) -> None:
        self.counts["held"] += 1
        if len(self.held) < SHOWN:
            self.held.append(label)

    @property
    def has_effect(self) -> bool:
        return any(
            self.counts[what]
            for what in (
                "new",
                "changed",
                "held",
                "new_activities",
                "changed_activities",
                "new_partners",
                "new_sessions",
            )
        )

    @property
    def has_questions(self) -> bool:
        return bool(self.people or self.organisations)

    @property
    def fingerprint(self) -> str:
        """The same for two previews that would do the same: a preview is confirmed only while it still holds."""
        counts = sorted((what, count) for what, count in self.counts.items() if what != "leavers")
        effect = [counts, self.new, self.changed, self.held, [leaver["reference"] for leaver in self.leavers]]
        return hashlib.sha256(json.dumps(effect, cls=DjangoJSONEncoder).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        faults = [
            {"row": f.row, "column": f.column, "sentence": f.sentence} for f in sorted(self.faults, key=lambda f: f.row)
        ]
        return {
            "counted_in": self.counted_in,
            "new": self.new,
            "changed": self.changed,
            "held": self.held,
            "leavers": self.leavers,
            "notices": self.notices,
            "ignored": self.ignored,
            "choices": self.choices,
            "encoding": self.encoding,
            "header_row": self.header_row,
            "faults": faults[:FAULTS_KEPT],
            "faults_found": len(faults),
            "fingerprint": self.fingerprint,
            "understood": self.understood,
            "activities": self.activities,
            "people": self.people,
            "organisations": self.organisations,
            "cells": self.cells,
        }


@dataclass
class Plan:
    """Unsaved records to add (a parent before what hangs on it), changes to saved ones, and records to take away."""

    report: Report = field(default_factory=Report)
    additions: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    changes: dict[models.Model, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    removals: list[models.Model] = field(default_factory=list)

    def add(self, record: M) -> M:
        self.additions.setdefault(type(record), []).append(record)
        return record

    def change(self, record: models.Model, **values: Any) -> dict[str, tuple[Any, Any]]:
        """Set fields that differ, remembering what they were. Gives what differed, as {field: (before, after)}.

        A record that is itself being added is simply set.
        """
        differing = {
            name: (getattr(record, name), value) for name, value in values.items() if getattr(record, name) != value
        }
        for name, (_, value) in differing.items():
            setattr(record, name, value)
        if differing and record.pk is not None:
            before, after = self.changes.setdefault(record, ({}, {}))
            for name, (old, value) in differing.items():
                before.setdefault(name, old)
                after[name] = value
        return differing

    def remove(self, record: models.Model) -> None:
        self.removals.append(record)


def values_of(record: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Field values ready for JSON, foreign keys as numbers."""
    fields = record._meta.concrete_fields if names is None else [record._meta.get_field(name) for name in names]
    return {f.attname: getattr(record, f.attname) for f in fields}  # type: ignore[union-attr]


def in_words(record: type[models.Model], differing: dict[str, tuple[Any, Any]]) -> list[dict[str, str]]:
    """What differs, by the model's own labels, for a preview."""
    labels = {field.name: str(field.verbose_name) for field in record._meta.concrete_fields}
    return [said(labels[name], old, new) for name, (old, new) in differing.items()]


def said(field: str, before: Any, after: Any) -> dict[str, str]:
    """One change as a preview keeps it."""
    return {"field": field, "before": show(before), "after": show(after)}


def show(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "(empty)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return str(value)
