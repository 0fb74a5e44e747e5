"""Work experience: a week in July for Year 10 and days in summer for Year 12, an activity for each host and its pupils."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from careers.demonstration.calendar import school_day
from careers.demonstration.log import Log
from careers.demonstration.partners import Partners
from careers.demonstration.qualities import judged
from careers.demonstration.roll import Child
from careers.partners.models import Partner
from careers.programme.models import Activity

TYPE = Activity.Type.WORKPLACE_EXPERIENCE


def place_pupils(log: Log, partners: Partners, children: list[Child], offset: int) -> None:
    """Year 10 has its week in the first half of July; Year 12 has three days in June. In the weak year Year 10 stayed at home."""
    if offset != log.plan.weak_year:
        share_out(log, partners, children, offset, year_group=10, when=(6, 29), days=5, each=6, found=0.93)
    share_out(log, partners, children, offset, year_group=12, when=(6, 15), days=3, each=4, found=0.7)
    weekend_jobs(log, partners, children, offset)


def share_out(
    log: Log, partners: Partners, children: list[Child], offset: int, *, year_group: int, when: tuple[int, int],
    days: int, each: int, found: float,
) -> None:  # fmt: skip
    """Give each child who found a place a host; a host takes up to `each`. This year some places are still being looked for."""
    year = log.now.year + offset
    rng = log.plan.dice("placements", offset, year_group)
    day = school_day(year, *when)
    still_looking = day >= log.now.today
    placed = [
        child
        for child in children
        if child.years.get(year) == year_group
        and rng.random() < found * min(1, child.keenness + 0.25) * (0.6 if still_looking else 1)
    ]
    hosts = [*partners.employers]
    rng.shuffle(hosts)
    for number in range(-(-len(placed) // each)):
        group = placed[number :: -(-len(placed) // each)]
        host_group(log, hosts[number % len(hosts)], group, offset, year_group, day, days, rng)


def host_group(
    log: Log, host: Partner, group: list[Child], offset: int, year_group: int, day: date, days: int, rng: Random
) -> None:
    flags = judged(TYPE, offset, rng, past=day < log.now.today, good=0.98)
    entry = log.activity(
        TYPE,
        f"Work experience at {host.name}, Year {year_group}",
        day,
        partners=[host],
        ends_on=day + timedelta(days - 1),
        year_groups=[year_group],
        whole_cohort=False,
        days=days,
        hours=days * (6 if rng.random() < 0.7 else 5),
        in_school_day=True,
        mode="virtual" if host.online_only else "in_person",
        in_workplace=not host.online_only,
        about_work=True,
        part_time_job=False,
        stem=host.stem,
        **flags,
    )
    log.invite(entry, group, rng, taken=rng.random() > 0.04)


def weekend_jobs(log: Log, partners: Partners, children: list[Child], offset: int) -> None:
    """A few pupils' own part-time jobs, written down as experience of a workplace: the 2014 edition does not count them."""
    year = log.now.year + offset
    rng = log.plan.dice("weekend jobs", offset)
    for child in children:
        if child.years.get(year, 0) in (11, 12, 13) and rng.random() < 0.02:
            host = rng.choice(partners.employers[:45])
            entry = log.activity(
                TYPE,
                f"Part-time job at {host.name}",
                school_day(year, 10, rng.randint(1, 28)),
                partners=[host],
                days=5,
                in_school_day=False,
                mode="in_person",
                in_workplace=True,
                about_work=True,
                part_time_job=True,
                year_groups=[child.years[year]],
            )
            log.invite(entry, [child], rng)
