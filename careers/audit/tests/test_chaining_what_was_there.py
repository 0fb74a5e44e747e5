"""A school that had an audit before it was a chain loses nothing of it, and may go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from careers.audit.tests.elsewhere import empty_database, run

pytestmark = pytest.mark.django_db


def test_what_was_there_is_chained_and_guarded_and_can_go_back(tmp_path: Path) -> None:
    with empty_database(tmp_path) as database:
        chained, guarded, guarded_before, chained_again = run(
            "careers.audit.tests.earlier", database=database
        ).splitlines()
    assert chained == chained_again == "[(0, 1, ''), (7, 2, ''), (8, 1201, '')] 1201"
    assert guarded == guarded_before == "refused refused refused"
