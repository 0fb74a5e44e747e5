"""The roll: pupils of seven year groups and the leavers of the last four years, with the year group each held every year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from careers.demonstration import names
from careers.demonstration.calendar import school_day
from careers.demonstration.plan import Now, Plan, reference
from careers.demonstration.upn import upn
from careers.programme.models import Activity
from careers.pupils.models import Pupil

Story = Callable[[Activity, int], str | None]
"""What becomes of one pupil at an activity met in a year group: a status, USUAL, or None for not being there at all."""

USUAL = "usual"


def usual(activity: Activity, year_group: int) -> str | None:
    return USUAL


@dataclass(eq=False)
class Child:
    """A pupil with what the log is made from: tendencies that no school would write down, and are never stored."""

    pupil: Pupil
    years: dict[int, int]
    letter: str
    absence: float = 0.05
    keenness: float = 1.0
    facts: dict[str, str] = field(default_factory=dict)
    story: Story = usual
    scenario: str = ""

    def was_on_roll(self, day: date) -> bool:
        return self.pupil.is_on_roll(day)

    def grow_older(self, years: int) -> None:
        """Move the birthday back by whole years."""
        if born := self.pupil.date_of_birth:
            self.pupil.date_of_birth = date(born.year - years, born.month, min(born.day, 28))

    def form(self, year: int) -> str:
        """The name of the form in an academic year, empty without a year group. The sixth form has four forms at most."""
        group = self.years.get(year)
        if group is None:
            return ""
        letter = self.letter if group < 12 else "ABCD"[ord(self.letter) % 4]
        return f"{min(group, 13)}{letter}"


class RollMaker:
    """Makes the children of one school, cohort by cohort. A cohort is those who would have begun Year 7 in one academic year."""

    def __init__(self, plan: Plan, now: Now) -> None:
        self.plan = plan
        self.now = now
        self.children: list[Child] = []
        self.serials: dict[tuple[int, int], int] = {}

    def make(self) -> list[Child]:
        for back, size in enumerate(self.plan.sizes):
            self.lower_cohort(back, size)
        if self.plan.high_age > 16:
            self.sixth_form_cohorts()
        self.leavers_after_year_11()
        if self.plan.high_age > 16:
            self.oddities()
        return self.children

    def lower_cohort(self, back: int, size: int) -> None:
        rng = self.plan.dice("cohort", back)
        for _ in range(size):
            first = 7 if back == 0 or rng.random() < 0.95 else rng.randint(7, 6 + back)
            self.child(rng, back, first, 7 + back)
        for _ in range(rng.randint(2, 4) if back else 0):
            self.child(rng, back, 7, 6 + back, moved_away=True)

    def sixth_form_cohorts(self) -> None:
        """Year 12 and 13 now, and those who left from Year 13 in the last four years; an eighth come from other schools."""
        for back in range(5, 7 + self.plan.leavers):
            rng = self.plan.dice("sixth form", back)
            size = self.plan.sixth_form[back - 5] if back < 7 else rng.randint(96, 108)
            for _ in range(size):
                first = 12 if rng.random() < 0.13 else 7
                self.child(rng, back, first, min(7 + back, 13))
            for _ in range(7 if 6 <= back <= 5 + self.plan.leavers else 0):
                self.child(rng, back, 7, 12)

    def leavers_after_year_11(self) -> None:
        for back in range(5, 5 + self.plan.leavers):
            rng = self.plan.dice("leavers", back)
            size = rng.randint(80, 90) if self.plan.high_age > 16 else rng.randint(24, 30)
            for _ in range(size):
                self.child(rng, back, 7, 11)

    def oddities(self) -> None:
        """Two in a third sixth-form year and one whose year group nobody has entered."""
        rng = self.plan.dice("oddities")
        for _ in range(2):
            child = self.child(rng, 7, 7, 13)
            child.years[self.now.year] = 14
            child.pupil.left_on = None
        unknown = self.child(rng, 0, 7, 7)
        unknown.years.clear()

    def child(self, rng: Random, back: int, first: int, last: int, *, moved_away: bool = False) -> Child:
        """A pupil of the cohort that began Year 7 `back` years ago, here from year group `first` to `last`."""
        entry = self.now.year - back
        sex = rng.choice("FM")
        forename = names.forename(rng, sex)
        pupil = Pupil(
            reference=reference(rng),
            upn=self.next_upn(rng, entry),
            mis_id=f"{len(self.children) + 2001:06}",
            surname=names.surname(rng),
            forename=forename,
            middle_names=names.forename(rng, sex) if rng.random() < 0.5 else "",
            preferred_forename=names.KNOWN_AS.get(forename, "") if rng.random() < 0.6 else "",
            date_of_birth=date(entry - 12, 9, 1) + timedelta(rng.randrange(365)),
            sex=sex,
            joined_on=self.joined_on(rng, entry, first),
            left_on=self.left_on(rng, entry, last, moved_away),
        )
        if last >= 12 and rng.random() < 0.85:
            pupil.considering_he = rng.random() < 0.68
        years = {entry + group - 7: group for group in range(first, last + 1)}
        child = Child(pupil, years, rng.choice(self.plan.forms))
        if first == 7 and rng.random() < 0.004:
            self.repeat_a_year(child, rng)
        self.children.append(child)
        return child

    def joined_on(self, rng: Random, entry: int, first: int) -> date:
        year = entry + first - 7
        if first in (7, 12):
            return date(year, 9, 1)
        return min(school_day(year, rng.choice((9, 11, 1, 2, 4, 6)), rng.randint(3, 25)), self.now.today)

    def left_on(self, rng: Random, entry: int, last: int, moved_away: bool) -> date | None:
        year = entry + last - 7
        if moved_away:
            return school_day(year, rng.choice((11, 1, 3, 6)), rng.randint(3, 25))
        return date(year + 1, 8, 31) if year < self.now.year else None

    def repeat_a_year(self, child: Child, rng: Random) -> None:
        """Began a year earlier than the cohort and was kept back once: two academic years hold the same year group."""
        first = min(child.years)
        again = rng.choice(sorted(child.years.values())[:3])
        earlier = {first - 1 + group - 7: group for group in range(7, again + 1)}
        child.years = {**earlier, **{year: group for year, group in child.years.items() if group >= again}}
        child.pupil.joined_on = date(first - 1, 9, 1)
        child.grow_older(1)

    def next_upn(self, rng: Random, entry: int) -> str:
        """Children come from a dozen primary schools, which numbered them when they were four."""
        primary = 2001 + rng.randrange(12) if not self.plan.special else 2101 + rng.randrange(6)
        serial = self.serials[primary, entry] = self.serials.get((primary, entry), 0) + 1
        return upn(primary, entry - 7, serial)
