"""Put a backup back: manage.py restore FILE --key SECRET_KEY_FILE.

It goes into the database that TRIGPOINT_DATABASE names: another one, with --database-only, is a rehearsal.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections, transaction

from careers.audit.record import record
from careers.backup.actions import put_back
from careers.backup.refusal import BackupRefused
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Put a backup into a database that holds no school, and check every row and the audit's chain."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the file of the secret key")
        parser.add_argument(
            "--database-only", action="store_true", help="leave the files beside it out: for a rehearsal"
        )
        parser.add_argument(
            "--accept-broken-audit", action="store_true", help="put it back although its audit is broken"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        files = None if given["database_only"] else settings.FILES
        connections.close_all()
        try:
            done = put_back(
                file=given["file"],
                key_file=given["key"],
                into=settings.DATABASES["default"],
                files_into=files,
                accept_broken_audit=given["accept_broken_audit"],
            )
        except BackupRefused as refused:
            raise refuse(str(refused)) from None
        with transaction.atomic():
            record("put back a backup", by=None, school=None, changes=False, made_at=done.made_at, rows=done.rows)
        self.stdout.write(
            f"Put back what was backed up at {done.made_at}: {done.rows} rows, {done.events} events of the audit, "
            f"all as they were, in {done.seconds:.1f} seconds."
        )
        self.stdout.write(
            "Everybody has to sign in again. Then run manage.py setup, and manage.py nightly --again: whoever was erased or "
            "whose time was over since the backup was made has come back with it."
        )
