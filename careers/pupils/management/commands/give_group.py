"""Let a person answer for a group: manage.py give_group --email ... --school URN --group 9C."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.pupils.actions import GroupRefused, give_groups, take_groups
from careers.pupils.models import Group
from careers.schools.clock import current_year
from careers.schools.command_line import refuse, school_with
from criteria.periods import AcademicYear


class Command(BaseCommand):
    help = "Let a tutor or an adviser see the pupils of a form, a class or another group of one academic year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument(
            "--group", required=True, action="append", metavar="NAME", help="may be given several times"
        )
        parser.add_argument("--kind", default=Group.Kind.FORM.value, choices=Group.Kind.values)
        parser.add_argument("--academic-year", type=int, metavar="2026", help="2026 is 2026/27; this year if left out")
        parser.add_argument("--end", action="store_true", help="they answer for it no longer")

    def handle(self, *args: Any, **given: Any) -> None:
        year = AcademicYear(given["academic_year"] or current_year().start_year)
        facts = {"email": given["email"], "names": given["group"], "kind": given["kind"], "year": year}
        do = take_groups if given["end"] else give_groups
        try:
            groups = do(**facts, school=school_with(given["school"]), by=None)
        except GroupRefused as refused:
            raise refuse(str(refused)) from None
        answers = "no longer answers" if given["end"] else "answers"
        self.stdout.write(f"{given['email']} {answers} for {', '.join(str(group) for group in groups)} in {year}.")
