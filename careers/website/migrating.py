"""Changing the database's tables so that a machine that loses its power leaves no migration half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


class WholeMigrations(MigrationExecutor):
    """Django changes the tables in one transaction and often notes that it did so in another. Here it is one.

    Killed between the two, Django would make the same tables again at the next start, and fail for ever.
    """

    def apply_migration(self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False) -> Any:
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with in_one_transaction(self.connection):
            return super().apply_migration(state, migration, fake, fake_initial)

    def unapply_migration(self, state: Any, migration: Any, fake: bool = False) -> Any:
        if not migration.atomic:
            return super().unapply_migration(state, migration, fake)
        with in_one_transaction(self.connection):
            return super().unapply_migration(state, migration, fake)


@contextmanager
def in_one_transaction(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """SQLite can rebuild a table only while it checks no foreign keys, and that can be set only outside a transaction."""
    checked = connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            yield
            connection.check_constraints()
    finally:
        if checked:
            connection.enable_constraint_checking()
