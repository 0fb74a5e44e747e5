"""What is planned with a partner whose insurance or check will have run out by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce

from careers.partners.checks import Warned, checks_of, in_force, warned
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools.models import School

AHEAD = (Activity.Status.PROPOSED, Activity.Status.PLANNED)


@dataclass(frozen=True)
class ByThen:
    """A partner of an activity and what of theirs will have run out on its last day."""

    partner: Partner
    warned: list[Warned]


def by_then(activity: Activity, day: date) -> list[ByThen]:
    """Of one activity that is still to come. One query, and none for one that is not. Have its partners fetched before."""
    last = activity.ends_on or activity.starts_on
    if activity.status not in AHEAD or last is None or last < day:
        return []
    partners = {partner.pk: partner for partner in activity.partners.all()}
    checks = checks_of(activity.school, partners) if partners else {}
    found = [(partner, [w for w in warned(checks.get(pk, []), last) if w.over]) for pk, partner in partners.items()]
    return [ByThen(partner, over) for partner, over in found if over]


def run_out_by_then(school: School, day: date) -> set[int]:
    """Partners (primary keys) with something still to come, by whose last day a check of theirs will have run out. Two queries."""
    ends = {
        partner: min(found)
        for partner, checks in checks_of(school).items()
        if (found := [check.expires_on for check in in_force(checks) if check.expires_on])
    }
    last = Max(Coalesce("activity__ends_on", "activity__starts_on"))
    planned = ActivityPartner.objects.filter(
        school=school, partner__in=list(ends), activity__status__in=AHEAD, activity__starts_on__gte=day
    )
    return {
        partner for partner, until in planned.values_list("partner_id").annotate(last=last) if ends[partner] < until
    }
