"""What the engine is measured against gives the engine's answers: a faster wrong answer would be no measure."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import duckdb
import pytest
from django_scopes import scope

from bench import by_orm
from bench.nation_by_hand import CRITERIA, STATES, figures
from careers.evaluation.standings import editions, evaluate
from criteria import running
from criteria.engines.dialects import DUCKDB
from criteria.engines.filling import create, fields
from criteria.loading import load
from criteria.tables import ENCOUNTERS, PROVIDER_KINDS, PUPILS, Kind

AS_AT = date(2026, 11, 22)
SUBJECTS = ("art", "english", "mathematics", "music")
KNOWN = [c for name in ("gatsby-2025", "provider-access") for c in load(name).on(AS_AT).criteria if c.id in CRITERIA]
TYPES = ("curriculum_link", "lmi_use", "provider_encounter", "careers_event", "employer_encounter", "workplace_experience",
         "guidance_meeting", "review", "survey", "careers_lesson")  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_the_query_by_hand_counts_as_the_reference_does(seed: int) -> None:
    pupils, log = a_few_schools(Random(seed))
    standings = running.evaluate(KNOWN, pupils, log, AS_AT, "reference")
    wanted = {
        criterion.id: Counter(str(standing.state) for _, standing in standings.on(criterion.id)) for criterion in KNOWN
    }
    connection = duckdb.connect()
    create(connection, DUCKDB, "pupils", fields(PUPILS.columns), pupils)
    create(connection, DUCKDB, "encounters", fields((PUPILS.column("school"), *ENCOUNTERS.columns)), log)
    assert figures(connection, "pupils", "encounters", AS_AT) == wanted
    assert set().union(*wanted.values()) == set(STATES)


def a_few_schools(random: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    pupils = [a_pupil(random, number) for number in range(250)]
    log = [an_encounter(random, pupil, place) for pupil in pupils for place in range(random.choice((0, 5, 20, 40)))]
    return pupils, log


def a_pupil(random: Random, number: int) -> dict[str, Any]:
    group = some(random, random.choice((7, 8, 9, 10, 11, 12, 13, 14)), 0.03)
    joined = random.choice(
        (date(2026, 9, 3), date(2026, 10, 20), date(2024, 1, 5), date(2022, 9, 1), date(2026, 12, 1))
    )
    return {
        "pupil": f"p{number}",
        "school": str(1 + number % 3),
        "setting": some(random, random.choice(("school", "school", "special", "college")), 0.2),
        "academic_year": some(random, random.choice((2026, 2026, 2026, 2025)), 0.2),
        "year_group": group,
        "repeated_year": some(random, random.choice((0, 0, 0, group or 0)), 0.2),
        "joined_on": some(random, joined, 0.1),
        "left_on": some(random, date(2026, 10, 1), 0.95),
        "considering_he": some(random, random.random() < 0.7, 0.1),
        "in_benchmark_cohort": some(random, random.random() < 0.9, 0.1),
        "subjects": some(random, tuple(sorted(random.sample(SUBJECTS, random.choice((0, 1, 1, 2))))), 0.05),
    }


def an_encounter(random: Random, pupil: dict[str, Any], place: int) -> dict[str, Any]:
    good = 0.98 if random.random() < 0.7 else 0.5
    flags = {c.name: some(random, random.random() < good, 0.02) for c in ENCOUNTERS.columns if c.kind is Kind.FLAG}
    gone, to_come = timedelta(int(random.expovariate(1 / 500))), timedelta(random.randrange(400))
    # Often one of the two is recorded and the other not, so that they must be put together from several occasions.
    flags |= random.choice(({}, {"records_aspiration": False}, {"records_intention": False}))
    return flags | {
        "school": pupil["school"],
        "pupil": pupil["pupil"],
        "encounter": f"e{place}",
        "type": random.choice(TYPES),
        "date": random.choice((AS_AT - gone, AS_AT + to_come, date(2026, 9, 1), date(2024, 2, 29), date(2024, 2, 28))),
        "status": random.choice(("attended",) * 5 + ("booked", "absent", "offered", "declined")),
        "two_way": some(random, random.choice(("extensive", "extensive", "some", "none")), 0.05),
        "adviser_level": some(random, random.choice((6, 7, 4)), 0.1),
        "subject": some(random, random.choice((*SUBJECTS, "another")), 0.05),
        "employers": some(random, random.choice((0, 1, 3)), 0.1),
        "provider_kinds": some(random, tuple(sorted(random.sample(PROVIDER_KINDS, random.choice((0, 1, 1, 3))))), 0.05),
        "eligible_providers": some(random, random.choice(((), ("a",), ("b",), ("a", "b"), ("a", "c"))), 0.1),
    }


def some(random: Random, value: Any, blank: float) -> Any:
    return None if random.random() < blank else value


@pytest.mark.django_db
def test_the_loop_through_the_orm_answers_as_the_engine_does() -> None:
    from django_scopes import scopes_disabled

    from bench.answers import known_to_both, same, states_of
    from bench.made import load_of_size
    from careers.demonstration.people import make_people
    from careers.demonstration.writing import write_people
    from careers.schools import clock

    with clock.on(AS_AT), scopes_disabled():
        users = make_people()
        write_people(users)
        school = load_of_size(0.02, users, "990101").school
    with clock.on(AS_AT), scope(school=school):
        found = evaluate(school, known_to_both(by_orm.RULES, AS_AT), AS_AT)
        same(by_orm.evaluate(school, AS_AT), states_of(found))
        assert len(found.people) > 20
    assert editions(AS_AT)
