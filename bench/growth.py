"""A tenth of a school, a school, and ten of them in one: the time should grow no faster than the rows."""

from __future__ import annotations

from typing import Any

GOES = 5
SIZES = {"990101": 0.1, "990102": 1, "990103": 10}


def growth(made: Any) -> None:
    """A line for each size, with the milliseconds for each thousand rows of its log."""
    from django_scopes import scope

    from bench.made import load_of_size, on_roll
    from bench.timing import timed
    from careers.accounts.models import User
    from careers.evaluation.standings import editions, evaluate
    from careers.schools.clock import today

    del made  # these have schools of their own
    users = {user.email: user for user in User.objects.all()}
    day = today()
    for urn, times in SIZES.items():
        school = load_of_size(times, users, urn)
        with scope(school=school.school):
            timing = timed(lambda school=school.school: evaluate(school, editions(day), day), GOES)
        rows = school.log.count()
        name = f"{on_roll(school):,} pupils, {rows:,} rows of log"
        print(f"{name:44}{timing} {1000 * timing.median / rows:8.2f} ms for 1,000 rows")
