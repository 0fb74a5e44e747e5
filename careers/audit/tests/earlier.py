"""Run by a test as a process of its own: events as they were written before they were a chain, and what became of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import django
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

ROW = """INSERT INTO audit_event
         (at, school_id, actor_id, verb, subject_kind, subject_id, changes, version, since, detail)
         VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
REWRITING = ("UPDATE audit_event SET verb = 'nothing'", "DELETE FROM audit_event", "UPDATE audit_event SET id = 1")


def write() -> None:
    at = datetime(2026, 9, 1, 8, 30, 0, 123456, tzinfo=UTC)
    when = at if connection.vendor == "postgresql" else at.replace(tzinfo=None).isoformat(" ")
    detail = json.dumps({"b": [1, None, "Zoë"], "a": {"c": True}})
    rows = [(when, 8, None, "changed an activity", "", "", True, n, "2026-09-01", detail) for n in range(1, 1202)]
    rows += [(when, school, 1, "signed in", "", "", False, 0, None, "{}") for school in (7, None, 7)]
    with connection.cursor() as cursor:
        cursor.executemany(ROW, rows)
        cursor.execute("INSERT INTO audit_version (school_id, number) VALUES (8, 1201)")


def follow() -> None:
    from careers.audit.record import version_of
    from careers.audit.verifying import chains, verify

    verdicts = [verify(chain) for chain in chains()]
    print(
        [(verdict.chain, verdict.head.number, verdict.fault) for verdict in verdicts], version_of(SimpleNamespace(pk=8))
    )


def rewrite() -> None:
    answers = []
    for statement in REWRITING:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            answers.append("refused")
    print(*answers)


def main() -> None:
    migrate("0003")
    write()
    migrate()
    follow()
    rewrite()
    migrate("0003")
    rewrite()
    migrate()
    follow()
    connection.close()


def migrate(*to: str) -> None:
    call_command("migrate", "audit", *to, verbosity=0)


if __name__ == "__main__":
    django.setup()
    main()
