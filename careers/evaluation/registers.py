"""The registers to take today: activities held today that one's own pupils are booked on, or are for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from careers.accounts.models import Membership
from careers.encounters.models import Encounter
from careers.evaluation.standings import SchoolStandings
from careers.evaluation.waiting import HELD
from careers.programme.models import Activity
from careers.pupils.visibility import pupils_visible_to


@dataclass(frozen=True)
class ToTake:
    """An activity of today: how many of one's own pupils are booked and not yet marked, and how many are marked."""

    activity: Activity
    booked: int
    marked: int

    @property
    def taken(self) -> bool:
        return self.marked > 0 and self.booked == 0


def registers_today(found: SchoolStandings, membership: Membership, own: frozenset[int]) -> list[ToTake]:
    """Those not yet taken first. One query.

    An activity nobody has a place on is for one's own pupils where it is for a year group of theirs, or for none that is said.
    """
    day = found.as_at
    of_mine = Q(encounters__pupil__in=pupils_visible_to(membership))
    activities = (
        Activity.objects.filter(school=found.school, status__in=HELD, starts_on__lte=day)
        .annotate(last_day=Coalesce("ends_on", F("starts_on")))
        .filter(last_day__gte=day)
        .annotate(
            places=Count("encounters"),
            booked=Count("encounters", filter=of_mine & Q(encounters__status=Encounter.Status.BOOKED)),
            mine=Count("encounters", filter=of_mine),
        )
        .order_by("title", "pk")
    )
    years = {person.year_group for person in found.people if person.pk in own and person.on_roll}
    mine = [
        ToTake(each, each.booked, each.mine - each.booked)
        for each in activities
        if each.mine or (not each.places and years and (not each.year_groups or years & set(each.year_groups)))
    ]
    return sorted(mine, key=lambda each: each.taken)
