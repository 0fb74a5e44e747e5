from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django_scopes import scopes_disabled

from careers.demonstration import signing_in
from careers.demonstration.loading import load
from careers.demonstration.making import Made
from careers.schools import clock

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, Made]]:
    """The demonstration as at a Sunday in November, loaded once for a file of tests and taken back after it.

    Tests that use it must not also ask for `db`: their database is open already, inside one transaction.
    """
    with django_db_blocker.unblock(), clock.on(DAY), scopes_disabled(), transaction.atomic():  # type: ignore[attr-defined]
        made = load()
        assert made is not None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as the server soon does by itself, once rows are committed
        yield {school.plan.key: school for school in made}
        transaction.set_rollback(True)
    signing_in.forget()
