"""Makes a whole school in memory, as at a day: nothing here reads or writes the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careers.accounts.models import User
from careers.demonstration.characteristics import give_characteristics
from careers.demonstration.curriculum import link_subjects
from careers.demonstration.delivery import Delivery
from careers.demonstration.destinations import follow_leavers
from careers.demonstration.groups import GroupMaker
from careers.demonstration.guidance import hold_interviews, review_plans
from careers.demonstration.log import Log
from careers.demonstration.offers import write_down_offers
from careers.demonstration.partners import Partners
from careers.demonstration.placements import place_pupils
from careers.demonstration.plan import Now, Plan
from careers.demonstration.roll import Child, RollMaker
from careers.demonstration.scenarios import cast
from careers.demonstration.stories import Stage
from careers.pupils.models import Characteristic
from careers.schools.models import School


@dataclass
class Made:
    """One school, made and not yet written."""

    plan: Plan
    school: School
    children: list[Child]
    characteristics: list[Characteristic]
    groups: GroupMaker
    partners: Partners
    log: Log


def make(plan: Plan, day: date, owners: list[User]) -> Made:
    """Everything of one school as at a day. The same day and plan make the same school, to the last reference."""
    now = Now(day)
    children = RollMaker(plan, now).make()
    characteristics = give_characteristics(plan, now, children)
    parts = cast(plan, now, children)
    groups = GroupMaker(plan, now, children)
    groups.make()
    partners = Partners(plan)
    log = Log(plan, now)
    log.owners = owners
    delivery = Delivery(log, partners, children)
    for offset in range(1 - plan.years_of_log, 1):
        delivery.deliver(offset)
        hold_interviews(log, partners, children, offset)
        place_pupils(log, partners, children, offset)
        if offset >= -2:
            review_plans(log, children, offset)
    link_subjects(log, groups)
    follow_leavers(log, children)
    stage = Stage(log, partners)
    for part, child in parts:
        if part.extras:
            part.extras(stage, child)
    write_down_offers(log, children)
    return Made(plan, plan.school(), children, characteristics, groups, partners, log)
