"""Somebody who keeps the frameworks is told what was last held against its source too long ago."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.__main__ import main
from criteria.loading import load, load_all
from criteria.staleness import dated_in_files, dated_things, stale
from criteria.tests.test_refusals import CRITERIA, FRAMEWORK

OLDER = """\
    changes:
      - from: 2027-09-01
        title: Two encounters
        threshold:
          - {from: 2026-09-01, value: 1, source: LAW, checked on: 2026-11-22}
          - {from: 2027-09-01, value: 2, source: LAW, checked on: 2025-05-01}
        source: LAW
        checked on: 2025-03-01
    examples:
"""
READING = """\
readings:
  - {key: by-age, question: "When is somebody 16?", default: end of year, choices: {end of year: The end, birthday: The day},
     note: Left open., source: LAW, checked on: 2024-01-31}
"""


def test_everything_dated_is_listed_oldest_first_with_where_it_is_and_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial/framework.yaml").write_text(FRAMEWORK + READING)
    (tmp_path / "trial/rules.yaml").write_text(CRITERIA.replace("    examples:\n", OLDER))
    (tmp_path / "bands.yaml").write_text("bands:\n  - {id: few, share: 25, source: CEC, checked on: 2024-06-30}\n")
    everything = [*dated_things([load("trial", tmp_path)]), *dated_in_files(tmp_path)]
    found = stale(everything, date(2026, 11, 22))
    assert [(thing.checked_on, thing.framework, thing.id, thing.source) for thing in found] == [
        (date(2024, 1, 31), "trial", "by-age", "LAW"),
        (date(2024, 6, 30), "bands", "few", "CEC"),
        (date(2025, 3, 1), "trial", "try.1", "LAW"),
        (date(2025, 5, 1), "trial", "try.1", "LAW"),
    ]
    assert [thing.what for thing in found] == [
        "the open reading 'When is somebody 16?'",
        "line 2",
        "the change of 1 September 2027",
        "2 needed, from 1 September 2027",
    ]


def test_a_check_lasts_to_the_same_day_so_many_months_on() -> None:
    everything = list(dated_things(load_all()))
    oldest = min(thing.checked_on for thing in everything)
    assert stale(everything, date(oldest.year + 1, oldest.month, oldest.day)) == []
    assert stale(everything, date(oldest.year + 1, oldest.month, oldest.day + 1))


def test_every_criterion_and_every_reading_is_among_what_is_dated() -> None:
    listed = {(thing.framework, thing.id) for thing in dated_things(load_all())}
    for framework in load_all():
        assert {(framework.id, criterion.id) for criterion in framework.criteria} <= listed
        assert {(framework.id, reading.key) for reading in framework.readings} <= listed


def test_a_scheduled_check_fails_when_anything_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stale", "--as-at", "2026-11-23"]) == 0
    assert "0 to look at again" in capsys.readouterr().out
    assert main(["stale", "--as-at", "2026-12-31", "--months", "1"]) == 1
    said = capsys.readouterr().out
    assert "2026-11-22  gatsby-2025  gb6.2025.school.1  the rule  CUM6" in said
    assert "last checked more than 1 month before 2026-12-31" in said
