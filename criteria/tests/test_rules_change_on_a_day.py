"""When the law or a benchmark changes, somebody writes the day and the new words in a file, and no code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.editions import frameworks_named
from criteria.engines import flat, reference
from criteria.loading import as_read, load
from criteria.model import Criterion, Example
from criteria.tests.test_refusals import CRITERIA, FRAMEWORK

CHANGES = """\
    changes:
      - from: 2028-09-01
        title: Two encounters by Easter of Year 9
        rule: Every pupil meets an employer twice, by the end of March of Year 9.
        window: {opens: start of year 8, closes: 31 March of year 9}
        threshold:
          - {from: 2026-09-01, value: 1, source: LAW}
          - {from: 2028-09-01, value: 2, source: LAW}
        source: LAW
        checked on: 2026-11-22
      - {from: 2029-09-01, severity: statutory, source: LAW, checked on: 2026-11-22}
    examples:
      - name: Before the change, one encounter in Year 7 is enough
        as at: 2028-08-31
        pupil: {year_group: 9, sex: F}
        encounters: [{type: employer_encounter, date: 2026-10-06}]
        state: met
      - name: From the change on, one in Year 8 leaves one to come
        as at: 2028-09-01
        pupil: {year_group: 9, sex: F}
        encounters: [{type: employer_encounter, date: 2027-10-06}]
        state: due
        count: 1
      - name: From the change on, one in Year 7 no longer counts
        as at: 2028-09-01
        pupil: {year_group: 9, sex: F}
        encounters: [{type: employer_encounter, date: 2026-10-06}]
        state: due
        count: 0
      - name: From the change on, March is still in time
        as at: 2028-11-22
        pupil: {year_group: 9, sex: F}
        encounters:
          - {type: employer_encounter, date: 2027-10-06}
          - {type: employer_encounter, date: 2029-03-20, status: booked}
        state: booked
        count: 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial/framework.yaml").write_text(FRAMEWORK)
    (tmp_path / "trial/rules.yaml").write_text(CRITERIA.replace("    examples:\n", CHANGES))
    return tmp_path


def asked(folder: Path) -> Criterion:
    return load("trial", folder).criterion("try.1")


@pytest.mark.parametrize("engine", ["reference", "sqlite", "duckdb"])
def test_examples_of_before_and_after_hold_on_every_engine(folder: Path, engine: str) -> None:
    criterion = asked(folder)
    assert len(criterion.examples) == 10
    for example in criterion.examples:
        assert _answer(as_read("trial", criterion, example, folder), example, engine) == example.state, example.name


def _answer(criterion: Criterion, example: Example, engine: str) -> str:
    if engine == "reference":
        found = reference.evaluate([criterion], [example.pupil], example.encounters, example.as_at)
    else:
        found = flat.evaluate([criterion], [example.pupil], example.encounters, example.as_at, engine)
    return found.of("the pupil", criterion.id).state.value


def test_words_window_and_number_change_together_on_the_day(folder: Path) -> None:
    before, after = (asked(folder).on(day) for day in (date(2028, 8, 31), date(2028, 9, 1)))
    assert (before.title, after.title) == ("An encounter", "Two encounters by Easter of Year 9")
    assert before.rule != after.rule
    assert (before.closes.text, after.closes.text) == ("28 February of year 9", "31 March of year 9")
    assert (before.needed_on(date(2028, 8, 31)), after.needed_on(date(2028, 9, 1))) == (1, 2)


def test_what_a_later_change_does_not_mention_stays_as_the_earlier_one_left_it(folder: Path) -> None:
    latest = asked(folder).on(date(2030, 1, 1))
    assert (latest.severity, latest.title) == ("statutory", "Two encounters by Easter of Year 9")


def test_a_whole_framework_is_asked_as_it_stands_on_the_day() -> None:
    (framework,) = frameworks_named(["gatsby"], date(2026, 11, 22))
    assert framework.criteria == load("gatsby-2025").on(date(2026, 11, 22)).criteria
