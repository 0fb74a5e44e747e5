"""Writes a plan to the database in bulk, and with it what is needed to undo it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from careers.encounters.models import Encounter
from careers.imports.models import Import, ImportChange
from careers.imports.plan import Plan, values_of
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Arrival, Characteristic, Group, GroupMembership, Pupil, YearHeld

PARENTS_FIRST: tuple[type[models.Model], ...] = (
    Pupil, YearHeld, Group, GroupMembership, Characteristic, Arrival, Partner, Activity, ActivityPartner, Encounter,
)  # fmt: skip
"""Every model an import writes, in the order that adding needs; undoing goes the other way."""
AT_A_TIME = 500


def write(plan: Plan, of_import: Import | None, school_id: int) -> None:
    """Add, change and take away what the plan says; with an import, keep each row's before and after.

    Call it inside a transaction. Three queries for each model and batch, however many rows.
    """
    trail = [
        ImportChange(
            school_id=school_id,
            of_import=of_import,
            model=gone._meta.label_lower,
            object_pk=gone.pk,
            before=values_of(gone),
        )
        for gone in plan.removals
    ]
    take_away(plan.removals)
    for record, (before, after) in plan.changes.items():
        trail.append(change_of(record, before, after, of_import, school_id))
    save_changes(plan.changes)
    for model in PARENTS_FIRST:
        added = plan.additions.get(model, [])
        model._default_manager.bulk_create(added, batch_size=5_000)
        trail.extend(change_of(record, None, marks_of(record), of_import, school_id) for record in added)
    if of_import is not None:
        ImportChange.objects.bulk_create(trail, batch_size=5_000)


def change_of(
    record: models.Model, before: dict[str, Any] | None, after: dict[str, Any], of_import: Import | None, school_id: int
) -> ImportChange:
    label = record._meta.label_lower
    before = None if before is None else stored(record, before)
    return ImportChange(
        school_id=school_id,
        of_import=of_import,
        model=label,
        object_pk=record.pk,
        before=before,
        after=stored(record, after),
    )


def stored(record: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if hasattr(value, "quantize") else value for name, value in values.items()}


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
