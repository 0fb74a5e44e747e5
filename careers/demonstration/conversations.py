"""Conversations the tutor to sign in as has noted with pupils of their form. All invented; no criterion asks what was told."""

from __future__ import annotations

from random import Random

from careers.accounts.models import User
from careers.demonstration.calendar import school_days
from careers.demonstration.making import Made
from careers.demonstration.people import PEOPLE
from careers.demonstration.plan import reference
from careers.encounters.models import Conversation, Encounter
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from criteria.periods import AcademicYear

SAID = (
    "Asked what a surveyor does. We looked it up together, and she will ask her uncle what his days are like.",
    "Is worried about choosing subjects. I said that the options evening is in February, and that nobody has to know yet.",
    "Liked the talk from the ferry company. Did not know that there are jobs on land as well.",
)


def conversations(made: Made, users: dict[str, User]) -> None:
    """Three, of this month, written to the database with the activities and places they stand on."""
    tutor = next((person for person in PEOPLE if person.tutor_of), None)
    if made.plan.special or tutor is None:
        return
    today, dice = made.log.now.today, Random("conversations of the demonstration")  # noqa: S311 - invents, guards nothing
    year = AcademicYear.containing(today)
    pupils = Pupil.objects.filter(
        school=made.school, groups__name=tutor.tutor_of, groups__academic_year=year.start_year, left_on=None
    ).order_by("surname", "forename", "pk")
    days = [day for day in reversed(school_days(year.start_year)) if day < today][2::4]
    for day, pupil, text in zip(days, pupils[4:], SAID, strict=False):
        talk = Activity.objects.create(
            school=made.school, reference=reference(dice), title=f"Conversation with {users[tutor.email]}",
            type=Activity.Type.REVIEW, status=Activity.Status.DELIVERED, academic_year=year.start_year, starts_on=day,
            owner=users[tutor.email], one_to_one=True, employment_focus=False, records_aspiration=False,
            records_intention=False,
        )  # fmt: skip
        place = Encounter.objects.create(
            school=made.school, pupil=pupil, activity=talk, status=Encounter.Status.ATTENDED, recorded_by=talk.owner
        )
        Conversation.objects.create(
            school=made.school, reference=reference(dice), encounter=place, text=text, written_by=talk.owner
        )
