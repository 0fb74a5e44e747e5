"""The audit: a write with its event against the same write bare, forty people at once, and following a long chain.

Run on an empty database of its own: `python3 run.py bench audit`.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import django

GOES = 500
AT_ONCE = 40
EACH = 10
LONG = 50_000
PUPILS_SHOWN = 50


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"\nAUDIT, {connection.vendor.upper()}")
    one_after_another()
    together()
    a_long_chain()


def one_after_another() -> None:
    """One transaction each: a row of another table, with an event beside it or without; and an event alone, as of a read."""
    from django.db import transaction

    from bench.timing import timed
    from careers.audit.record import record
    from careers.schools.models import School

    kept = School.objects.create(name="Bench", urn="100000", laestab="1000000")

    def bare() -> None:
        with transaction.atomic():
            School.objects.filter(pk=kept.pk).update(name="Bench School")

    def audited() -> None:
        with transaction.atomic():
            School.objects.filter(pk=kept.pk).update(name="Bench School")
            record("changed an activity", by=None, school=kept, subject=kept, changed=["name"])

    def read() -> None:
        record("opened a pupil's file", by=None, school=kept, subject=kept, changes=False)

    audited()
    for words, do in (("a bare write", bare), ("the same, audited", audited), ("a read, audited", read)):
        timing = timed(do, GOES)
        print(f"{words:44}{timing.median:8.2f} ms median {timing.ninety_fifth:8.2f} ms 95th {timing.queries:4} queries")


def together() -> None:
    """Everybody at one school's chain."""
    from django.db import connection

    from careers.audit.record import record

    school, start, taken = SimpleNamespace(pk=40), Barrier(AT_ONCE), []

    def write() -> None:
        connection.ensure_connection()
        start.wait()
        for _ in range(EACH):
            began = time.perf_counter()
            record("opened a pupil's file", by=None, school=school, changes=False)
            taken.append(1000 * (time.perf_counter() - began))
        connection.close()

    threads = [Thread(target=write) for _ in range(AT_ONCE)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole, taken = time.perf_counter() - began, sorted(taken)
    print(
        f"{f'{AT_ONCE} at once at one chain, {len(taken)} events':44}{taken[len(taken) // 2]:8.2f} ms median "
        f"{taken[round(0.95 * len(taken)) - 1]:8.2f} ms 95th {len(taken) / whole:6.0f} a second"
    )


def a_long_chain() -> None:
    from django.db import connection

    from careers.audit.models import Event
    from careers.audit.verifying import verify

    write_many(100, LONG)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE audit_event")
    began = time.perf_counter()
    verdict = verify(100)
    taken = time.perf_counter() - began
    tracemalloc.start()
    verify(100)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    what = verdict.fault or f"following {verdict.events:,} events"
    rate = verdict.events / taken
    print(f"{what:44}{1000 * taken:8.0f} ms, {rate:,.0f} a second, {peak / 2**20:.1f} MB at most")
    from bench.timing import timed

    about = Event.objects.filter(school_id=100, concerns__isnull=False, concerns__contains=",77,")
    print(f"{f'lists one pupil was in, of {LONG // 10:,}':44}{timed(lambda: list(about.all()), 10)}")


def write_many(chain: int, number: int) -> None:
    """A chain written as fast as the database takes it: a tenth of it lists of fifty pupils."""
    from django.utils import timezone

    from careers.audit.chain import NOTHING_BEFORE, digest
    from careers.audit.models import Event, Tail

    tail, now = Tail.objects.create(chain=chain), timezone.now()
    previous, rows = NOTHING_BEFORE, []
    for n in range(1, number + 1):
        shown = "".join(f",{(n * 7 + k) % 1200}" for k in range(PUPILS_SHOWN)) + "," if n % 10 == 0 else None
        event: Any = Event(
            at=now, school_id=tail.pk, actor_id=3, verb="looked at a list of pupils", changes=False, concerns=shown,
            detail={"list": "pupils", "shown": PUPILS_SHOWN}, number=n, previous=previous,
        )  # fmt: skip
        event.hash = previous = digest(event)
        rows.append(event)
    for first in range(
        0, number, 500
    ):  # in one transaction PostgreSQL would keep every state of the tail until its end
        Event.objects.bulk_create(rows[first : first + 500])


if __name__ == "__main__":
    main()
