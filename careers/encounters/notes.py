"""Quick notes: a conversation with a pupil, and a lesson linked to a career, each put in the log in one deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.encounters.models import Conversation, Encounter
from careers.programme.models import Activity, ActivityGroup
from careers.pupils.models import Group, Pupil, YearHeld
from careers.schools.once import make_once
from criteria.periods import AcademicYear


def note_conversation(
    *, pupil: Pupil, day: date, text: str, told: Sequence[str], by: User, year_group: int | None, stamp: str | None
) -> tuple[Conversation, bool]:
    """Put a conversation in the log: an activity of its own, which the pupil attended, and what was said. Whether it is new.

    `told` are which of aspiration and intention the pupil told of. It says of itself that it was no review of a pupil's plan; of
    an adviser and their qualification it says nothing, so it never counts as personal guidance.
    """
    facts: dict[str, Any] = {
        "title": f"Conversation with {by}",
        "type": Activity.Type.REVIEW,
        "academic_year": AcademicYear.containing(day).start_year,
        "starts_on": day,
        "records_aspiration": "aspiration" in told,
        "records_intention": "intention" in told,
    }
    beside = {
        "status": Activity.Status.DELIVERED,
        "owner": by,
        "one_to_one": True,
        "employment_focus": False,
        "mode": "",
        "year_groups": [year_group] if year_group else [],
    }
    with transaction.atomic():
        activity, new = make_once(Activity, school=pupil.school, stamp=stamp, facts=facts, **beside)
        if not new:
            held = Conversation.objects.filter(encounter__activity=activity).select_related("encounter").first()
            if held is not None and (held.encounter.pupil_id, held.text) == (pupil.pk, text):
                return held, False
            activity = Activity.objects.create(school=pupil.school, **facts, **beside)
        encounter = Encounter.objects.create(
            school=pupil.school, activity=activity, pupil=pupil, status=Encounter.Status.ATTENDED, recorded_by=by
        )
        said = Conversation.objects.create(school=pupil.school, encounter=encounter, text=text, written_by=by)
        record("noted a conversation", by=by, school=pupil.school, subject=pupil, since=day)
    return said, True


def conversations_of(pupil: Pupil) -> list[Conversation]:
    """What was noted of conversations with a pupil, the latest first."""
    found = Conversation.objects.filter(school_id=pupil.school_id, encounter__pupil=pupil)
    return list(found.select_related("encounter__activity", "written_by"))


def link_lesson(
    *, group: Group, pupils: Sequence[Pupil], subject: str, career: str, day: date, by: User, stamp: str | None
) -> tuple[Activity, bool]:
    """Put a lesson linked to a career in the log, with everybody of the class present. Whether it is new.

    `pupils` are those of the class who were on roll that day and whom the person may mark.
    """
    facts: dict[str, Any] = {
        "title": f"{subject}: {career}",
        "type": Activity.Type.CURRICULUM_LINK,
        "academic_year": group.academic_year,
        "starts_on": day,
        "subject": subject,
        "career_relevance": True,
    }
    wanted = {pupil.pk: pupil for pupil in pupils if pupil.school_id == group.school_id}
    with transaction.atomic():
        activity, new = make_once(
            Activity, school=group.school, stamp=stamp, facts=facts, status=Activity.Status.DELIVERED, owner=by,
            year_groups=_year_groups(wanted, group.academic_year), in_school_day=True,
        )  # fmt: skip
        if not new and activity.groups.filter(pk=group.pk).exists():
            return activity, False
        ActivityGroup.objects.create(school=group.school, activity=activity, group=group)
        there = set(Encounter.objects.filter(activity=activity, pupil__in=wanted).values_list("pupil_id", flat=True))
        Encounter.objects.bulk_create(
            Encounter(
                school=group.school, activity=activity, pupil=pupil, status=Encounter.Status.ATTENDED, recorded_by=by
            )
            for pk, pupil in wanted.items()
            if pk not in there
        )
        record(
            "linked a lesson to a career", by=by, school=group.school, subject=activity, since=day,
            concerning=sorted(wanted), title=activity.title, pupils=len(wanted),
        )  # fmt: skip
    return activity, True


def _year_groups(pupils: dict[int, Pupil], year: int) -> list[int]:
    held = YearHeld.objects.filter(pupil__in=pupils, academic_year=year).values_list("year_group", flat=True)
    return sorted(set(held))
