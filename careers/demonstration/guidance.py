"""Personal guidance: an activity for each interview, as an adviser's diary has it; and reviews of plans for special needs."""

from __future__ import annotations

from datetime import date
from random import Random

from careers.demonstration.calendar import school_days
from careers.demonstration.log import Log
from careers.demonstration.partners import Partners
from careers.demonstration.roll import Child
from careers.programme.models import Activity
from careers.pupils.models import Characteristic

SHARES = {8: 0.01, 9: 0.06, 10: 0.1, 11: 0.95, 12: 0.5, 13: 0.3}
"""The part of each year group that an adviser means to see."""
IN_THE_WEAK_YEAR = 0.6


def hold_interviews(log: Log, partners: Partners, children: list[Child], offset: int) -> None:
    year = log.now.year + offset
    rng = log.plan.dice("guidance", offset)
    days = school_days(year)
    for child in children:
        group = min(child.years.get(year, 0), 13)
        share = SHARES.get(group, 0) * (IN_THE_WEAK_YEAR if offset == log.plan.weak_year else 1)
        wanted, place, shift = rng.random(), rng.random(), rng.random()
        details = log.plan.dice(rng.random())
        first = 8 if group == 11 else 60
        day = days[first + int(place * 0.8 * (len(days) - first - 1))]
        if wanted > share or not child.was_on_roll(day):
            continue
        if day >= log.now.today and shift < 0.4:
            continue
        interview(log, partners, child, day, details, year_group=group, old=offset <= -3)


def interview(
    log: Log, partners: Partners, child: Child, day: date, rng: Random, *, year_group: int, old: bool
) -> None:
    luck, noted = rng.random(), rng.random()
    adviser = partners.advisers[0 if luck < 0.3 else 1 if luck < 0.95 else 2]
    level: int | None = 7 if luck < 0.3 else 6
    if luck > 0.97:
        level = None if old or luck > 0.985 else 4
    past = day < log.now.today
    entry = log.activity(
        Activity.Type.GUIDANCE_MEETING,
        "Personal guidance interview",
        day,
        partners=[adviser],
        year_groups=[year_group],
        hours=0.75,
        mode="virtual" if rng.random() < 0.06 else "in_person",
        in_school_day=True,
        one_to_one=True,
        adviser_level=level,
        advice_recorded=None if not past or noted > 0.96 else noted < 0.92,
    )
    log.invite(entry, [child], rng)


def review_plans(log: Log, children: list[Child], offset: int) -> None:
    """The yearly review of an education, health and care plan, from Year 9 on about preparing for adult life and work."""
    year = log.now.year + offset
    rng = log.plan.dice("reviews", offset)
    days = school_days(year)
    for child in children:
        place, held = rng.random(), rng.random()
        if child.facts.get(Characteristic.Kind.SEN_PROVISION) != "E" or child.years.get(year, 0) < 9 or held > 0.9:
            continue
        day = days[int(place * (len(days) - 1))]
        if child.was_on_roll(day):
            entry = log.activity(
                Activity.Type.REVIEW,
                "Review of an education, health and care plan: preparing for work",
                day,
                hours=1,
                mode="in_person",
                one_to_one=False,
                employment_focus=None if held < 0.04 else held < 0.85,
                year_groups=[child.years[year]],
            )
            log.invite(entry, [child], rng)
