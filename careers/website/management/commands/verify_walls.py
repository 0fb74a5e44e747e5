"""Look past the scopes for a record that points at another school's."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.website.walls import breaches, links


class Command(BaseCommand):
    help = "Check that no record points at a record of another school. Ends with an error where one does."

    def handle(self, *args: Any, **options: Any) -> None:
        found = breaches()
        for each in found:
            self.stderr.write(str(each))
        if found:
            raise CommandError(
                "Records of two schools are mixed. Keep a copy of the database as it is, and ask for help."
            )
        self.stdout.write(f"No record points at another school's ({len(list(links()))} kinds of link looked at).")
