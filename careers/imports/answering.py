"""What people say of a list of any kind: what its columns and words mean, who is who, and what a cell should have said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.imports import sources
from careers.imports.actions import NotNow, describe, options_of, plan_of
from careers.imports.lists.mapping import Fixes, Mapping, Once, from_json, to_json
from careers.imports.models import OPEN, Import


def mapping_of(started: Import) -> Mapping | None:
    kept = started.answers.get("mapping")
    return from_json(Mapping, kept) if kept else None


def fixes_of(started: Import) -> Fixes:
    return from_json(Fixes, started.answers.get("fixes"))


def understand(*, started: Import, mapping: Mapping, once: Once, name: str, by: User | None) -> None:
    """Say what a list means, and remember it by `name`, if there is one. Raises NotNow when it is no longer open, FileRefused
    when the file cannot be read so. What was put right in it before stays."""
    began = require_open(started)
    started.answers = {**began, "mapping": to_json(mapping), "once": to_json(once)}
    started.answers.pop("columns", None)
    describe(started, plan_of(started, options_of(started), by))
    with transaction.atomic():
        if name:
            source, before = sources.remember(school=started.school, name=name, mapping=mapping, by=by)
            if started.source_id != source.pk:
                started.answers["before"] = before
            started.source = source
        save_open(started, began)
        record("said what a list means", by=by, school=started.school, subject=started, changes=False)


def lay_out(*, started: Import, mapping: Mapping, by: User | None) -> None:
    """Keep what the columns mean while what their words mean is still to be asked."""
    began = require_open(started)
    started.answers = {**began, "columns": to_json(mapping)}
    with transaction.atomic():
        save_open(started, began)
        record("said what columns mean", by=by, school=started.school, subject=started, changes=False)


def put_right(*, started: Import, more: Callable[[Fixes], None], by: User | None) -> None:
    """Add to what was put right in a file, which itself stays as it is, and see again what it would do."""
    began = require_open(started)
    if started.status == Import.Status.COLUMNS:
        raise NotNow("Say first what the columns mean.")
    fixes = fixes_of(started)
    more(fixes)
    started.answers = {**began, "fixes": to_json(fixes)}
    describe(started, plan_of(started, options_of(started), by))
    with transaction.atomic():
        save_open(started, began)
        record("put rows of a file right", by=by, school=started.school, subject=started, changes=False)


def require_open(started: Import) -> dict[str, Any]:
    """What has been said of the list so far."""
    if started.kind != Import.Kind.ANYTHING or not started.is_open or started.content is None:
        raise NotNow("This file is not waiting for anything to be said about it.")
    return dict(started.answers)


def save_open(started: Import, began: dict[str, Any]) -> None:
    """Unless somebody brought it in, cancelled it or said something else of it a moment ago."""
    now = (
        Import.objects.select_for_update()
        .filter(pk=started.pk, status__in=OPEN)
        .values_list("answers", flat=True)
        .first()
    )
    if now is None:
        raise NotNow("This import was brought in or cancelled a moment ago.")
    if now != began:
        raise NotNow("Somebody else said something about this file a moment ago. Look at it again.")
    started.save()
