"""Add a school: manage.py add_school --name "Our School" --urn 123456 --laestab 8884001."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from careers.schools.actions import SchoolRefused, add_school
from careers.schools.command_line import refuse
from careers.schools.models import School


class Command(BaseCommand):
    help = "Add a school. It has nobody in it until add_person has been run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--urn", required=True, help="six digits")
        parser.add_argument("--laestab", required=True, help="seven digits; 888/4001 and 888-4001 are understood")
        kinds = "; ".join(f"{value}: {label}" for value, label in School.Kind.choices)
        parser.add_argument("--kind", default=School.Kind.MAINSTREAM.value, help=kinds)
        parser.add_argument("--ages", default="11-18", help="youngest and oldest, like 11-16 (11-18 if left out)")

    def handle(self, *args: Any, **given: Any) -> None:
        facts = {name: given[name] for name in ("name", "urn", "laestab", "kind")}
        try:
            school = add_school(**facts, ages=ages_of(given["ages"]), by=None)
        except SchoolRefused as refused:
            raise refuse(str(refused)) from None
        first, last = school.year_groups[0], school.year_groups[-1]
        years = f"Years {first} to {last}" if first != last else f"Year {first}"
        self.stdout.write(f"{school.name} is here, with {years}. Now add its careers leader:")
        self.stdout.write(
            f"  manage.py add_person --school {school.urn} --role careers_leader --email ADDRESS --name NAME"
        )


def ages_of(written: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:-|–|to)\s*([0-9]{1,2})\s*", written)
    if match is None:
        raise refuse(f"{written} is not a range of ages: write the youngest and the oldest, like 11-18.")
    return int(match[1]), int(match[2])
