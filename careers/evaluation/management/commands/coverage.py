"""manage.py coverage: what a year's programme would cover, as plain text."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from careers.evaluation.coverage import coverage_of
from careers.evaluation.coverage_report import lines
from careers.schools.clock import current_year
from careers.schools.models import School
from criteria.loading import FrameworkError
from criteria.periods import AcademicYear


class Command(BaseCommand):
    help = (
        "Say what a school's programme would cover before it is delivered, and which of its claims the rules bear out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument(
            "--academic-year", type=int, metavar="YEAR", help="2026 is 2026/27; the current year if left out"
        )
        parser.add_argument("--source", default="", metavar="URL", help="only what was published there")
        parser.add_argument("--edition", default="", help="judge by another edition, such as gatsby-2014")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.filter(urn=options["school"]).first()
        if school is None:
            known = ", ".join(School.objects.order_by("urn").values_list("urn", flat=True)[:20]) or "none"
            raise CommandError(f"There is no school with URN {options['school']} here. There are: {known}.")
        year = AcademicYear(options["academic_year"] or current_year().start_year)
        try:
            with scope(school=school):
                found = coverage_of(school, year, options["source"], options["edition"])
        except FrameworkError as error:
            raise CommandError(str(error)) from error
        for line in lines(found):
            self.stdout.write(line)
