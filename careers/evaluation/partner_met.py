"""Which partners each year group has met: from the log, so it lies above the folders of partners and programme."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Max, Q

from careers.accounts.models import Membership
from careers.encounters.models import Encounter
from careers.programme.models import Activity, ActivityPartner
from careers.programme.queries import hidden_from
from careers.pupils.models import YearHeld
from careers.schools.models import School
from criteria.periods import AcademicYear

HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)


def met_by_year_group(school: School, year: AcademicYear, *, so_far: bool) -> dict[int, set[int]]:
    """Partners (primary keys) that took part in something a pupil attended, by the year group the pupil holds in `year`.

    `so_far`: in all their years until the end of that one, else in that year alone. Two queries. Nothing in it says which
    pupil: a year group has met a partner when one of its pupils has.
    """
    within = {"activity__academic_year__lte" if so_far else "activity__academic_year": year.start_year}
    partners: defaultdict[int, set[int]] = defaultdict(set)
    links = ActivityPartner.objects.filter(school=school, **within).values_list("activity_id", "partner_id")
    for activity, partner in links:
        partners[activity].add(partner)
    attended = Encounter.objects.filter(school=school, status=Encounter.Status.ATTENDED, **within)
    rows = attended.filter(pupil__years__academic_year=year.start_year, activity__in=_with_partners(school))
    met: defaultdict[int, set[int]] = defaultdict(set)
    for group, activity in rows.values_list("pupil__years__year_group", "activity_id").distinct():
        met[group] |= partners[activity]
    return dict(met)


def _with_partners(school: School) -> object:
    return ActivityPartner.objects.filter(school=school).values("activity_id")


def last_seen(school: School, membership: Membership, day: date) -> dict[int, date]:
    """By partner: the last day by now on which something was held with it. One-to-one meetings that the reader may not know of
    are left out. One query."""
    held = Q(activity__status__in=HELD, activity__starts_on__lte=day)
    found = ActivityPartner.objects.filter(held, school=school).exclude(
        activity__in=hidden_from(membership).values("pk")
    )
    return dict(found.values_list("partner_id").annotate(seen=Max("activity__starts_on")))


def year_groups_now(school: School, year: AcademicYear) -> list[int]:
    """The year groups that have pupils."""
    rows = YearHeld.objects.filter(school=school, academic_year=year.start_year)
    return sorted(set(rows.values_list("year_group", flat=True).distinct()))
