"""What is done about sharing: keeping an instruction, taking it back, making a file for the local authority. Each is audited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.protection.consent import may_be_followed
from careers.protection.record_of_sharing import Giver, SharedRecord, SharingExport, SharingInstruction
from careers.protection.sharing import Ruling, ruling, speaks_for_the_record
from careers.protection.sharing_facts import ADDITIONAL, BASIC, NOT_HELD, PURPOSES, Facts
from careers.pupils.models import Pupil
from careers.schools.clock import today
from careers.schools.models import School

Cell = str | date | None
WITHHELD = "withheld"
NO_CONSENT = "The young person has not agreed to be followed after leaving"


class SharingRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def instruct(*, pupil: Pupil, facts: dict[str, Any], by: User) -> SharingInstruction:
    """Keep an instruction. `facts` are fields of SharingInstruction. Raises SharingRefused where it is not this giver's to give."""
    giver, day = facts["giver"], facts.get("given_on") or today()
    speaker = speaks_for_the_record(pupil, day)
    if speaker == Giver.PARENT and giver == Giver.YOUNG_PERSON:
        raise SharingRefused("Until the 16th birthday this is a parent's or carer's to say.")
    if speaker == Giver.YOUNG_PERSON and giver == Giver.PARENT:
        raise SharingRefused("From the 16th birthday this is the young person's own to say.")
    with transaction.atomic():
        if SharingInstruction.objects.filter(pupil=pupil, giver=giver, withdrawn_on__isnull=True).exists():
            raise SharingRefused("This instruction is on record already.")
        made = SharingInstruction.objects.create(
            school=pupil.school, pupil=pupil, recorded_by=by, **{**facts, "given_on": day}
        )
        record("recorded a sharing instruction", by=by, school=pupil.school, subject=pupil, giver=giver, how=made.how)
    return made


def take_back(*, instruction: SharingInstruction, by: User) -> None:
    """The instruction holds no longer, from today. Done twice it changes nothing more."""
    with transaction.atomic():
        standing = SharingInstruction.objects.filter(pk=instruction.pk, withdrawn_on__isnull=True)
        if standing.update(withdrawn_on=today()):
            giver = instruction.giver
            school, pupil = instruction.school, instruction.pupil
            record("took back a sharing instruction", by=by, school=school, subject=pupil, giver=giver)


@dataclass(frozen=True)
class Line:
    """One pupil in a file for the authority: the cells in the order of the heads, what was given and withheld, and why."""

    pupil: Pupil
    cells: tuple[Cell, ...]
    given: tuple[str, ...]
    withheld: tuple[str, ...]
    why: str
    note: str


@dataclass(frozen=True)
class File:
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def withheld(self) -> list[Line]:
        return [line for line in self.lines if line.withheld]

    @property
    def noted(self) -> list[Line]:
        return [line for line in self.lines if line.note]


def file_for(school: School, pupils: Sequence[Pupil], *, purpose: str, additional: bool, day: date) -> File:
    """What a file would say, each pupil ruled on as of `day`. Five queries, however many pupils."""
    extra = PURPOSES[purpose].additional if additional else ()
    facts, by_pupil = Facts(pupils, day), _instructions(school, pupils)
    followed = may_be_followed(school, pupils, day) if "destination" in extra else set()
    lines = [
        _line(pupil, facts, extra, ruling(pupil, by_pupil.get(pupil.pk, ()), day), pupil.pk in followed)
        for pupil in pupils
    ]
    heads = (*BASIC.values(), *(ADDITIONAL[name] for name in extra), "Withheld", "Why")
    return File(heads, tuple(lines))


def _line(pupil: Pupil, facts: Facts, extra: Sequence[str], said: Ruling, followed: bool) -> Line:
    basic = [facts.say(pupil, name) for name in BASIC]
    kept = [name for name in extra if not said.allowed or (name == "destination" and not followed)]
    cells = [WITHHELD if name in kept else facts.say(pupil, name) for name in extra]
    why = said.why if not said.allowed and kept else NO_CONSENT if kept else ""
    held = [name for name, cell in zip(BASIC, basic, strict=True) if cell != NOT_HELD]
    words = ", ".join(ADDITIONAL[name] for name in kept)
    given = (*held, *(name for name in extra if name not in kept))
    return Line(pupil, (*basic, *cells, words, why), given, tuple(kept), why, said.note if extra else "")


def _instructions(school: School, pupils: Iterable[Pupil]) -> dict[int, list[SharingInstruction]]:
    found: dict[int, list[SharingInstruction]] = {}
    keys = {pupil.pk for pupil in pupils}
    for each in SharingInstruction.objects.filter(school=school, pupil__in=keys):
        found.setdefault(each.pupil_id, []).append(each)
    return found


def make_file(
    *, school: School, pupils: Sequence[Pupil], facts: dict[str, Any], by: User
) -> tuple[SharingExport, File]:
    """Make a file and keep what it gave of whom. `facts` are fields of SharingExport. Raises SharingRefused for nobody."""
    if not pupils:
        raise SharingRefused("Nobody in these year groups is of an age to be in a file, so there is nothing to give.")
    with transaction.atomic():
        additional = facts["level"] == SharingExport.Level.ADDITIONAL
        made = file_for(school, pupils, purpose=facts["purpose"], additional=additional, day=today())
        counts = {"pupils": len(made.lines), "withheld": len(made.withheld)}
        export = SharingExport.objects.create(school=school, made_on=today(), made_by=by, **facts, **counts)
        SharedRecord.objects.bulk_create(
            SharedRecord(
                school=school,
                export=export,
                pupil=line.pupil,
                pupil_reference=line.pupil.reference,
                given=list(line.given),
                withheld=list(line.withheld),
                why=line.why,
            )
            for line in made.lines
        )
        record(
            "made a file for the local authority",
            by=by,
            school=school,
            subject=export,
            concerning=[line.pupil.pk for line in made.lines],
            recipient=export.recipient,
            purpose=export.purpose,
            level=export.level,
            pupils=export.pupils,
            withheld=export.withheld,
        )
    return export, made
