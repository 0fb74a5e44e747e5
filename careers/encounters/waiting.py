"""Registers that wait for somebody: what was held on some days for their pupils, and how much of each register is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from careers.accounts.models import Membership
from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.pupils.models import Group, GroupMembership, YearHeld
from careers.pupils.visibility import pupils_visible_to
from criteria.periods import AcademicYear

HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
UNMARKED = (Encounter.Status.BOOKED, Encounter.Status.OFFERED)


@dataclass(frozen=True)
class ToTake:
    """An activity, counted over one's own pupils: how many are booked and not yet marked, how many are marked.

    `expected` is how many of them it is for where nobody is booked; nothing where that is not said. `groups` are one's own groups
    to take the register of, where there are several to choose from.
    """

    activity: Activity
    booked: int
    marked: int
    expected: int = 0
    groups: tuple[Group, ...] = ()

    @property
    def whole(self) -> int:
        return max(self.expected, self.booked + self.marked)

    @property
    def taken(self) -> bool:
        return self.marked > 0 and self.marked >= self.whole

    @property
    def part_taken(self) -> bool:
        return 0 < self.marked < self.whole

    @property
    def words(self) -> str:
        """How far it is: "taken", "part taken: 12 of 30", "30 to mark", or nothing where that is not known."""
        if self.taken:
            return "taken"
        if self.part_taken:
            return f"part taken: {self.marked} of {self.whole}"
        return f"{self.whole} to mark" if self.whole else ""


def registers_waiting(membership: Membership, first: date, last: date) -> list[ToTake]:
    """Of the activities held on these days, those of one's own pupils: not taken first, then the latest. At most four queries.

    An activity nobody has a place on is for one's own pupils where it is for a group or a year group of theirs, or says none.
    """
    activities = list(_held(membership, first, last))
    if not activities:
        return []
    own = _Own(membership, last)
    found = [taken for each in activities if (taken := _to_take(each, own))]
    return sorted(found, key=lambda each: (each.taken, -(each.activity.starts_on or last).toordinal()))


def _held(membership: Membership, first: date, last: date) -> QuerySet[Activity]:
    of_mine = Q(encounters__pupil__in=pupils_visible_to(membership))
    return (
        Activity.objects.filter(school_id=membership.school_id, status__in=HELD, starts_on__lte=last)
        .exclude(pk__in=hidden_from(membership).values("pk"))
        .annotate(last_day=Coalesce("ends_on", F("starts_on")))
        .filter(last_day__gte=first)
        .annotate(
            places=Count("encounters"),
            booked=Count("encounters", filter=of_mine & Q(encounters__status__in=UNMARKED)),
            mine=Count("encounters", filter=of_mine),
        )
        .prefetch_related("activity_groups")
        .order_by("title", "pk")
    )


class _Own:
    """Whom a person may mark, by group and by year group: counts only."""

    def __init__(self, membership: Membership, day: date) -> None:
        year = AcademicYear.containing(day).start_year
        pupils = pupils_visible_to(membership).on_roll(day)
        held = YearHeld.objects.filter(academic_year=year, pupil__in=pupils).values_list("year_group")
        self.by_year_group = Counter(dict(held.annotate(pupils=Count("pk"))))
        self.groups = groups_answered_for(membership, year)
        self.by_group = self._sizes(pupils, membership, year)

    def _sizes(self, pupils: object, membership: Membership, year: int) -> Counter[int]:
        rows = GroupMembership.objects.filter(
            school_id=membership.school_id, group__academic_year=year, pupil__in=pupils, ends_on__isnull=True
        )
        return Counter(dict(rows.values_list("group_id").annotate(pupils=Count("pk"))))


def groups_answered_for(membership: Membership, year: int) -> list[Group]:
    """The groups of a year that a person answers for, with the year groups in each as `held`. One query."""
    rows = (
        Group.objects.filter(
            school_id=membership.school_id, academic_year=year, group_staff__user_id=membership.user_id
        )
        .order_by("kind", "name", "pk")
        .annotate(held=F("pupils__years__year_group"), of=F("pupils__years__academic_year"))
        .filter(Q(of=year) | Q(of=None))
        .distinct()
    )
    found: dict[int, Group] = {}
    for row in rows:
        group = found.setdefault(row.pk, row)
        group.year_groups = {*getattr(group, "year_groups", ()), row.held}  # type: ignore[attr-defined]
    return list(found.values())


def fitting(groups: Sequence[Group], activity: Activity, named: Iterable[int]) -> list[Group]:
    """Of the groups somebody answers for, those an activity is for: those it names or, where it names none, of its year groups."""
    named = set(named)
    if named:
        return [group for group in groups if group.pk in named]
    years = set(activity.year_groups)
    return [group for group in groups if not years or years & group.year_groups]  # type: ignore[attr-defined]


def is_for_whole_groups(activity: Activity, named: Iterable[int]) -> bool:
    """Whether everybody of its groups or year groups is awaited, so that whoever is not marked yet still is to be.

    The groups it names are awaited whole, also where it is said that it is not for every pupil of the year group.
    """
    return bool(list(named)) or activity.whole_cohort is True


def _to_take(activity: Activity, own: _Own) -> ToTake | None:
    booked, mine, places = activity.booked, activity.mine, activity.places  # type: ignore[attr-defined]
    named = {link.group_id for link in activity.activity_groups.all()}  # type: ignore[attr-defined]
    expected = _expected(activity, named, own)
    if not mine and ((places and not named) or not expected):
        return None
    unsaid = (
        not mine and activity.whole_cohort is None and len(own.groups) == 1
    )  # the register would open on that group
    told = expected if not booked and (unsaid or is_for_whole_groups(activity, named)) else 0
    groups = fitting(own.groups, activity, named) if not booked else []
    return ToTake(activity, booked, mine - booked, told, tuple(groups) if len(groups) > 1 else ())


def _expected(activity: Activity, named: set[int], own: _Own) -> int:
    if named:
        return sum(own.by_group[group] for group in named)
    groups = activity.year_groups or own.by_year_group
    return sum(own.by_year_group[group] for group in groups)
