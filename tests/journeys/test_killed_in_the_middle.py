"""Somebody pulls the plug: the process is killed in the middle of a deed, and nothing is lost or left half done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.own_database import new_database, run


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with new_database("killed", tmp_path) as made:
        yield made


def killed(deed: str, database: dict[str, Any]) -> dict[str, Any]:
    done = run(["-m", "tests.journeys.killed", deed], database)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("deed", ["import"])
def test_a_deed_is_done_wholly_or_not_at_all(deed: str, database: dict[str, Any]) -> None:
    found = killed(deed, database)
    assert found["before"] != found["after"]
    assert len(found["died"]) > 5
    for death in found["died"]:
        assert death["state"] in (found["before"], found["after"]), f"killed after statement {death['at']}"
        assert death["again"] == found["after"], f"killed after statement {death['at']}, then done again"


def test_a_migration_that_was_killed_is_finished_by_running_it_again(database: dict[str, Any]) -> None:
    found = killed("migration", database)
    assert len(found["died"]) > 5
    for death in found["died"]:
        assert death["again"] == found["after"], f"killed after statement {death['at']}, then run again"
