"""One school answered by the engine, by a loop through the ORM and by pandas: the same states, checked, and how long each takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

GOES = 10
States = dict[int, dict[str, str]]


def answers(made: Any) -> None:
    """A table of the three, with how many times longer than the engine each takes."""
    from django_scopes import scope

    from bench import by_orm, by_pandas
    from bench.timing import Timing, timed
    from careers.evaluation.counting import counts_query
    from careers.evaluation.lending import asking
    from careers.evaluation.people import people
    from careers.evaluation.standings import evaluate
    from careers.schools.clock import today

    school, day = made.school, today()
    with scope(school=school):
        frameworks = known_to_both(by_orm.RULES, day)
        found = evaluate(school, frameworks, day)
        wanted = states_of(found)
        everybody = people(school, day)
        query = counts_query(school, found.criteria, everybody, day)

        def count() -> None:
            with asking() as cursor:
                cursor.execute(query)
                cursor.fetchall()

        table: list[tuple[str, Timing]] = [
            ("The engine", timed(lambda: evaluate(school, frameworks, day), GOES)),
            ("  of which the counting query", timed(count, GOES)),
            ("The same by a loop through the ORM", once(lambda: by_orm.evaluate(school, day), wanted)),
        ]
        same(by_pandas.evaluate(school, day), wanted)
        table.append(("The same by pandas", timed(lambda: by_pandas.evaluate(school, day), GOES)))
        engine = table[0][1].median
        print(f"{len(found.people):,} pupils, {len(found.criteria)} criteria; every state of all three is the same")
        for name, timing in table:
            print(f"{name:44}{timing} {timing.median / engine:8.1f} times the engine")


def known_to_both(rules: Any, day: date) -> Any:
    """The editions in force, less any criterion the two scripts do not know, which is said."""
    from careers.evaluation.standings import editions

    frameworks = editions(day)
    left_out = [c.id for framework in frameworks for c in framework.criteria if c.id not in rules]
    if left_out:
        print(f"Left out, because the scripts do not know them: {', '.join(left_out)}")
    return tuple(replace(f, criteria=tuple(c for c in f.criteria if c.id in rules)) for f in frameworks)


def states_of(found: Any) -> States:
    return {
        pupil: {criterion.id: str(standing.state) for criterion, standing in zip(found.criteria, row, strict=True)}
        for pupil, row in found.standings.rows.items()
    }


def same(got: States, wanted: States) -> None:
    """Refuse to compare times of different answers."""
    wrong = [
        f"pupil {pupil}, {criterion}: {got.get(pupil, {}).get(criterion)} in place of {state}"
        for pupil, row in wanted.items()
        for criterion, state in row.items()
        if got.get(pupil, {}).get(criterion) != state
    ]
    if wrong or got.keys() != wanted.keys():
        raise SystemExit(f"{len(wrong)} answers differ, the first of them: {'; '.join(wrong[:5])}")


def once(do: Callable[[], States], wanted: States) -> Any:
    """Timed a single time, since it takes so long."""
    from bench.timing import timed

    kept: list[States] = []
    timing = timed(lambda: kept.append(do()), 1)
    same(kept[0], wanted)
    return timing
