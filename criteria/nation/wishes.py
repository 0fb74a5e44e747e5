"""What synthetic nation to make, and how much room it will take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.files import FileError
from criteria.nation.roll import schools_of

BYTES_A_PUPIL, BYTES_AN_ENCOUNTER, BYTES_A_SCHOOL = 24, 8, 24_000
"""What the files have been seen to take, and a little over."""
FEWEST, MOST, MOST_EACH = 100, 100_000_000, 150
"""More would need more numbers for schools, or for occasions of a year, than there are."""


@dataclass(frozen=True)
class Wanted:
    """What to make. `pupils` are rows of the pupils table, leavers of three years among them."""

    pupils: int
    encounters_per_pupil: float
    as_at: str
    seed: int

    def __str__(self) -> str:
        each = f"--encounters-per-pupil {self.encounters_per_pupil:g}"
        return f"--pupils {self.pupils} {each} --as-at {self.as_at} --seed {self.seed}"

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_at)

    @property
    def bytes(self) -> int:
        encounters = self.pupils * self.encounters_per_pupil
        return round(
            self.pupils * BYTES_A_PUPIL + encounters * BYTES_AN_ENCOUNTER + schools_of(self.pupils) * BYTES_A_SCHOOL
        )

    def refuse_impossible(self) -> None:
        """FileError where no such nation can be."""
        if not FEWEST <= self.pupils <= MOST or not 0 < self.encounters_per_pupil <= MOST_EACH:
            raise FileError(
                f"--pupils must be from {FEWEST} to {MOST:,}, and --encounters-per-pupil more than 0 and at most {MOST_EACH}."
            )


def size(number: float) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e8 else f"{number / 1e6:,.1f} MB"
