"""Writes a plan to the database in bulk, and with it what is needed to undo it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models

from careers.encounters.models import Encounter
from careers.imports.models import Import, ImportChange
from careers.imports.plan import Plan, values_of
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner, Session
from careers.pupils.models import Arrival, Characteristic, Group, GroupMembership, Pupil, YearHeld

PARENTS_FIRST: tuple[type[models.Model], ...] = (
    Pupil, YearHeld, Group, GroupMembership, Characteristic, Arrival, Partner, Activity, ActivityPartner,
    Session, Encounter,
)  # fmt: skip
"""Every model an import writes, in the order that adding needs; undoing goes the other way."""
AT_A_TIME, BATCH = 500, 5_000


def write(plan: Plan, of_import: Import | None, school_id: int) -> None:
    """Add, change and take away what the plan says; with an import, keep each row's before and after.

    Call it inside a transaction. A few queries for each model and batch, however many rows.
    """
    trail = [Trace(gone, values_of(gone), None) for gone in plan.removals]
    take_away(plan.removals)
    trail += [Trace(record, before, after) for record, (before, after) in plan.changes.items()]
    save_changes(plan.changes)
    for model in PARENTS_FIRST:
        added = plan.additions.get(model, [])
        model._default_manager.bulk_create(added, batch_size=BATCH)
        trail += [Trace(record, None, marks_of(record)) for record in added]
    if of_import is not None:
        ImportChange.objects.bulk_create((trace.row(of_import, school_id) for trace in trail), batch_size=BATCH)


class Trace(NamedTuple):
    """One record an import touched, with its number from before it was taken away."""

    record: models.Model
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def row(self, of_import: Import, school_id: int) -> ImportChange:
        pk = self.record.pk or (self.before or {})["id"]
        label, before, after = self.record._meta.label_lower, stored(self.before), stored(self.after)
        return ImportChange(
            school_id=school_id, of_import=of_import, model=label, object_pk=pk, before=before, after=after
        )


def stored(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Values as JSON can keep them without loss (Django's own encoder rounds times to a thousandth of a second)."""
    if values is None:
        return None
    return {name: in_full(value) for name, value in values.items()}


def in_full(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def marks_of(record: models.Model) -> dict[str, Any]:
    """What an added record says, so that undoing can tell whether somebody has changed it since."""
    quiet = {"id", "school_id", "reference", "recorded_at"}
    empty: tuple[Any, ...] = (None, "", [], {})
    return {
        name: value
        for name, value in values_of(record).items()
        if name not in quiet and not any(value == e for e in empty)
    }


def save_changes(changes: dict[models.Model, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """One statement for all records of a model that take the same values, else Django's bulk update."""
    by_model: dict[type[models.Model], dict[str, list[models.Model]]] = defaultdict(lambda: defaultdict(list))
    for record, (_, after) in changes.items():
        by_model[type(record)][repr(sorted(after.items(), key=lambda item: item[0]))].append(record)
    for model, groups in by_model.items():
        loose: list[models.Model] = []
        for records in groups.values():
            if len(records) < 5:
                loose.extend(records)
                continue
            after = changes[records[0]][1]
            for pks in batches([record.pk for record in records]):
                model._default_manager.filter(pk__in=pks).update(**after)
        fields = sorted({name for record in loose for name in changes[record][1]})
        if loose:
            model._default_manager.bulk_update(loose, fields, batch_size=max(1, 900 // (2 * len(fields) + 1)))


def take_away(records: list[models.Model]) -> None:
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    for model, every in by_model.items():
        for pks in batches(every):
            model._default_manager.filter(pk__in=pks).delete()


def batches(pks: list[int]) -> Iterable[list[int]]:
    return (pks[start : start + AT_A_TIME] for start in range(0, len(pks), AT_A_TIME))
