"""Make the pair of keys of backups: manage.py backup_key /media/stick/trigpoint-backup-key.txt."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from careers.backup.keys import make_pair
from careers.backup.refusal import BackupRefused
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Write a new secret key into a file, and say the public key that backups are encrypted with."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to keep the secret key: not on this machine for long")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            public = make_pair(given["file"])
        except BackupRefused as refused:
            raise refuse(str(refused)) from None
        self.stdout.write(
            f"The secret key is in {given['file']}. Without it no backup can be read, by anybody: keep two copies of it away\n"
            "from this machine, where two people of the school can reach them, and take it off this machine.\n"
            "Set this on the machine, so that it can make backups and not read them:\n"
            f"  TRIGPOINT_BACKUP_KEY={public}"
        )
