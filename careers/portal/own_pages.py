"""What a pupil or a parent reads of a record: what happened, what is to come, and the choices that are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careers.accounts.models import Membership
from careers.encounters.models import Encounter
from careers.evaluation.journey import Step, steps
from careers.evaluation.pupil_log import encounters_of
from careers.programme.models import Activity
from careers.protection import consent
from careers.protection.naming import Names
from careers.protection.record_of_consent import TrackingConsent
from careers.protection.record_of_sharing import Giver, SharingInstruction
from careers.protection.sharing import Ruling, ruling, speaks_for_the_record
from careers.protection.terms import terms_of
from careers.pupils.models import OwnRecord, Pupil, YearHeld
from careers.pupils.visibility import pupils_visible_to
from careers.quality.own import still_to_say
from careers.schools.clock import current_year, today
from criteria.periods import AcademicYear

NOT_SHOWN = (Activity.Type.STAFF_DEVELOPMENT,)


@dataclass(frozen=True)
class Line:
    """Something that happened or is to come, with no word of what it counts for."""

    day: date | None
    title: str
    with_whom: str
    said: str
    year: str
    """The academic year it was in."""


@dataclass(frozen=True)
class OwnPage:
    pupil: Pupil
    where: str
    to_come: list[Line]
    happened: list[Line]
    sharing: Ruling
    instruction: SharingInstruction | None
    """The reader's own instruction, while it stands."""
    may_instruct: bool
    """Whether the choice about the local authority is the reader's to make."""
    consent: TrackingConsent | None
    kept: str
    """How long it keeps what became of a leaver, where that is asked: "3 years"."""
    may_answer: bool
    """Whether the choice about being followed is the reader's to make: the pupil's alone, from Year 11."""
    self: bool


def own_pupils(membership: Membership) -> list[Pupil]:
    """The pupil, or a parent's children who are on roll: a parent no longer sees the record of a child who has left."""
    found = pupils_visible_to(membership)
    if membership.role != "pupil":
        found = found.on_roll(today())
    return list(found.order_by("forename", "pk"))


def own_page(membership: Membership, pupil: Pupil) -> OwnPage:
    """About ten queries, however long the log."""
    day, by_pupil = today(), relation_of(membership, pupil) == OwnRecord.Relation.SELF
    instructions = list(SharingInstruction.objects.filter(school=pupil.school, pupil=pupil))
    speaker = speaks_for_the_record(pupil, day)
    own = Giver.YOUNG_PERSON if by_pupil else Giver.PARENT
    held = YearHeld.objects.filter(school=pupil.school, pupil=pupil, academic_year__lte=current_year().start_year)
    year_group = held.order_by("-academic_year").values_list("year_group", flat=True).first()
    found, names = encounters_of(pupil), Names(pupil)
    shown = [e for e in found if e.activity.type not in NOT_SHOWN and e.activity.status != Activity.Status.CANCELLED]
    lines = [(step, _line(step, names)) for step in steps(shown, day)]
    return OwnPage(
        pupil=pupil,
        where=_where(pupil, year_group, day),
        to_come=[line for step, line in lines if step.planned and step.status in ("Booked", "Offered")],
        happened=[line for step, line in reversed(lines) if not step.planned],
        sharing=ruling(pupil, instructions, day),
        instruction=next((one for one in instructions if one.giver == own and one.withdrawn_on is None), None),
        may_instruct=speaker == own,
        kept=terms_of(pupil.school)["destinations"].words if by_pupil else "",
        consent=consent.latest(pupil.school, [pupil]).get(pupil.pk),
        may_answer=by_pupil and (year_group or 0) >= consent.ASKED_IN,
        self=by_pupil,
    )


def to_say(membership: Membership, pupil: Pupil) -> list[tuple[str, str]]:
    """(reference, title) of what the pupil was at lately and has said nothing of; for the pupil and not for a parent."""
    if relation_of(membership, pupil) != OwnRecord.Relation.SELF:
        return []
    names = Names(pupil)
    found = [(each.reference, each.title, each.get_type_display()) for each in still_to_say(pupil)]
    return [(reference, kind.lower() if names.within(title) else title) for reference, title, kind in found]


def relation_of(membership: Membership, pupil: Pupil) -> str:
    """What the reader is to the pupil: `self` or `parent`."""
    links = OwnRecord.objects.filter(school_id=membership.school_id, user_id=membership.user_id, pupil=pupil)
    relation = OwnRecord.Relation.SELF if membership.role == "pupil" else OwnRecord.Relation.PARENT
    return relation if links.filter(relation=relation).exists() else ""


SAID = {
    Encounter.Status.ATTENDED.label: "You were there",
    Encounter.Status.ABSENT.label: "Not there",
    Encounter.Status.EXCUSED.label: "Not there, with a reason",
    Encounter.Status.DECLINED.label: "Said no",
    Encounter.Status.OFFERED.label: "Offered",
    Encounter.Status.BOOKED.label: "Booked",
    "Register not taken": "Nobody has written down yet who was there",
}


def _line(step: Step, names: Names) -> Line:
    """A title that names another pupil is not shown: its kind is."""
    title = step.kind if names.within(step.title) else step.title
    return Line(
        step.day, title, step.with_whom, SAID.get(step.status, step.status), str(AcademicYear(step.academic_year))
    )


def _where(pupil: Pupil, year_group: int | None, day: date) -> str:
    if not pupil.is_on_roll(day):
        return "No longer on roll"
    return f"Year {year_group}" if year_group else ""
