"""Collects activities and encounters in memory; nothing is written until everything is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from careers.accounts.models import User
from careers.demonstration.plan import Now, Plan, reference
from careers.demonstration.roll import USUAL, Child
from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.models import Activity
from criteria.periods import AcademicYear

Status = Encounter.Status


@dataclass
class Entry:
    """One activity with its partners and its register."""

    activity: Activity
    day: date
    partners: list[Partner]
    register: dict[Child, str]


class Log:
    def __init__(self, plan: Plan, now: Now) -> None:
        self.plan = plan
        self.now = now
        self.entries: list[Entry] = []
        self.owners: list[User] = []
        self.references = plan.dice("references")

    def activity(self, type: str, title: str, day: date, *, partners: Iterable[Partner] = (), **facts: Any) -> Entry:
        """Add an activity. Before today it was delivered, from today on it is planned, unless `status` says otherwise."""
        past = day < self.now.today
        usual = {
            "status": Activity.Status.DELIVERED if past else Activity.Status.PLANNED,
            "academic_year": AcademicYear.containing(day).start_year,
            "owner": self.owners[len(self.entries) % len(self.owners)] if self.owners else None,
        }
        activity = Activity(
            type=type, title=title, starts_on=day, reference=reference(self.references), **{**usual, **facts}
        )
        entry = Entry(activity, day, list(partners), {})
        self.entries.append(entry)
        return entry

    def invite(
        self, entry: Entry, children: Iterable[Child], rng: Random, *, taken: bool = True, optional: bool = False
    ) -> None:
        """Write each child's place: booked while it is to come (or the register was never taken), else there or not.

        Optional events have children who said no. A child with a story goes by the story.
        """
        day = entry.day
        past = day < self.now.today and taken
        for child in children:
            luck, kind = rng.random(), rng.random()
            if not child.was_on_roll(day) or child in entry.register:
                continue
            told = child.story(entry.activity, child.years.get(entry.activity.academic_year, 0))
            if told is None:
                continue
            if not past:
                entry.register[child] = Status.BOOKED
            elif told != USUAL:
                entry.register[child] = told
            else:
                entry.register[child] = outcome(child, luck, kind, optional)

    def put(self, entry: Entry, child: Child, status: str = Status.ATTENDED) -> Entry:
        """Write one child's place whatever the roll or the story says."""
        entry.register[child] = status
        return entry

    def count(self) -> int:
        return sum(len(entry.register) for entry in self.entries)


def outcome(child: Child, luck: float, kind: float, optional: bool) -> str:
    if luck < child.absence:
        return Status.EXCUSED if kind < 0.22 else Status.ABSENT
    if optional and luck > 0.9:
        return Status.DECLINED if kind < 0.5 else Status.OFFERED
    return Status.ATTENDED
