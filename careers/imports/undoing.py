"""Puts back what an import did, unless something now depends on it: then it says what."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models

from careers.imports.applying import PARENTS_FIRST, batches, take_away
from careers.imports.models import Import, ImportChange

MODELS = {model._meta.label_lower: model for model in PARENTS_FIRST}
Trail = dict[str, list[ImportChange]]


def trail_of(done: Import) -> Trail:
    trail: Trail = defaultdict(list)
    for change in ImportChange.objects.filter(of_import=done).order_by("pk"):
        trail[change.model].append(change)
    return trail


def reasons_against(done: Import, trail: Trail) -> list[str]:
    """Why the import cannot be undone, in words; empty when it can."""
    if not trail:
        return ["What it changed is no longer kept: names are not held for longer than undoing needs them."]
    return later_imports(done, trail) or changed_since(trail) + hanging_on(done, trail)


def later_imports(done: Import, trail: Trail) -> list[str]:
    later = ImportChange.objects.filter(
        school_id=done.school_id, of_import__status=Import.Status.APPLIED, of_import__applied_at__gt=done.applied_at
    )
    found: dict[int, Import] = {}
    for model, changes in trail.items():
        touched = {change.object_pk for change in changes}
        for change in (
            later.filter(model=model)
            .select_related("of_import")
            .defer("of_import__content", "of_import__preview", "before", "after")
        ):
            if change.object_pk in touched:
                found[change.of_import_id] = change.of_import
    return [
        f"{other} of {other.applied_at:%d/%m/%Y} changed the same records later. Undo that one first."
        for other in found.values()
    ]


def changed_since(trail: Trail) -> list[str]:
    """Records that no longer say what the import left them saying, or are gone."""
    reasons = []
    for label, changes in trail.items():
        model = MODELS[label]
        left = [change for change in changes if change.after is not None]
        records = found(model, [change.object_pk for change in left])
        differing = [change for change in left if not still_says(records.get(change.object_pk), change.after or {})]
        if differing:
            reasons.append(
                f"{counted(model, len(differing))} changed or taken away since{named(records.get(differing[0].object_pk))}."
            )
    return reasons


def still_says(record: models.Model | None, after: dict[str, Any]) -> bool:
    return record is not None and all(
        getattr(record, attname(record, n)) == python_value(record, n, v) for n, v in after.items()
    )


def hanging_on(done: Import, trail: Trail) -> list[str]:
    """Records added since that refer to one this import added, of whatever model, here or in folders above."""
    added = {label: [c.object_pk for c in changes if c.before is None] for label, changes in trail.items()}
    reasons = []
    for label, pks in added.items():
        relations = MODELS[label]._meta.get_fields(include_hidden=True) if pks else []
        for relation in relations:
            if isinstance(relation, models.ManyToOneRel):
                other: type[models.Model] = relation.related_model
                ours = set(added.get(other._meta.label_lower, []))
                reasons += dependants(other, relation.field.name, pks, ours, MODELS[label])
    return reasons


def dependants(
    other: type[models.Model], field: str, pks: list[int], ours: set[int], model: type[models.Model]
) -> list[str]:
    theirs: set[int] = set()
    for some in batches(pks):
        theirs.update(other._base_manager.filter(**{f"{field}__in": some}).values_list("pk", flat=True))
    if not (since := theirs - ours):
        return []
    return [
        f"{counted(other, len(since))} recorded since for {model._meta.verbose_name_plural} that this import added."
    ]


def counted(model: type[models.Model], number: int) -> str:
    name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number:,} {name} {'was' if number == 1 else 'were'}"


def named(record: models.Model | None) -> str:
    return (
        f" (the first: {record})"
        if record is not None and record._meta.model_name in ("pupil", "activity", "partner", "arrival")
        else ""
    )


def attname(record: models.Model, name: str) -> str:
    return str(record._meta.get_field(name).attname)  # type: ignore[union-attr]


def python_value(record: models.Model, name: str, value: Any) -> Any:
    field = record._meta.get_field(name)
    target = field.target_field if field.is_relation else field  # type: ignore[union-attr]
    return target.to_python(value)  # type: ignore[union-attr]


def found(model: type[models.Model], pks: list[int]) -> dict[int, models.Model]:
    records: dict[int, models.Model] = {}
    for some in batches(pks):
        records.update(model._base_manager.in_bulk(some))
    return records


def put_back(trail: Trail) -> None:
    """Take away what was added, restore what was changed, bring back what was taken away. Call it inside a transaction."""
    for model in reversed(PARENTS_FIRST):
        changes = trail.get(model._meta.label_lower, [])
        added = {change.object_pk for change in changes if change.before is None}
        take_away([model(pk=pk) for pk in added])
        restored = [change for change in changes if change.before is not None and change.after is not None]
        restore(model, [change for change in restored if change.object_pk not in added])
    for model in PARENTS_FIRST:
        gone = [change for change in trail.get(model._meta.label_lower, []) if change.after is None]
        model._default_manager.bulk_create([revived(model, change.before or {}) for change in gone])


def restore(model: type[models.Model], changes: list[ImportChange]) -> None:
    records = found(model, [change.object_pk for change in changes])
    names: set[str] = set()
    for change in changes:
        record = records[change.object_pk]
        for name, value in (change.before or {}).items():
            setattr(record, attname(record, name), python_value(record, name, value))
            names.add(name)
    fields = sorted({model._meta.get_field(name).name for name in names})
    if records:
        model._default_manager.bulk_update(records.values(), fields, batch_size=max(1, 900 // (2 * len(fields) + 1)))


def revived(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    record = model()
    for name, value in values.items():
        setattr(record, name, python_value(record, name, value))
    return record
