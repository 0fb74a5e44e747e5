"""A tutor with a class of thirty and a few assemblies today, in a database of its own, made and read by a process of its own."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

PUPILS = 30


def make() -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        return made()


def made() -> dict[str, Any]:
    from django.test import Client

    from tests.makers import give_group, make_activity, make_person, make_pupil, make_school, put_in_group

    school = make_school("Thirty Pupils School")
    tutor = make_person(school, "tutor", name="Terry Tutor", password=None)
    pupils = [make_pupil(school, 9, surname=f"Featherstone-Haugh{n:02}", forename="Bartholomew") for n in range(PUPILS)]
    for pupil in pupils:
        form = put_in_group(pupil, "9A")
    give_group(tutor, form)
    client = Client()
    client.force_login(tutor)
    titles = ("Assembly", "Talk", "Fair", "Quiz")
    return {
        "session": client.cookies["sessionid"].value,
        "activities": {
            title: make_activity(school, title=title, status="planned", year_groups=[9]).reference for title in titles
        },
    }


def read() -> dict[str, Any]:
    """How many got each mark at each activity, and how often its register was saved with a change."""
    from django.db.models import Count

    from careers.audit.models import Event
    from careers.encounters.models import Encounter
    from careers.programme.models import Activity

    titles = dict(Activity.objects.values_list("pk", "title"))
    found: dict[str, dict[str, int]] = {title: {} for title in titles.values()}
    marks = Encounter.objects.values_list("activity__title", "status").annotate(pupils=Count("pk"))
    for title, status, number in marks:
        found[title][status] = number
    for event in Event.objects.filter(verb="took a register"):
        there = found[titles[int(event.subject_id or 0)]]
        there["saved"] = there.get("saved", 0) + 1
    return found


def main(word: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    import django

    django.setup()
    from django_scopes import scopes_disabled

    with scopes_disabled():
        print(json.dumps({"make": make, "read": read}[word]()))


if __name__ == "__main__":
    main(sys.argv[1])
