"""Bring in the roll: manage.py import_roll FILE --school URN [--apply]."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from careers.imports.command_line import ImportCommand
from careers.imports.kinds.options import EVERYONE, Options


class Command(ImportCommand):
    help = "Bring in the roll from CSV, Excel or a Common Transfer File."
    kind = "roll"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--leavers-leave", action="store_true", help="take pupils who are not in the file off the roll"
        )
        parser.add_argument(
            "--no-earlier-years", action="store_true", help="do not fill in the earlier year groups of new pupils"
        )

    def options_from(self, given: dict[str, Any]) -> Options:
        leave = (EVERYONE,) if given["leavers_leave"] else ()
        return replace(super().options_from(given), leave=leave, earlier_years=not given["no_earlier_years"])
