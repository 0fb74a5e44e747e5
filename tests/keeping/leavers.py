"""Pupils who have left, with what a school usually holds of one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django_scopes import scopes_disabled

from careers.encounters.models import Conversation, Encounter
from careers.imports.models import Import, ImportChange, ListSource
from careers.pupils.models import Arrival, Characteristic, Pupil
from careers.quality.models import Feedback, Link, Reflection, Sharing, ToldPupil
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_own_record, make_person, make_pupil, put_in_group

RARE = {
    "surname": "Quillfeather",
    "forename": "Zenobia",
    "middle_names": "Wrenlark",
    "preferred_forename": "Zenny",
    "preferred_surname": "Marrowby",
    "uln": "9876543210",
    "former_upn": "X999000000001",
    "mis_id": "mis-55-quill",
    "email": "zenny.quillfeather@example.org",
    "date_of_birth": date(2004, 5, 17),
}
"""Names nobody else has, so that one left anywhere is found."""
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))
TRACES = (*(str(value) for value in RARE.values()),)


def make_leaver(school: School, left_in: int, year_group: int = 11, **fields: Any) -> Pupil:
    """A pupil who left on a day in July of a year, from a year group."""
    usual = {"left_on": date(left_in, 7, 20), **fields}
    return make_pupil(school, year_group, academic_year=left_in - 1, **usual)


def make_destination(pupil: Pupil, point: int = 1) -> None:
    """That what became of a leaver was asked in an autumn after they left."""
    left = pupil.left_on or date.min
    day = date(left.year + point - 1, 11, 5)
    check = make_activity(pupil.school, "destination", day, destination_point=point, destination_known=True)
    make_encounter(pupil, check)


def give_everything(pupil: Pupil) -> None:
    """One row of each kind, some of them naming the pupil where no key leads."""
    school = pupil.school
    put_in_group(pupil, "11Z", academic_year=2020)
    make_encounter(pupil, make_activity(school, day=date(2021, 3, 1)))
    meeting = make_activity(
        school,
        "guidance_meeting",
        date(2021, 5, 4),
        title="Talk with Zenobia Quillfeather",
        note="Zenny wants to be a vet.",
        external_key=f"log:{pupil.upn}",
        one_to_one=True,
        **dict.fromkeys(
            ("location", "status_reason", "send_adjustments", "parents_involved", "agreed_with_partner"),
            "Told of Zenobia Quillfeather",
        ),
    )
    say_things_of(pupil, make_encounter(pupil, meeting))
    make_activity(school, "guidance_meeting", day=None, title=meeting.title, copied_from=meeting, status="proposed")
    make_destination(pupil)
    make_own_record(make_person(school, "pupil", name="Zenny Q", email="zenny.quillfeather@example.org"), pupil)
    with scopes_disabled():
        Characteristic.objects.create(school=school, pupil=pupil, kind="sen_provision", value="K")
        facts = {"facts": {"upn": pupil.upn, "surname": pupil.surname}}
        Arrival.objects.create(
            school=school, surname=pupil.surname, forename=pupil.forename, outcome="matched", facts=facts, pupil=pupil
        )
        Arrival.objects.create(
            school=school,
            surname=pupil.surname,
            forename=pupil.forename,
            date_of_birth=pupil.date_of_birth,
            facts=facts,
            outcome="dismissed",
        )


def say_things_of(pupil: Pupil, place: Encounter) -> None:
    """Words of others, and of the pupil, that stand beside one meeting of theirs."""
    school, words, day = pupil.school, "Zenobia Quillfeather asked about ships", TODAY
    of = {"school": school, "activity": place.activity}
    with scopes_disabled():
        Conversation.objects.create(school=school, encounter=place, text=words)
        Reflection.objects.create(**of, pupil=pupil, learnt=words, said_on=day)
        told = Sharing.objects.create(**of, audience="pupils", way="email", words=words, shared_on=day)
        ToldPupil.objects.create(school=school, sharing=told, pupil=pupil, arrived=True)
        link = Link.objects.create(**of, kind="reflection", digest=place.activity.reference, asked_on=day, last_day=day)
        Feedback.objects.create(school=school, link=link, went="well", change=words, said_on=day)


def make_import(school: School, pupil: Pupil, days_ago: int = 1) -> Import:
    """A file that was brought in and named the pupil."""
    when = NOON - timedelta(days=days_ago)
    with scopes_disabled():
        done = Import.objects.create(
            school=school, kind="roll", status="applied", filename="roll.csv", academic_year=2026, applied_at=when,
            answers={"mapping": learnt()},
        )  # fmt: skip
        ListSource.objects.create(school=school, name=f"Interviews {done.reference}", fingerprint="f", mapping=learnt())
        Import.objects.filter(pk=done.pk).update(uploaded_at=when)
        ImportChange.objects.create(
            school=school,
            of_import=done,
            model="pupils.pupil",
            object_pk=pupil.pk,
            after={"surname": pupil.surname, "upn": pupil.upn},
        )
        ImportChange.objects.create(
            school=school,
            of_import=done,
            model="pupils.characteristic",
            object_pk=987654,
            before={"pupil_id": pupil.pk, "value": "E"},
        )
    return done


def learnt() -> dict[str, Any]:
    """What is remembered of a list whose titles, and one heading, name a pupil."""
    types = {"interview with zenny quillfeather": "guidance_meeting", "careers fair": "careers_event"}
    return {"headings": ["Date", "Zenobia Quillfeather"], "means": ["starts_on", "marks"], "types": types}


def make_waiting_file(school: School, pupil: Pupil, days_ago: int = 1) -> Import:
    """A file somebody sent and nobody has brought in, with the pupil in it."""
    with scopes_disabled():
        sent = Import.objects.create(
            school=school,
            kind="roll",
            status="ready",
            filename="roll.csv",
            academic_year=2026,
            content=f"UPN,Surname\n{pupil.upn},{pupil.surname}\n".encode(),
            preview={"new": [{"name": f"{pupil.forename} {pupil.surname}"}]},
        )
        Import.objects.filter(pk=sent.pk).update(uploaded_at=NOON - timedelta(days=days_ago))
    return sent
