"""`manage.py nightly`: what a timer runs every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careers.jobs.models import Sign
from careers.website import nightly


class Command(BaseCommand):
    help = "Do the nightly work that has not been done tonight."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="do all of it, even what tonight has seen already")

    def handle(self, *args: Any, **options: Any) -> None:
        done = nightly.run(anyway=options["again"])
        for name, said in done.items():
            self.stdout.write(f"{name}: {said}")
        if not done:
            self.stdout.write("Tonight's work was done already.")
        if Sign.objects.filter(name__in=[nightly.SIGN + name for name in done], failed=True).exists():
            raise CommandError("A step failed. The lines above say which, and the log where.")
