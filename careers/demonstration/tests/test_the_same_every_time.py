"""The demonstration is made without the database, so it can be made on any day and compared."""

from __future__ import annotations

from datetime import date

import pytest
from django.forms import model_to_dict

from careers.demonstration.making import Made, make
from careers.demonstration.plan import MAIN, SPECIAL
from careers.demonstration.scenarios import SCENARIOS

BORDERS = [date(2026, 9, 1), date(2027, 8, 31), date(2028, 2, 29), date(2027, 1, 1)]


def portrait(made: Made) -> object:
    pupils = [(c.pupil.reference, model_to_dict(c.pupil), c.years, c.letter, c.facts) for c in made.children]
    log = [
        (
            e.activity.reference,
            model_to_dict(e.activity),
            [p.name for p in e.partners],
            [(c.pupil.upn, s) for c, s in e.register.items()],
        )
        for e in made.log.entries
    ]
    return pupils, log, sorted(made.groups.groups)


def test_the_same_day_makes_the_same_school() -> None:
    day = date(2026, 11, 22)
    assert portrait(make(MAIN, day, [])) == portrait(make(MAIN, day, []))


@pytest.mark.parametrize("day", BORDERS, ids=str)
def test_a_whole_special_school_can_be_made_on_the_edges_of_a_year(day: date) -> None:
    made = make(SPECIAL, day, [])
    assert sum(child.was_on_roll(day) for child in made.children) == 140


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2028, 2, 29)], ids=str)
def test_every_scenario_has_its_pupil_on_the_edges_of_a_year(day: date) -> None:
    made = make(MAIN, day, [])
    assert sum(child.was_on_roll(day) for child in made.children) == 1150
    assert {child.scenario for child in made.children if child.scenario} == {
        n for n, s in SCENARIOS.items() if s.school == "main"
    }
    for entry in made.log.entries:
        assert entry.day < day or set(entry.register.values()) <= {"booked"}
