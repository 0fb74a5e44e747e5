"""Write the template of an impact assessment: manage.py write_impact_assessment, or with --school URN print a school's own."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from careers.protection.impact_assessment import assessment
from careers.schools.command_line import school_with

WHERE = settings.ROOT / "docs" / "reference" / "impact-assessment.md"


class Command(BaseCommand):
    help = "Write docs/reference/impact-assessment.md again; with --school, print one filled in for that school."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", metavar="URN")

    def handle(self, *args: Any, **given: Any) -> None:
        if given["school"]:
            self.stdout.write(assessment(school_with(given["school"])))
        else:
            WHERE.write_text(assessment())
