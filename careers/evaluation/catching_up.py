"""Who missed something this year, what of it the rules still ask for, and the next chance to make it good.

A chance is a planned activity of the same type, for the pupil's year group, that counts for a criterion the missed one counts for:
where the missed one counts for none that can be told, the same type is enough. A lesson's link is made good in the same subject.
A pupil who has since attended such an activity has made it good. What counts is judged as everywhere, by `Judging`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from careers.encounters.models import Encounter
from careers.evaluation.coverage_claims import Judging
from careers.evaluation.coverage_rows import planned_alone
from careers.evaluation.people import Person
from careers.evaluation.sensitive import TYPES, told
from careers.evaluation.standings import OfActivities, SchoolStandings
from careers.programme.models import Activity
from careers.programme.queries import appointments, is_appointment
from criteria.model import Criterion
from criteria.periods import AcademicYear

MISSED = (Encounter.Status.ABSENT, Encounter.Status.EXCUSED)
NOT_CAUGHT_UP = (Activity.Type.DESTINATION, Activity.Type.OFFER, Activity.Type.STAFF_DEVELOPMENT)
HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
A_FEW = 400
"""Pupils whom a query can name; more are read with everybody."""
Worth = dict[str, bool]
"""Criteria an activity counts for in a year group: by id, whether surely; else it may, once more is recorded."""


@dataclass(frozen=True)
class Chance:
    """`sure`: whether it counts by what is recorded. `booked`: whether the pupil has a place on it already."""

    activity: Activity
    sure: bool
    booked: bool


@dataclass(frozen=True)
class Missed:
    """One pupil and one activity they were absent or excused from. `counts` are criteria that it counts for, or may."""

    person: Person
    activity: Activity
    excused: bool
    counts: tuple[Criterion, ...]
    chance: Chance | None


def missed(found: SchoolStandings, own: frozenset[int], sensitive: bool) -> list[Missed]:
    """What these pupils (primary keys) on roll have missed since the year began and not made good: latest first. Three queries."""
    year = AcademicYear.containing(found.as_at)
    people = {person.pk: person for person in found.people if person.pk in own and person.on_roll}
    rows = _of_what_was_missed(row for row in _log(found, year, people) if row.pupil in people)
    activities = _activities(found, year, rows)
    worth = _Worths(found, year)
    attended = _by_pupil(row for row in rows if row.status == Encounter.Status.ATTENDED)
    booked = _by_pupil(row for row in rows if row.status == Encounter.Status.BOOKED)
    to_come = [each for each in activities.values() if _can_be_joined(each, found.as_at)]
    lines = []
    for pupil, key, status, _ in rows:
        activity, person = activities.get(key), people[pupil]
        if status not in MISSED or activity is None or (activity.type in TYPES and not sensitive):
            continue
        was = worth.of(activity, person)
        later = (activities[each] for each in attended.get(pupil, ()) if each in activities)
        if any(_day(each) > _day(activity) and worth.makes_good(each, activity, person) for each in later):
            continue
        chance = _chance(activity, person, to_come, worth, booked.get(pupil, frozenset()), sensitive)
        counts = told((c for c in found.criteria if c.id in was), sensitive)
        lines.append(Missed(person, activity, status == Encounter.Status.EXCUSED, counts, chance))
    return sorted(lines, key=lambda each: (-_day(each.activity).toordinal(), each.activity.title, each.person.name))


class Entry(NamedTuple):
    """A row of the log, by keys, with the type of its activity."""

    pupil: int
    activity: int
    status: str
    type: str


def _log(found: SchoolStandings, year: AcademicYear, people: Collection[int]) -> list[Entry]:
    """Of the year, of these people at least: what was missed, attended or is booked."""
    wanted = (*MISSED, Encounter.Status.ATTENDED, Encounter.Status.BOOKED)
    rows = Encounter.objects.filter(
        school=found.school,
        activity__academic_year=year.start_year,
        status__in=wanted,
        activity__starts_on__isnull=False,
    ).exclude(activity__type__in=NOT_CAUGHT_UP)
    asked = rows if len(people) > A_FEW else rows.filter(pupil__in=people)
    return [
        Entry(*row) for row in asked.order_by("pk").values_list("pupil_id", "activity_id", "status", "activity__type")
    ]


def _of_what_was_missed(rows: Iterable[Entry]) -> list[Entry]:
    """Each pupil's entries of the types of which they have missed something: the rest can make nothing good."""
    listed = list(rows)
    wanted = {(row.pupil, row.type) for row in listed if row.status in MISSED}
    return [row for row in listed if (row.pupil, row.type) in wanted]


def _activities(found: SchoolStandings, year: AcademicYear, rows: Iterable[Entry]) -> dict[int, Activity]:
    """Those of these entries, and what of their types is to come."""
    listed = list(rows)
    to_come = Q(starts_on__gt=found.as_at, type__in={row.type for row in listed}) & ~appointments()
    asked = Activity.objects.filter(
        to_come | Q(pk__in={row.activity for row in listed}),
        school=found.school, academic_year=year.start_year, status__in=HELD, starts_on__isnull=False,
    )  # fmt: skip
    return {each.pk: each for each in asked.prefetch_related("partners")}


def _by_pupil(rows: Iterable[Entry]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.pupil, set()).add(row.activity)
    return found


def _day(activity: Activity) -> date:
    """The query asks for those with a day."""
    return activity.starts_on or date.max


def _can_be_joined(activity: Activity, day: date) -> bool:
    """Planned and to come, and no meeting of another pupil's own."""
    return activity.status == Activity.Status.PLANNED and _day(activity) > day and not is_appointment(activity)


class _Worths:
    """What activities count for in each year group: judged once for each state of the programme."""

    def __init__(self, found: SchoolStandings, year: AcademicYear) -> None:
        self.found = found
        self.judging = Judging(found.criteria, year, found.school.year_groups)
        self.known: dict[int, dict[int, Worth]] = found.remember(OfActivities("what each counts for"), dict)

    def of(self, activity: Activity, person: Person) -> Worth:
        if activity.pk not in self.known:
            self.known[activity.pk] = self._judged(activity)
        return self.known[activity.pk].get(person.year_group or 0, {})

    def _judged(self, activity: Activity) -> dict[int, Worth]:
        planned = planned_alone(activity)
        worth: dict[int, Worth] = {}
        for criterion in self.found.criteria:
            for judgement in self.judging.by(criterion, planned):
                if judgement.truth is not False:
                    worth.setdefault(judgement.concern.year_group, {})[criterion.id] = judgement.truth is True
        return worth

    def makes_good(self, other: Activity, missed: Activity, person: Person) -> bool:
        """Whether another activity counts, or may, for something the missed one does; or nothing can be told of either."""
        if other.type != missed.type or other.pk == missed.pk or other.subject.casefold() != missed.subject.casefold():
            return False
        was = self.of(missed, person)
        return not was or bool(was.keys() & self.of(other, person).keys())


def _chance(
    missed: Activity, person: Person, to_come: list[Activity], worth: _Worths, booked: Iterable[int], sensitive: bool
) -> Chance | None:
    """The one the pupil is booked on; else the soonest that surely counts; else the soonest that may."""
    group = person.year_group
    fits = [
        each
        for each in to_come
        if (not each.year_groups or group in each.year_groups) and worth.makes_good(each, missed, person)
    ]
    has = set(booked)
    was = worth.of(missed, person)
    chances = [
        Chance(each, not was or any(worth.of(each, person).get(key) for key in was), each.pk in has) for each in fits
    ]
    return min(chances, key=lambda c: (not c.booked, not c.sure, _day(c.activity), c.activity.pk), default=None)
