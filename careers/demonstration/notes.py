"""Notes of guidance by the adviser to sign in as, of the last meetings with pupils of their caseload. All invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from careers.accounts.models import User
from careers.demonstration.making import Made
from careers.demonstration.people import PEOPLE
from careers.demonstration.plan import reference
from careers.encounters.models import Encounter
from careers.guidance.models import Note
from careers.programme.models import Activity

SAID = (
    "Wants to work with animals. Will compare the two college courses and bring questions to the next meeting.",
    "Undecided between sixth form and an apprenticeship. Agreed to go to the apprenticeship evening and to talk at home.",
    "Interested in nursing. Looked at entry requirements together; will ask the science teacher about the combined award.",
    "Enjoyed the placement at the garage. Will write to them about the summer, and keep the mathematics up.",
    "Thinking of architecture. Will look at three courses and what each asks for, and start a portfolio.",
    "Has a place at college and a second choice. Went through what to do in August, and whom to ring.",
)
MOST = 30


def guidance_notes(made: Made, users: dict[str, User]) -> list[Note]:
    """The latest meetings attended on the caseload, each with a note written that afternoon, or of a concern passed on."""
    adviser = next((users[person.email] for person in PEOPLE if person.caseload), None)
    if made.plan.special or adviser is None:
        return []
    today = made.log.now.today
    held = Encounter.objects.filter(
        school=made.school, status=Encounter.Status.ATTENDED, activity__type=Activity.Type.GUIDANCE_MEETING,
        activity__starts_on__lt=today, activity__starts_on__gt=today - timedelta(400),
        pupil__group_memberships__group__group_staff__user=adviser,
    )  # fmt: skip
    latest = held.select_related("activity").order_by("-activity__starts_on", "pk").distinct()[:MOST]
    dice = made.plan.dice("notes of guidance")
    return [_note(meeting, adviser, number, reference(dice)) for number, meeting in enumerate(latest)]


def _note(meeting: Encounter, adviser: User, number: int, reference: str) -> Note:
    concern = number == MOST // 2
    day = meeting.activity.starts_on
    assert day is not None  # noqa: S101 - asked for above
    return Note(
        reference=reference,
        pupil_id=meeting.pupil_id,
        encounter=meeting,
        kind=Note.Kind.CONCERN if concern else Note.Kind.GUIDANCE,
        text="" if concern else SAID[number % len(SAID)],
        passed_to=Note.PassedTo.LEAD if concern else "",
        written_by=adviser,
        written_at=timezone.make_aware(datetime.combine(day, time(15, 30))),
    )
