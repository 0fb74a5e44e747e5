"""Dated facts about pupils, and how far they weigh on being there: the gaps that a school looks for."""

from __future__ import annotations

from datetime import date

from careers.demonstration.plan import Now, Plan
from careers.demonstration.roll import Child
from careers.pupils.models import Characteristic

Kind = Characteristic.Kind


def give_characteristics(plan: Plan, now: Now, children: list[Child]) -> list[Characteristic]:
    """Decide each child's facts and tendencies; the rows returned are those to store."""
    rng = plan.dice("characteristics")
    rows: list[Characteristic] = []
    for child in children:
        facts = child.facts
        roll = rng.random()
        facts[Kind.SEN_PROVISION] = "E" if plan.special or roll < 0.04 else "K" if roll < 0.17 else "N"
        facts[Kind.FSM] = "Y" if rng.random() < (0.44 if plan.special else 0.24) else ""
        facts[Kind.LOOKED_AFTER] = "Y" if rng.random() < 0.007 else ""
        facts[Kind.PUPIL_PREMIUM] = "Y" if facts[Kind.FSM] or facts[Kind.LOOKED_AFTER] or rng.random() < 0.04 else ""
        facts[Kind.EAL] = "Y" if rng.random() < 0.14 else ""
        set_tendencies(child, rng.random(), rng.random())
        if plan.special:
            child.pupil.in_benchmark_cohort = True if roll < 0.6 else False if roll < 0.9 else None
        for kind, value in facts.items():
            if value:
                rows.append(dated(child, kind, value, rng.random(), now))
        if facts[Kind.SEN_PROVISION] == "E" and child.years and min(child.years) < now.year and rng.random() < 0.5:
            rows.append(earlier_support(child, rows))
    return rows


def set_tendencies(child: Child, luck: float, will: float) -> None:
    """A few children are hardly there. Poorer children, and those with more need of help, miss more and volunteer less."""
    poor, plan = bool(child.facts[Kind.FSM]), child.facts[Kind.SEN_PROVISION]
    often_away = luck < (0.13 if poor else 0.05)
    child.absence = 0.38 if often_away else 0.035 + (0.03 if poor else 0) + (0.03 if plan != "N" else 0)
    child.keenness = (0.75 + will / 2) * (0.72 if poor else 1) * (0.8 if plan != "N" else 1)


def dated(child: Child, kind: str, value: str, luck: float, now: Now) -> Characteristic:
    """A fact from the day the child joined, or (for three in ten) from a later year; now and then one that has ended."""
    joined = child.pupil.joined_on or date(now.year, 9, 1)
    first = joined
    ends = None
    if luck < 0.3:
        first = max(joined, date(min(joined.year + 1, now.year), 9, 1))
    elif luck > 0.95 and kind != Kind.LOOKED_AFTER and joined.year + 2 <= now.year:
        ends = date(joined.year + 2, 7, 31)
    return Characteristic(pupil=child.pupil, kind=kind, value=value, starts_on=first, ends_on=ends)


def earlier_support(child: Child, rows: list[Characteristic]) -> Characteristic:
    """SEN support that came before the education, health and care plan just added: the two periods meet and do not overlap."""
    plan = next(row for row in reversed(rows) if row.pupil is child.pupil and row.kind == Kind.SEN_PROVISION)
    began = plan.starts_on or date(min(child.years), 9, 1)
    changed = date(began.year + 1, 1, 10)
    plan.starts_on, plan.ends_on = changed, None
    return Characteristic(
        pupil=child.pupil, kind=Kind.SEN_PROVISION, value="K", starts_on=began, ends_on=date(began.year + 1, 1, 9)
    )
