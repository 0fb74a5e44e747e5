"""Bring in the log: manage.py import_log FILE --school URN [--apply]."""

from __future__ import annotations

from careers.imports.command_line import ImportCommand


class Command(ImportCommand):
    help = "Bring in the log from CSV or Excel: one row for each pupil and activity."
    kind = "log"
