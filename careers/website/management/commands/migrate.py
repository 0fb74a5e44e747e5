"""`manage.py migrate`: Django's own, with every migration in one transaction (`careers.website.migrating`)."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate as djangos

from careers.website.migrating import WholeMigrations


class Command(djangos.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        theirs = djangos.MigrationExecutor  # type: ignore[attr-defined]
        djangos.MigrationExecutor = WholeMigrations  # type: ignore[attr-defined]
        try:
            super().handle(*args, **options)
        finally:
            djangos.MigrationExecutor = theirs  # type: ignore[attr-defined]
