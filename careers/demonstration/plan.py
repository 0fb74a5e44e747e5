"""The two invented schools: how large they are, how they are divided, and how far back their log goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from careers.schools.models import REFERENCE_ALPHABET, School
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class Plan:
    """What the makers of pupils, partners and activities need to know of a school. Numbers of pupils are those of this year."""

    key: str
    name: str
    urn: str
    laestab: str
    kind: str
    high_age: int
    sizes: tuple[int, ...]
    sixth_form: tuple[int, int]
    forms: str
    years_of_log: int
    weak_year: int
    leavers: int = 4
    form_service: dict[str, float] = field(default_factory=dict)

    @property
    def last_year_group(self) -> int:
        return self.high_age - 5

    @property
    def special(self) -> bool:
        return self.kind == School.Kind.SPECIAL

    def dice(self, *about: object) -> Random:
        """A generator of its own for each thing made, so that a change to one leaves the others as they were."""
        return Random("/".join(str(word) for word in (self.key, *about)))  # noqa: S311

    def school(self) -> School:
        return School(
            name=self.name,
            urn=self.urn,
            laestab=self.laestab,
            kind=self.kind,
            high_age=self.high_age,
            demonstration=True,
            reference=reference(self.dice("school")),
        )


def reference(rng: Random) -> str:
    """A reference that is the same in every demonstration, so that an address written down still works after loading afresh."""
    return "".join(rng.choices(REFERENCE_ALPHABET, k=12))


@dataclass(frozen=True)
class Now:
    """The day the demonstration is loaded on, and the academic year it falls in."""

    today: date

    @property
    def year(self) -> int:
        return AcademicYear.containing(self.today).start_year


MAIN = Plan(
    key="main",
    name="Ashmere Vale School",
    urn="990001",
    laestab="9994001",
    kind=School.Kind.MAINSTREAM,
    high_age=18,
    sizes=(187, 191, 185, 187, 182),
    sixth_form=(112, 103),
    forms="ABCDEFG",
    years_of_log=7,
    weak_year=-4,
    form_service={"A": 0.99, "B": 0.97, "C": 0.96, "D": 0.95, "E": 0.93, "F": 0.84, "G": 0.72},
)
SPECIAL = Plan(
    key="special",
    name="Larkhollow School",
    urn="990002",
    laestab="9997002",
    kind=School.Kind.SPECIAL,
    high_age=16,
    sizes=(26, 29, 27, 30, 28),
    sixth_form=(0, 0),
    forms="KL",
    years_of_log=4,
    weak_year=-3,
    form_service={"K": 0.95, "L": 0.85},
)
PLANS = (MAIN, SPECIAL)
