"""Forty tutors take registers at the same moment, of forty activities and of one, on a real server: no mark is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.journeys.at_once import MARKS
from tests.journeys.served import Browser, environment, fields_of, own_database, say, serving

Sent = dict[str, dict[str, str]]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[dict[str, str], int, dict[str, Any]]]:
    with own_database(tmp_path) as database:
        env = environment(database)
        made = say(env, "tests.journeys.at_once", "make")
        with serving(env) as port:
            yield env, port, made


def take(browser: Browser, activity: str, number: int) -> tuple[dict[str, str], int]:
    """Open a register, mark it in this tutor's own way, and save it; what was sent, and the answer's status."""
    path = f"/programme/{activity}/register/"
    status, page = browser.get(path)
    assert status == 200, page[:2000]
    fields = fields_of(page)
    pupils = sorted(name for name in fields if name.startswith("mark-"))
    for place, name in enumerate(pupils):
        fields[name] = MARKS[(number + place) % 3]
    status, _ = browser.post(path, fields)
    return {name.removeprefix("mark-"): fields[name] for name in pupils}, status


def test_forty_registers_at_once_lose_no_mark(served: tuple[dict[str, str], int, dict[str, Any]]) -> None:
    env, port, made = served
    tutors = made["tutors"]
    together = Barrier(len(tutors), timeout=60)

    def morning(number: int) -> tuple[Sent, list[int]]:
        tutor = tutors[number]
        browser = Browser(port, tutor["session"])
        together.wait()
        own, first = take(browser, tutor["visit"], number)
        shared, second = take(browser, made["assembly"], number + 1)
        return {tutor["visit"]: own, made["assembly"]: shared}, [first, second]

    with ThreadPoolExecutor(len(tutors)) as threads:
        mornings = list(threads.map(morning, range(len(tutors))))
    assert [statuses for _, statuses in mornings] == [[302, 302]] * len(tutors)

    found = say(env, "tests.journeys.at_once", "read")
    marks = {(activity, pupil): (status, by) for activity, pupil, status, by in found["marks"]}
    sent = {
        (activity, pupil): (status, tutor["user"])
        for tutor, (registers, _) in zip(tutors, mornings, strict=True)
        for activity, given in registers.items()
        for pupil, status in given.items()
    }
    assert len(sent) == len(tutors) * 2 * 8
    assert marks == sent

    # Every save is in the audit once, saying what it changed, and the record's versions follow one another.
    events = sorted(([actor, found["activities"][subject], said] for actor, subject, said in found["events"]), key=str)
    expected = [
        [tutor["user"], activity, in_the_audit(given)]
        for tutor, (registers, _) in zip(tutors, mornings, strict=True)
        for activity, given in registers.items()
    ]
    assert events == sorted(expected, key=str)
    assert sorted(found["versions"]) == list(range(found["versions"][0], found["versions"][0] + len(events)))
    assert found["delivered"] == len(tutors) + 1


def in_the_audit(given: dict[str, str]) -> dict[str, Any]:
    counts = {mark: list(given.values()).count(mark) for mark in MARKS}
    return {**counts, "who": sorted(given)}
