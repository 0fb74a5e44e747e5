"""Whether the school may follow where young people go after they leave, and asking them.

So a Careers Hub tells schools (https://www.careershubcios.co.uk/schools-colleges/benchmark-3/destination-data-and-management/):
ask in Year 11, and follow nobody after 16 without their consent. We know of no law that says it in these words. Without a yes
a school records no destination of somebody who has turned 16 and left. Those who stay in its own sixth form are its pupils still,
and need not be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from careers.accounts.models import User
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.protection.record_of_consent import TrackingConsent
from careers.protection.sharing import sixteenth_birthday
from careers.pupils.models import Pupil, YearHeld
from careers.schools.clock import today
from careers.schools.models import School
from criteria.periods import AcademicYear

ASKED_IN = 11
Answer = TrackingConsent.Answer


class ConsentRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def latest(school: School, pupils: Iterable[Pupil]) -> dict[int, TrackingConsent]:
    """Each pupil's latest answer, or that they were asked. One query."""
    keys = {pupil.pk for pupil in pupils}
    rows = TrackingConsent.objects.filter(school=school, pupil__in=keys).order_by("asked_on", "pk")
    return {row.pupil_id: row for row in rows}


def may_be_followed(school: School, pupils: Sequence[Pupil], day: date) -> set[int]:
    """Keys of the pupils whose destination may be recorded on a day: they agreed, are still here, or are not yet 16. One query."""
    said = latest(school, pupils)
    return {
        pupil.pk
        for pupil in pupils
        if not _needs_asking(pupil, day) or (pupil.pk in said and said[pupil.pk].answer == Answer.GIVEN)
    }


def _needs_asking(pupil: Pupil, day: date) -> bool:
    """From 16, unless on roll. With no date of birth held, anybody who has left."""
    if pupil.is_on_roll(day):
        return False
    return pupil.date_of_birth is None or day >= sixteenth_birthday(pupil.date_of_birth)


def to_ask(school: School, day: date) -> list[Pupil]:
    """Year 11s on roll who were not asked yet, by name."""
    asked = TrackingConsent.objects.filter(school=school).values("pupil_id")
    return list(year_elevens(school, day).exclude(pk__in=asked))


def year_elevens(school: School, day: date) -> QuerySet[Pupil]:
    year = AcademicYear.containing(day).start_year
    held = YearHeld.objects.filter(school=school, academic_year=year, year_group=ASKED_IN).values("pupil_id")
    return Pupil.objects.filter(school=school, pk__in=held).on_roll(day).order_by("surname", "forename", "pk")


def followed_without_consent(school: School) -> list[Encounter]:
    """Destination checks recorded or booked of people who have left and did not agree, newest first. Three queries."""
    checks = Encounter.objects.filter(school=school, activity__type=Activity.Type.DESTINATION)
    checks = checks.exclude(activity__status=Activity.Status.CANCELLED)
    rows = list(checks.select_related("pupil", "activity").order_by("-activity__starts_on", "pupil__surname", "pk"))
    said = latest(school, [row.pupil for row in rows])
    return [
        row
        for row in rows
        if _needs_asking(row.pupil, row.activity.starts_on or today())
        and not (row.pupil_id in said and said[row.pupil_id].answer == Answer.GIVEN)
    ]


def ask(*, pupil: Pupil, day: date, by: User) -> TrackingConsent:
    """They were asked on a day, and have not answered. Somebody asked already, and not answered, is left as they are."""
    with transaction.atomic():
        before = latest(pupil.school, [pupil]).get(pupil.pk)
        if before is not None and before.answer == Answer.ASKED:
            return before
        made = TrackingConsent.objects.create(
            school=pupil.school, pupil=pupil, asked_on=day, answer=Answer.ASKED, recorded_by=by
        )
        record("asked for consent to follow", by=by, school=pupil.school, subject=pupil, on=day.isoformat())
    return made


def ask_everybody(*, pupils: Sequence[Pupil], day: date, by: User) -> int:
    """The same for several at once."""
    with transaction.atomic():
        for pupil in pupils:
            ask(pupil=pupil, day=day, by=by)
    return len(pupils)


def answer(*, pupil: Pupil, said: str, facts: dict[str, Any], by: User) -> TrackingConsent:
    """Keep what they said: given or refused. `facts`: `asked_on`, `answered_on`, `how`. What they said before stays on record."""
    if said not in (Answer.GIVEN, Answer.REFUSED):
        raise ConsentRefused("Choose yes or no.")
    with transaction.atomic():
        before = latest(pupil.school, [pupil]).get(pupil.pk)
        if before is not None and before.answer == said:
            return before
        if before is not None and before.answer == Answer.ASKED:
            made = before
            made.answer, made.answered_on, made.how, made.recorded_by = said, facts["answered_on"], facts["how"], by
            made.save()
        else:
            _end(before, facts["answered_on"])
            made = TrackingConsent.objects.create(
                school=pupil.school, pupil=pupil, answer=said, recorded_by=by, **facts
            )
        record("recorded an answer about following", by=by, school=pupil.school, subject=pupil, said=said, how=made.how)
    return made


def withdraw(*, pupil: Pupil, by: User) -> None:
    """They take back a yes, from today. Nothing is recorded of where they go any more; what was recorded is listed for a person."""
    with transaction.atomic():
        before = latest(pupil.school, [pupil]).get(pupil.pk)
        if before is None or before.answer != Answer.GIVEN:
            raise ConsentRefused("There is no yes to take back.")
        _end(before, today())
        record("took back consent to follow", by=by, school=pupil.school, subject=pupil)


def _end(before: TrackingConsent | None, day: date) -> None:
    if before is not None and before.answer == Answer.GIVEN:
        before.answer, before.withdrawn_on = Answer.WITHDRAWN, day
        before.save(update_fields=["answer", "withdrawn_on"])
