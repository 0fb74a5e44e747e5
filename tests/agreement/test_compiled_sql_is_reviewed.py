"""The SQL of every criterion is kept for review, and keeps one school's records from another's."""

from __future__ import annotations

import re

import pytest

from tests.agreement.compiled import COLUMN_STORES, ROW_STORES, SCHOOL, compiled, criteria
from tests.agreement.snapshots import COMMAND, kept, snapshots
from tests.guards.lent_sql import unscoped

PLACE = r"(ROW_NUMBER\(\) OVER \(\)|STRUCT\(school, )[^()]*\)[^()]*AS place|STRUCT\(school\) AS place"
"""What is counted hangs on a place, which is one for each pupil of each school; or, of what a school itself did, each school."""


def test_the_sql_kept_for_review_is_what_is_asked() -> None:
    wanted, held = snapshots(), kept()
    differing = sorted(name for name in wanted.keys() | held.keys() if wanted.get(name) != held.get(name))
    assert differing == [], f"Look at the change and write them again: {COMMAND}"


@pytest.mark.parametrize("engine", ROW_STORES)
def test_a_schools_database_is_asked_for_one_school(engine: str) -> None:
    for criterion in criteria():
        if sql := compiled(criterion).get(engine):
            assert unscoped(sql, SCHOOL) == [], criterion.id
            assert f"school_id = {SCHOOL}" in sql, criterion.id


@pytest.mark.parametrize("engine", COLUMN_STORES)
def test_a_nations_log_meets_only_pupils_of_its_own_school(engine: str) -> None:
    for criterion in criteria():
        sql = compiled(criterion)[engine]
        assert re.search(r"JOIN people p ON e\.school = p\.school\b", sql), criterion.id
        assert re.search(PLACE, sql), criterion.id
        assert re.findall(r"\bGROUP BY (\w+)", sql) == ["place"], criterion.id
        assert re.findall(r"\bJOIN counted c ON (.+?)\)", sql) == ["c.place = p.place"], criterion.id


def test_no_snapshot_hangs_on_the_day_or_the_machine() -> None:
    assert snapshots() == snapshots()
    for name, sql in kept().items():
        assert not re.search(r"CURRENT_DATE|CURRENT_TIMESTAMP|\bnow\(|/home/|/tmp/", sql, re.IGNORECASE), name
