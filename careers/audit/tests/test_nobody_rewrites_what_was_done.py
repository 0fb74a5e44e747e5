"""What was done stays on record, whoever would rather it did not."""

import pytest
from django.db import DatabaseError, connection, transaction

from careers.audit.models import Event
from careers.audit.record import record

pytestmark = pytest.mark.django_db
REWRITING = {
    "changing": "UPDATE audit_event SET verb = 'did nothing'",
    "deleting": "DELETE FROM audit_event",
}
ON_SQLITE = {
    "replacing": "INSERT OR REPLACE INTO audit_event (id, at, verb, subject_kind, subject_id, changes, detail) "
    "SELECT id, at, 'did nothing', '', '', changes, '{}' FROM audit_event",
}
ON_POSTGRESQL = {"emptying": "TRUNCATE audit_event"}
EVERY_WAY = {**REWRITING, **(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)}


@pytest.mark.parametrize("statement", EVERY_WAY.values(), ids=EVERY_WAY)
def test_the_database_refuses_to_rewrite_it(statement: str) -> None:
    record("opened a pupil's file", by=None, changes=False)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Event.objects.values_list("verb", flat=True)) == ["opened a pupil's file"]


def test_another_deed_is_still_written_after_the_last() -> None:
    first, second = (record(verb, by=None, changes=False) for verb in ("one", "another"))
    assert first.pk < second.pk
