"""Run by a test as a process of its own: threads that all write the audit at once, or one that follows the chains."""

from __future__ import annotations

import sys
from threading import Barrier, Thread
from types import SimpleNamespace

import django
from django.db import connection, transaction


def write(start: Barrier, each: int) -> None:
    from careers.audit.record import record

    school = SimpleNamespace(pk=7)
    start.wait()
    for turn in range(each):
        with transaction.atomic():
            record("changed an activity", by=None, school=school, turn=turn)
        record("opened a pupil's file", by=None, school=school, changes=False)
        record("signed in", by=None, changes=False)
    connection.close()


def main(threads: int, each: int) -> None:
    from careers.audit.models import Event, Tail
    from careers.audit.verifying import chains, verify

    start = Barrier(max(threads, 1))
    running = [Thread(target=write, args=(start, each)) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    verdicts = [verify(chain) for chain in chains()]
    print([(verdict.chain, verdict.head.number, verdict.fault) for verdict in verdicts])
    versions = sorted(Event.objects.filter(changes=True).values_list("version", flat=True))
    print(versions == list(range(1, len(versions) + 1)), [tail.version for tail in Tail.objects.order_by("pk")])
    connection.close()


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
