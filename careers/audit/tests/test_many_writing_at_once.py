"""Forty people at once, over several server processes, still make one chain a school: no number twice, and none left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from careers.audit.tests.elsewhere import empty_database, run, start

pytestmark = pytest.mark.django_db
WRITERS = "careers.audit.tests.writers"


def test_forty_people_at_once_make_one_chain(tmp_path: Path) -> None:
    with empty_database(tmp_path) as database:
        run("manage", "migrate", "audit", database=database)
        processes = [start(WRITERS, "10", "3", database=database) for _ in range(4)]
        said = [process.communicate(timeout=120)[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * 4, said
        followed = run(WRITERS, "0", "0", database=database)
    assert followed == "[(0, 120, ''), (7, 240, '')]\nTrue [0, 120]\n"
