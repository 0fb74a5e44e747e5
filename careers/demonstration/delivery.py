"""Turns the repeated programme into one year's activities and registers, uneven as they are in a real school."""

from __future__ import annotations

from random import Random
from typing import Any

from careers.demonstration.calendar import school_day
from careers.demonstration.log import Entry, Log
from careers.demonstration.partners import Partners
from careers.demonstration.programme_years import ITEMS, Item
from careers.demonstration.qualities import contents, judged
from careers.demonstration.roll import Child
from careers.partners.models import Partner
from careers.programme.models import Activity

REGISTER_NEVER_TAKEN = 0.05
CANCELLED = 0.03
NOT_RUN_IN_THE_WEAK_YEAR = 0.4
EMPLOYERS_COME = (Activity.Type.EMPLOYER_ENCOUNTER, Activity.Type.WORKPLACE_EXPERIENCE)


class Delivery:
    def __init__(self, log: Log, partners: Partners, children: list[Child]) -> None:
        self.log = log
        self.plan = log.plan
        self.now = log.now
        self.partners = partners
        self.children = children

    def deliver(self, offset: int) -> None:
        """Run every item of the year that lies `offset` years from this one."""
        for item in ITEMS:
            if item.offsets and offset not in item.offsets:
                continue
            if self.plan.special and not (
                item.special and (not item.years or min(item.years) <= self.plan.last_year_group)
            ):
                continue
            rng = self.plan.dice(offset, item.title, item.years)
            if offset == self.plan.weak_year and item.share and rng.random() < NOT_RUN_IN_THE_WEAK_YEAR:
                continue
            for place, (label, groups, children) in enumerate(self.audiences(item, offset)):
                self.run(item, offset, label, groups, children, place, rng)

    def audiences(self, item: Item, offset: int) -> list[tuple[str, list[int], list[Child]]]:
        """Who each activity of an item is for: how it is told apart, the year groups, the children."""
        year = self.now.year + offset
        groups = [group for group in item.years if group <= self.plan.last_year_group]
        of = {
            group: [c for c in self.children if min(c.years.get(year, 0), 13) == group and self.has(item, c)]
            for group in groups
        }
        if item.by == "all":
            return [("", groups, [child for group in groups for child in of[group]])]
        if item.by == "year" or self.plan.special:
            return [(f"Year {group}" if len(groups) > 1 else "", [group], of[group]) for group in groups]
        forms: dict[str, list[Child]] = {}
        for group in groups:
            for child in of[group]:
                forms.setdefault(child.form(year), []).append(child)
        return [(name, groups, forms[name]) for name in sorted(forms)]

    def has(self, item: Item, child: Child) -> bool:
        return self.plan.special or not item.letters or child.letter in item.letters

    def run(
        self, item: Item, offset: int, label: str, groups: list[int], children: list[Child], place: int, rng: Random
    ) -> None:
        letter = label[-1] if item.by == "form" and label else ""
        served = rng.random() < self.plan.form_service.get(letter, 1.0) - (0.1 if offset == self.plan.weak_year else 0)
        fate, taken = rng.random(), rng.random() > REGISTER_NEVER_TAKEN
        day = school_day(self.now.year + offset, item.month, item.day, later=place + rng.randint(0, 1) + offset % 3)
        past = day < self.now.today
        who = self.partners.some(item.partners, rng)
        facts = {"stem": about_stem(item.type, who)} | self.facts(item, offset, rng, past)
        asked = [child for child in children if item.share >= 1 or rng.random() < item.share * child.keenness]
        if not served:
            return
        entry = self.log.activity(
            item.type,
            f"{item.title} ({label})" if label else item.title,
            day,
            partners=who,
            year_groups=groups,
            whole_cohort=item.share >= 1 and not item.letters if item.years else None,
            hours=item.hours,
            days=item.days,
            **facts,
        )
        self.register(item, entry, asked, rng, past=past, taken=taken, fate=fate)

    def facts(self, item: Item, offset: int, rng: Random, past: bool) -> dict[str, Any]:
        facts = dict(item.facts) | judged(item.type, offset, rng, past=past, good=item.good)
        if offset <= -2 and item.type == Activity.Type.SURVEY:
            facts["records_intention"] = None
        if item.type == Activity.Type.PROVIDER_ENCOUNTER:
            facts |= contents(offset, rng, missing=item.missing, past=past)
        if "about_work" in facts and rng.random() < 0.04:
            facts["about_work"] = None
        return facts

    def register(
        self, item: Item, entry: Entry, asked: list[Child], rng: Random, *, past: bool, taken: bool, fate: float
    ) -> None:
        """Some events fall through; now and then a form's register is never taken; some to come have nobody down for them."""
        if not item.share:
            return
        if past and fate < CANCELLED:
            entry.activity.status = Activity.Status.CANCELLED
            return
        if not past and not item.booked:
            return
        optional = item.share < 1 or min(item.years) >= 12
        forgotten = "" if taken else rng.choice(self.plan.forms)
        self.log.invite(entry, [c for c in asked if c.letter != forgotten], rng, optional=optional)
        self.log.invite(entry, [c for c in asked if c.letter == forgotten], rng, taken=False)


def about_stem(type: str, partners: list[Partner]) -> bool | None:
    """Whether an encounter with employers was about STEM, as far as is known of those who came."""
    if type not in EMPLOYERS_COME:
        return None
    known = {partner.stem for partner in partners}
    return True if True in known else None if None in known else False
