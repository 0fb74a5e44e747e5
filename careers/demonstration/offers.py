"""Offers of a place for September, written down once each spring for Years 11 and 12: the September Guarantee."""

from __future__ import annotations

from careers.demonstration.calendar import school_day
from careers.demonstration.log import Log
from careers.demonstration.roll import Child
from careers.programme.models import Activity

HOLDS_ONE = {11: 0.97, 12: 0.99}
UNSUITABLE = 0.02
"""Those whose only offer is work without training."""


def write_down_offers(log: Log, children: list[Child]) -> None:
    """Last spring's offers, of whoever had one. This year's are not in yet."""
    year = log.now.year - 1
    for group, share in HOLDS_ONE.items():
        rng = log.plan.dice("offers", group)
        own = [child for child in children if child.years.get(year) == group]
        day = school_day(year, 3, 16, later=group % 11)
        if not own or day >= log.now.today:
            continue
        held, unsuitable = (
            log.activity(Activity.Type.OFFER, title, day, suitable_offer=suitable, year_groups=[group], hours=0)
            for title, suitable in (
                (f"Offers of a place, Year {group}", True),
                (f"Offers of work without training, Year {group}", False),
            )
        )
        for child in own:
            luck, kind = rng.random(), rng.random()
            if luck < share and child.was_on_roll(day):
                log.put(unsuitable if kind < UNSUITABLE else held, child)
