"""Undo an import: manage.py undo_import REFERENCE."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope, scopes_disabled

from careers.imports import actions
from careers.imports.models import Import
from careers.schools.command_line import refuse


class Command(BaseCommand):
    help = "Undo an import, unless something recorded since depends on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference")

    def handle(self, *args: Any, **given: Any) -> None:
        with scopes_disabled():
            done = Import.objects.select_related("school").filter(reference=given["reference"]).first()
        if done is None:
            raise refuse(f"There is no import with the reference {given['reference']}.")
        with scope(school=done.school):
            try:
                actions.undo(done=done, by=None)
            except actions.NotNow as refused:
                raise refuse(str(refused)) from None
        self.stdout.write(f"{done} was undone.")
