"""Let go of what is kept no longer: manage.py run_retention, or with --dry-run only say what it would be."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.protection.actions import retention_of_all
from careers.protection.overwriting import empty_the_journal


class Command(BaseCommand):
    help = "Delete or blank the records of every school whose time is over. It can be run as often as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, **given: Any) -> None:
        done = retention_of_all(dry=given["dry_run"])
        if not given["dry_run"]:
            empty_the_journal()
        for each in done:
            whose = each.school.name if each.school else "This installation"
            self.stdout.write(f"{whose}: {each.term.rule.title}: {each.number:,}")
        total = sum(each.number for each in done)
        self.stdout.write(f"{total:,} records {'would go' if given['dry_run'] else 'went'}.")
