"""What a school gives its local authority about its pupils, and whose word holds on that.

Education and Skills Act 2008, sections 14 and 72: on the authority's request a school gives a pupil's name, address and date
of birth and a parent's name and address (basic information: nobody can opt out); and other information it holds
(additional), unless it was instructed not to: by a parent while the pupil is under 16, by the young person from the 16th
birthday. What holds is decided anew for each file.

Three readings of ours, said in decision 0024: a parent's instruction does not carry over past the 16th birthday; who is born
on 29 February is 16 on 1 March of a year without one; and where no date of birth is held, any instruction holds, whoever
gave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careers.protection.record_of_sharing import Giver, SharingInstruction
from careers.pupils.models import Pupil

AGE = 16
PARENT_NO_LONGER = (
    "A parent’s instruction no longer holds since the 16th birthday, as we read the law: ask the young person"
)


@dataclass(frozen=True)
class Ruling:
    """Whether additional information may be given about a pupil on a day, and why not."""

    allowed: bool
    why: str = ""
    note: str = ""
    """What whoever makes the file should know though it changes nothing, such as an instruction that no longer holds."""


def birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # born on 29 February
        return date(born.year + age, 3, 1)


def sixteenth_birthday(born: date) -> date:
    return birthday(born, AGE)


def speaks_for_the_record(pupil: Pupil, day: date) -> Giver | None:
    """Whose instruction counts on a day; None where no date of birth is held."""
    if pupil.date_of_birth is None:
        return None
    return Giver.YOUNG_PERSON if day >= sixteenth_birthday(pupil.date_of_birth) else Giver.PARENT


def ruling(pupil: Pupil, instructions: Iterable[SharingInstruction], day: date) -> Ruling:
    """`instructions` are the pupil's own; those given later or withdrawn by that day do not hold."""
    standing = [each for each in instructions if _stands(each, day)]
    speaker = speaks_for_the_record(pupil, day)
    if speaker is None:
        return Ruling(not standing, "An instruction stands, and no date of birth is held" if standing else "")
    holding = next((each for each in standing if each.giver == speaker), None)
    if holding:
        return Ruling(False, f"{holding.get_giver_display()} instructed so on {_day(holding.given_on)}")
    if any(each.giver == Giver.PARENT for each in standing) and speaker == Giver.YOUNG_PERSON:
        return Ruling(True, note=PARENT_NO_LONGER)
    return Ruling(True)


def _stands(instruction: SharingInstruction, day: date) -> bool:
    return instruction.given_on <= day and (instruction.withdrawn_on is None or instruction.withdrawn_on > day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
