"""`manage.py work`: do jobs until stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from careers.jobs.worker import Worker

NIGHTLY = "careers.website.nightly.if_it_is_night"


class Command(BaseCommand):
    help = "Do jobs, such as sending messages, until stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument("--nightly", action="store_true", help="do the nightly work too, where no timer does it")
        parser.add_argument(
            "--beside", type=int, help="stop when the process of this number, which started this one, has gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # By name, because what puts the folders together stands above this one.
        nightly = import_string(NIGHTLY) if options["nightly"] else None
        worker = Worker(now_and_then=nightly, beside=options["beside"])
        if options["once"]:
            tried = worker.do_all()
            self.stdout.write(f"{tried} jobs tried.")
        else:
            worker.run()
