"""A way back for somebody who lost every second step, where nobody else can reset it: manage.py reset_second_step --email ..."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.accounts.models import User
from careers.accounts.second_step.reset import ResetRefused, reset_second_step
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Take away somebody's second step and end their sessions. They set up a new one when they next sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **given: Any) -> None:
        user = User.objects.filter(email=given["email"].strip().lower()).first()
        if user is None:
            raise refuse(f"Nobody has an account with the address {given['email']}.")
        try:
            reset_second_step(user=user, by=None)
        except ResetRefused as refused:
            raise refuse(str(refused)) from None
        self.stdout.write(f"{user} has no second step now, and is signed out everywhere.")
