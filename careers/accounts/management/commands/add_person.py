"""Add a person: manage.py add_person --email ... --name ... --role careers_leader --school URN."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand

from careers.accounts.actions import Added, PersonRefused, add_person
from careers.accounts.first_password import address_to_set_it, days_it_lasts, usual_place
from careers.accounts.roles import AT_A_SCHOOL, ROLES
from careers.schools.command_line import refuse, school_with
from careers.schools.models import School


class Command(BaseCommand):
    help = "Give somebody a role at a school, with an account if they have none. Say another role to change it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="needed for somebody who has no account here yet")
        parser.add_argument("--role", required=True, help=", ".join(AT_A_SCHOOL))
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument("--password-from-stdin", action="store_true", help="the first line of what is piped in")
        parser.add_argument(
            "--at", default="", metavar="ADDRESS", help=f"where people reach this copy ({usual_place()} if left out)"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        school = school_with(given["school"])
        facts = {name: given[name] for name in ("email", "name", "role")}
        password = read_password() if given["password_from_stdin"] else None
        try:
            added = add_person(**facts, school=school, password=password, by=None)
        except PersonRefused as refused:
            raise refuse(str(refused)) from None
        self.stdout.write(what_was_done(added, given["role"], school))
        if not added.user.has_usable_password():
            self.stdout.write(f"To set a password, open this address. It works once, for {days_it_lasts()} days:")
            self.stdout.write(f"  {address_to_set_it(added.user, given['at'])}")


def read_password() -> str:
    password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise refuse("No password was given: pipe it in, or leave out --password-from-stdin.")
    return password


def what_was_done(added: Added, role: str, school: School) -> str:
    who, now, before = str(added.user), ROLES[role].title.lower(), added.role_before
    if before == role:
        return f"{who} is {now} at {school.name} already."
    was = f" (was {ROLES[before].title.lower() if before in ROLES else before})" if before else ""
    known = "" if added.is_new or before else " They have an account here already, which they keep."
    return f"{who} is now {now} at {school.name}{was}.{known}"
