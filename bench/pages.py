"""Each page as the careers leader opens it: first asked, after a change to this term's record, and as it usually is."""

from __future__ import annotations

from typing import Any

GOES = 20


def pages(made: Any) -> None:
    """Each page as the careers leader opens it: first asked, after a change to this term's record, and as it usually is."""
    from django.db import transaction
    from django.test import Client

    from bench.timing import timed
    from careers.accounts.models import User
    from careers.audit.record import record
    from careers.evaluation import standings
    from careers.programme.models import Activity
    from careers.pupils.models import Pupil
    from careers.schools.clock import today

    def a_change() -> None:
        with transaction.atomic():
            record("changed an activity", by=None, school=made.school, since=today())

    client = Client()
    client.force_login(User.objects.get(email="leader@example.org"))
    pupil = Pupil.objects.filter(school=made.school, left_on=None).order_by("pk")[100]
    activity = Activity.objects.filter(school=made.school, type="careers_event").order_by("-starts_on").first()
    addresses = {
        "Today": "/",
        "Benchmarks": "/benchmarks/",
        "A benchmark": "/benchmarks/gatsby-2025/5/",
        "A criterion with its pupils": "/criteria/gb5.2025.school.1/",
        "Pupils": "/pupils/",
        "A pupil": f"/pupils/{pupil.reference}/",
        "Programme": "/programme/",
        "An activity": f"/programme/{activity.reference}/" if activity else "",
        "Coverage of the programme": "/programme/coverage/",
        "Provider access": "/provider-access/",
        "Imports": "/imports/",
        "Audit": "/audit/",
    }
    for name, address in addresses.items():
        answer = client.get(address)
        if answer.status_code != 200:
            print(f"{name:44}answered {answer.status_code}")
            continue
        for words, goes, before in (
            ("first asked", 3, standings.forget),
            ("after a change", 10, a_change),
            ("usually", GOES, lambda: None),
        ):
            timing = timed(lambda address=address: client.get(address), goes, before)
            print(f"{name if words == 'first asked' else '':30}{words:14}{timing}")
