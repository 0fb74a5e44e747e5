"""Make somebody an operator: manage.py make_operator --email ... --name ..."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.accounts.actions import PersonRefused
from careers.accounts.first_password import address_to_set_it, days_it_lasts, usual_place
from careers.operating.actions import make_operator
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Let somebody look after this copy: its schools, backups and jobs. They see no pupil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="needed for somebody who has no account here yet")
        parser.add_argument(
            "--at", default="", metavar="ADDRESS", help=f"where people reach this copy ({usual_place()} if left out)"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            user = make_operator(email=given["email"], name=given["name"], by=None)
        except PersonRefused as refused:
            raise refuse(str(refused)) from None
        self.stdout.write(f"{user} looks after this copy now.")
        if not user.has_usable_password():
            self.stdout.write(f"To set a password, open this address. It works once, for {days_it_lasts()} days:")
            self.stdout.write(f"  {address_to_set_it(user, given['at'])}")
