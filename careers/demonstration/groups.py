"""Forms for every year of the log, and teaching classes with their subjects for this year and the last."""

from __future__ import annotations

from datetime import date

from careers.demonstration.plan import Now, Plan, reference
from careers.demonstration.roll import Child
from careers.pupils.models import Group

LOWER = (
    "English", "Mathematics", "Science", "History", "Geography", "Art and design", "Music", "Design and technology", "Computing",
    "Physical education",
)  # fmt: skip
CORE = ("English", "Mathematics", "Science", "Physical education")
OPTIONS = (
    "History", "Geography", "French", "Spanish", "Art and design", "Music", "Drama", "Design and technology", "Computing",
    "Business", "Health and social care", "Religious studies",
)  # fmt: skip
ADVANCED = (
    "English literature", "Mathematics", "Further mathematics", "Biology", "Chemistry", "Physics", "History", "Geography",
    "Psychology", "Sociology", "Business", "Computing", "Art and design", "Spanish", "Health and social care", "Sport science",
)  # fmt: skip
SPECIAL = (
    "English",
    "Mathematics",
    "Science",
    "Art and design",
    "Computing",
    "Food and nutrition",
    "Physical education",
    "Life skills",
)

STEM = {
    "Mathematics",
    "Further mathematics",
    "Science",
    "Biology",
    "Chemistry",
    "Physics",
    "Computing",
    "Design and technology",
}
CLASS_SIZE = 27


class GroupMaker:
    def __init__(self, plan: Plan, now: Now, children: list[Child]) -> None:
        self.plan = plan
        self.now = now
        self.children = children
        self.groups: dict[tuple[str, str, int], Group] = {}
        self.memberships: list[tuple[Group, Child, date | None, date | None]] = []
        """Group, child, first and last day in it where these are not the year's."""
        self.classes: dict[tuple[int, int, str], dict[str, list[Child]]] = {}
        """(academic year, year group, subject) to the classes of that subject, each with its children."""

    def make(self) -> None:
        for year in range(self.now.year - self.plan.years_of_log + 1, self.now.year + 1):
            for child in self.children:
                if form := child.form(year):
                    self.join(child, Group.Kind.FORM, form, year)
        for year in (self.now.year - 1, self.now.year):
            self.teach(year)

    def join(self, child: Child, kind: str, name: str, year: int, subject: str = "") -> None:
        group = self.groups.get((kind, name, year))
        if group is None:
            rng = self.plan.dice(kind, name, year - self.now.year)
            group = Group(kind=kind, name=name, academic_year=year, subject=subject, reference=reference(rng))
            self.groups[kind, name, year] = group
        starts, left = child.pupil.joined_on, child.pupil.left_on
        starts, left = child.pupil.joined_on, child.pupil.left_on
        starts = starts if starts and starts.year >= year and (starts.month, starts.day) != (9, 1) else None
        ends = left if left and left.month != 8 and year == max(child.years, default=0) else None
        self.memberships.append((group, child, starts, ends))

    def teach(self, year: int) -> None:
        rng = self.plan.dice("options", year - self.now.year)
        wanted: dict[tuple[int, str], list[Child]] = {}
        for child in self.children:
            group = child.years.get(year)
            if group is None:
                continue
            for subject in self.subjects_of(child, min(group, 13), sorted(rng.sample(range(len(OPTIONS)), 4))):
                wanted.setdefault((min(group, 13), subject), []).append(child)
        for (group, subject), children in wanted.items():
            self.divide(year, group, subject, children)

    def subjects_of(self, child: Child, group: int, choices: list[int]) -> list[str]:
        """Eleven subjects in Years 7 to 9, eight in Years 10 and 11, three or four after."""
        if self.plan.special:
            return list(SPECIAL)
        if group <= 9:
            return [*LOWER, "French" if child.letter in "ABCD" else "Spanish"]
        if group <= 11:
            return [*CORE, *(OPTIONS[n] for n in choices)]
        taken = 4 if choices[0] == 0 else 3
        return [ADVANCED[(n + choices[3]) % len(ADVANCED)] for n in choices[:taken]]

    def divide(self, year: int, group: int, subject: str, children: list[Child]) -> None:
        """Lower years are taught in their forms; others in as many classes as the number asks for."""
        number = -(-len(children) // CLASS_SIZE)
        classes = self.classes.setdefault((year, group, subject), {})
        for place, child in enumerate(children):
            label = child.letter if group <= 9 or self.plan.special else str(place % number + 1)
            name = f"{group}{label} {subject}"
            classes.setdefault(name, []).append(child)
            self.join(child, Group.Kind.CLASS, name, year, subject)
