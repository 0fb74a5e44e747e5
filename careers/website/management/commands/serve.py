"""`manage.py serve`: set up, then serve on this machine. What `python3 run.py` becomes."""

from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from careers.schools.models import School
from careers.website.beside import Beside
from careers.website.server import Server

SIGN_IN = "Sign in with the e-mail address you were added with."
ADD_A_SCHOOL = (
    "There is no school here yet. Add yours with .venv/bin/python manage.py add_school --help, "
    "and its people with manage.py add_person --help."
)


class Command(BaseCommand):
    help = "Set up what is missing and serve on 127.0.0.1, until stopped."
    requires_system_checks = ["start"]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--without-worker", action="store_true", help="where jobs are done by a process of its own")
        parser.add_argument("--without-setup", action="store_true", help="where manage.py setup was run just before")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["without_setup"]:
            call_command("setup")
        where = f"http://127.0.0.1:{options['port']}/"
        sentence = f"Trigpoint is at {where} . {how_to_sign_in()} Press Ctrl-C to stop."
        # The server's processes are copies of this one, and a connection must not be shared between copies.
        connections.close_all()
        beside = None if options["without_worker"] else Beside()
        Server(port=options["port"], sentence=sentence, beside=beside).run()


def how_to_sign_in() -> str:
    try:
        said = import_module("careers.demonstration").how_to_sign_in()
    except (ImportError, AttributeError):
        said = ""
    return said or (SIGN_IN if School.objects.exists() else ADD_A_SCHOOL)
