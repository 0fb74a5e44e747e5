"""A school of forty tutors in a database of its own, made and read by a process of its own (`python -m`).

The server that is asked meanwhile is a real one, so what it writes is on the disk and not in a test's transaction.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from careers.audit.models import Event

TUTORS, EACH = 40, 8
MARKS = ("attended", "absent", "excused")


def make() -> dict[str, Any]:
    """A school where every tutor has a group of eight, an activity of their own, and an assembly that all share."""
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():  # a commit for each row would wait for the disk a thousand times
        return made()


def made() -> dict[str, Any]:
    from django.test import Client

    from careers.encounters.models import Encounter
    from tests.makers import give_group, make_activity, make_person, make_pupil, make_school, put_in_group

    school = make_school("Forty Tutors School")
    assembly = make_activity(school, title="Assembly", status="planned", year_groups=[9])
    tutors = []
    for number in range(TUTORS):
        user = make_person(school, "tutor", name=f"Tutor {number}", password=None)
        pupils = [make_pupil(school, 9, surname=f"Pupil{number:02}{each}") for each in range(EACH)]
        for pupil in pupils:
            group = put_in_group(pupil, f"Group {number}", kind="other")
        give_group(user, group)
        visit = make_activity(school, title=f"Visit {number}", status="planned", year_groups=[9])
        Encounter.objects.bulk_create(
            Encounter(school=school, activity=visit, pupil=pupil, status="booked") for pupil in pupils
        )
        client = Client()
        client.force_login(user)
        tutors.append(
            {
                "user": user.pk,
                "session": client.cookies["sessionid"].value,
                "pupils": [pupil.reference for pupil in pupils],
                "visit": visit.reference,
            }
        )
    return {"assembly": assembly.reference, "tutors": tutors}


def read() -> dict[str, Any]:
    """Every mark there is, who gave it, and every register of the audit."""
    from careers.audit.models import Event
    from careers.encounters.models import Encounter
    from careers.programme.models import Activity
    from careers.pupils.models import Pupil

    rows = Encounter.objects.values_list("activity__reference", "pupil__reference", "status", "recorded_by_id")
    pupils = dict(Pupil.objects.values_list("pk", "reference"))
    events = Event.objects.filter(verb="took a register").order_by("pk")
    return {
        "marks": [list(row) for row in rows],
        "events": [[event.actor_id, event.subject_id, said(event, pupils)] for event in events],
        "activities": dict(Activity.objects.values_list("pk", "reference")),
        "versions": [event.version for event in events],
        "delivered": Activity.objects.filter(status="delivered").count(),
    }


def said(event: Event, pupils: dict[int, str]) -> dict[str, Any]:
    """How many got each mark, and who they are."""
    from careers.encounters.registers import concerned

    who = sorted(pupils[pk] for pk in concerned(event))
    return {**{mark: event.detail.get(mark, 0) for mark in MARKS}, "who": who}


def main(word: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    import django

    django.setup()
    from django_scopes import scopes_disabled

    with scopes_disabled():
        print(json.dumps({"make": make, "read": read}[word]()))


if __name__ == "__main__":
    main(sys.argv[1])
