"""End a person's role at a school: manage.py remove_person --email ... --school URN."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.accounts.actions import PersonRefused, remove_person
from careers.schools.command_line import refuse, school_with


class Command(BaseCommand):
    help = "End somebody's role at a school. They see nothing of it from now on; what they wrote down stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--school", required=True, metavar="URN")

    def handle(self, *args: Any, **given: Any) -> None:
        school = school_with(given["school"])
        try:
            user = remove_person(email=given["email"], school=school, by=None)
        except PersonRefused as refused:
            raise refuse(str(refused)) from None
        self.stdout.write(f"{user} no longer belongs to {school.name}.")
