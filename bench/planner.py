"""The year planner: its page for 200 activities and for the demonstration's own, the forecast beside it, copying a year."""

from __future__ import annotations

from typing import Any

ACTIVITIES = 200
GOES = 20


def planner(made: Any) -> None:
    """The page with its queries, cold and warm; the forecast that is fetched after it, first asked and after a move."""
    from django.db import transaction
    from django.test import Client

    from bench.timing import timed
    from careers.accounts.models import User
    from careers.audit.record import record
    from careers.evaluation import standings
    from careers.programme import queries
    from careers.programme.models import Activity
    from careers.schools.clock import current_year, today

    year = current_year()
    drawn = queries.programme(made.school, year).exclude(queries.appointments())
    keys = list(drawn.values_list("pk", flat=True))
    client = Client()
    client.force_login(User.objects.get(email="leader@example.org"))
    client.get("/roles/")  # the first page of a session writes down that it is one

    def a_move() -> None:
        with transaction.atomic():
            record("moved an activity", by=None, school=made.school, since=today())

    def fetched() -> Any:
        return client.get("/planner/forecast/", headers={"HX-Request": "true"})

    def line(name: str, what: Any, goes: int, before: Any = lambda: None) -> None:
        print(f"{name:52}{timed(what, goes, before)}")

    line(f"Planner, {len(keys)} activities", lambda: client.get("/planner/"), GOES)
    line("Planner, what would count towards Benchmark 5", lambda: client.get("/planner/?benchmark=5"), 5, a_move)
    line("Forecast and coverage beside it, first asked", fetched, 3, standings.forget)
    line("Forecast and coverage beside it, after a move", fetched, 5, a_move)
    line("Forecast and coverage beside it, usually", fetched, GOES)
    line("What copying the year would make", lambda: client.get("/planner/copy/"), 5)
    with transaction.atomic():
        Activity.objects.filter(pk__in=keys[ACTIVITIES:]).update(status="cancelled")
        line(f"Planner, {ACTIVITIES} activities", lambda: client.get("/planner/"), GOES)
        transaction.set_rollback(True)
