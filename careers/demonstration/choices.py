"""What pupils and parents chose: whether leavers may be followed, and what the local authority is not to be told."""

from __future__ import annotations

from collections.abc import Iterator

from careers.demonstration.calendar import school_day
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.demonstration.roll import Child
from careers.protection.models import SharingInstruction, TrackingConsent
from careers.protection.sharing import sixteenth_birthday

ASKED_IN = 11
Answer = TrackingConsent.Answer


def consents(made: Made) -> Iterator[TrackingConsent]:
    """Everybody was asked in the January of Year 11 and most said yes; of this year's, one form was asked in October."""
    for child in made.children:
        year = next((year for year, group in child.years.items() if group == ASKED_IN), None)
        if year is None or not in_time(made, child, year):
            continue
        dice, this_year = made.plan.dice("consent", child.pupil.upn), year == made.log.now.year
        day = school_day(year, 10, 12) if this_year else school_day(year, 1, 18, later=dice.randrange(5))
        answer = Answer.ASKED if this_year and dice.random() < 0.3 else Answer.GIVEN
        if dice.random() < 0.02:
            answer = Answer.REFUSED
        answered = None if answer == Answer.ASKED else day
        how = "" if answer == Answer.ASKED else "written"
        yield TrackingConsent(
            pupil=child.pupil,
            answer=answer,
            asked_on=day,
            answered_on=answered,
            how=how,
            reference=reference(dice),
        )


def in_time(made: Made, child: Child, year: int) -> bool:
    if year != made.log.now.year:
        return year < made.log.now.year
    return child.letter == "A" and school_day(year, 10, 12) <= made.log.now.today


def instructions(made: Made) -> Iterator[SharingInstruction]:
    """A few parents said no in Year 9. Those of pupils who have turned 16 since no longer hold."""
    for child in made.children:
        dice = made.plan.dice("sharing", child.pupil.upn)
        year = next((year for year, group in child.years.items() if group == 9), None)
        if year is None or child.pupil.left_on or dice.random() > 0.01:
            continue
        day, born = school_day(year, 9, 14), child.pupil.date_of_birth
        if day <= made.log.now.today and born and day < sixteenth_birthday(born):
            yield SharingInstruction(
                pupil=child.pupil,
                giver="parent",
                relationship="Parent",
                how="written",
                given_on=day,
                reference=reference(dice),
            )
