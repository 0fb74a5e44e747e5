"""Give a school's own term dates: manage.py set_terms --school URN --term Autumn 2026-09-02 2026-12-18 --term ..."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from careers.schools.actions import SchoolRefused, set_terms
from careers.schools.clock import current_year
from careers.schools.command_line import refuse, school_with
from criteria.periods import AcademicYear, Term


class Command(BaseCommand):
    help = "Say when a school's terms run in one academic year, so that 'since last term' means its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument("--academic-year", type=int, metavar="2026", help="2026 is 2026/27; this year if left out")
        parser.add_argument(
            "--term", action="append", required=True, nargs=3, metavar=("NAME", "FIRST_DAY", "LAST_DAY"),
            help="once for each term, days like 2026-09-02; they replace any given earlier for that year",
        )  # fmt: skip

    def handle(self, *args: Any, **given: Any) -> None:
        school = school_with(given["school"])
        year = AcademicYear(given["academic_year"] or current_year().start_year)
        try:
            terms = [Term(name, day_of(first), day_of(last)) for name, first, last in given["term"]]
            terms = set_terms(school=school, year=year, terms=terms, by=None)
        except SchoolRefused as refused:
            raise refuse(str(refused)) from None
        for term in terms:
            self.stdout.write(
                f"{term.name} {year}: {term.starts.day} {term.starts:%B} to {term.ends.day} {term.ends:%B}"
            )


def day_of(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise SchoolRefused(f"{written} is not a day: write it like 2026-09-02.") from None
