"""A school to measure, made as the demonstration's is and written to the database in use."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from typing import Any

SIZES = (250, 248, 246, 245, 242)


def load() -> Any:
    """The demonstration's own making, at the size of a large school, with everybody who signs in."""
    from careers.accounts.models import Membership
    from careers.demonstration.people import make_memberships, make_people
    from careers.demonstration.writing import write_people

    users = make_people()
    write_people(users)
    started = time.perf_counter()
    made = load_of_size(1, users)
    print(f"{'Make and write the school':44}{time.perf_counter() - started:8.1f} s")
    schools: Any = defaultdict(lambda: made.school)
    memberships = {membership.user.pk: membership for membership in make_memberships(users, schools)}
    Membership.objects.bulk_create(memberships.values())
    return made


def load_of_size(times: float, users: Any, urn: str = "") -> Any:
    """A school so many times as large. One beside the first has a URN of its own, and no leavers: their number does not grow."""
    from django.db import connection, transaction

    from careers.demonstration.making import make
    from careers.demonstration.people import PEOPLE
    from careers.demonstration.plan import MAIN
    from careers.demonstration.writing import write
    from careers.schools.clock import today

    plan = replace(
        MAIN, sizes=tuple(round(times * size) for size in SIZES), sixth_form=(round(times * 140), round(times * 129))
    )
    if urn:
        plan = replace(plan, key=urn, urn=urn, laestab=f"9{urn}", leavers=0)
    made = make(plan, today(), [users[person.email] for person in PEOPLE[:2]])
    with transaction.atomic():
        write(made, users)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database that has run for a night has done by itself
    return made


def on_roll(made: Any) -> int:
    from careers.pupils.models import Pupil
    from careers.schools.clock import today

    return Pupil.objects.filter(school=made.school).on_roll(today()).count()
