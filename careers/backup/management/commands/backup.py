"""Make a backup while people work: manage.py backup /mnt/backups --keep-days 30."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from careers.backup.actions import make_backup
from careers.backup.refusal import BackupRefused
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Write one encrypted file of the database and the files beside it, as they are at one moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where to write it, best on another disk or machine")
        parser.add_argument(
            "--keep-days", type=int, help="then take away backups in the folder that are older (none, if left out)"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        if given["keep_days"] is not None and given["keep_days"] < 1:
            raise refuse("--keep-days takes a number of days from 1.")
        try:
            made = make_backup(of=settings.DATABASES["default"], into=given["folder"], keep_days=given["keep_days"])
        except BackupRefused as refused:
            raise refuse(str(refused)) from None
        except OSError as wrong:
            raise refuse(f"The backup was not made: {wrong.strerror}. Nothing was taken away.") from None
        size = f"{made.bytes / 1e6:.1f} MB"
        self.stdout.write(f"{made.file}: {made.rows} rows, {size}, in {made.seconds:.1f} seconds.")
