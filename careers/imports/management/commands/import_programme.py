"""Bring in a published programme as a plan: manage.py import_programme FILE --school URN --programme NAME [--apply]."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from careers.imports.command_line import ImportCommand
from careers.imports.kinds.options import Options


class Command(ImportCommand):
    help = "Bring in a published programme from CSV or Excel: its rows become planned activities."
    kind = "programme"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--programme", default="", help="which of the programmes in the file (its programme_id)")

    def options_from(self, given: dict[str, Any]) -> Options:
        return replace(super().options_from(given), programme=given["programme"])
