"""manage.py load_demonstration: two invented schools, their pupils and seven years of their careers programmes."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.demonstration.loading import RealSchoolHere, load
from careers.demonstration.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Load two invented schools to try Trigpoint with. Refuses where there is a real school; does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        began = perf_counter()
        try:
            made = load()
        except RealSchoolHere as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if made is None:
            self.stdout.write("The demonstration is here already.")
            return
        for school in made:
            pupils, activities = len(school.children), len(school.log.entries)
            count = f"{pupils:,} pupils, {activities:,} activities, {school.log.count():,} encounters"
            self.stdout.write(f"{school.school.name}: {count}.")
        self.stdout.write(
            f"Loaded in {perf_counter() - began:.1f} seconds. Sign in as any of these, password {PASSWORD}:"
        )
        for person in PEOPLE:
            self.stdout.write(f"  {person.email}  {person.name}, {person.role}")
