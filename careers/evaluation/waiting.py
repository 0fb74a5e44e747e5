"""What waits for a person to decide or record: arrivals, registers never taken, and activities with a fact missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from careers.encounters.models import Encounter
from careers.evaluation.coverage_rows import planned_alone
from careers.evaluation.occasions import doubtful
from careers.evaluation.standings import SchoolStandings
from careers.programme.models import Activity
from careers.pupils.models import Arrival
from careers.schools.models import School
from criteria.engines.reference import stage_of
from criteria.explanation import unknown
from criteria.model import Criterion
from criteria.periods import AcademicYear
from criteria.standing import Reason, Window, window_of

FORTNIGHT = timedelta(days=14)
HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
MAY_HAVE_BEEN_THERE = (Encounter.Status.ATTENDED, Encounter.Status.BOOKED)


def arrivals_waiting(school: School) -> int:
    return Arrival.objects.filter(school=school, outcome=Arrival.Outcome.WAITING).count()


def registers_not_taken(
    school: School, day: date, earlier: bool = False, own: frozenset[int] | None = None
) -> QuerySet[Activity]:
    """Activities before the day with places still only booked; `pupils` is how many. The latest first.

    Of the academic year the day is in or, if `earlier`, of those before it. With `own`, primary keys of pupils, only their
    places count: nobody is asked for a register they cannot take.
    """
    waits = Q(encounters__status=Encounter.Status.BOOKED)
    booked = Count("encounters", filter=waits if own is None else waits & Q(encounters__pupil__in=own))
    begins = AcademicYear.containing(day).starts
    when = Q(starts_on__lt=begins) if earlier else Q(starts_on__gte=begins, starts_on__lt=day)
    return (
        Activity.objects.filter(when, school=school, status__in=HELD)
        .annotate(pupils=booked)
        .filter(pupils__gt=0)
        .order_by("-starts_on", "title")
    )


def booked_soon(school: School, day: date) -> QuerySet[Activity]:
    """Activities of the next fortnight; `pupils` is how many have a place."""
    coming = Q(encounters__status__in=(Encounter.Status.BOOKED, Encounter.Status.ATTENDED))
    return (
        Activity.objects.filter(
            school=school, starts_on__gte=day, starts_on__lte=day + FORTNIGHT, status=Activity.Status.PLANNED
        )
        .annotate(pupils=Count("encounters", filter=coming))
        .order_by("starts_on", "title")
    )


@dataclass(frozen=True)
class Soon:
    """Activities of one title on one day: a morning of guidance interviews is one line."""

    starts_on: date
    title: str
    reference: str
    number: int
    pupils: int


def alike(activities: Iterable[Activity]) -> list[Soon]:
    together: dict[tuple[date | None, str], list[Activity]] = {}
    for activity in activities:
        together.setdefault((activity.starts_on, activity.title), []).append(activity)
    return [
        Soon(day, title, found[0].reference, len(found), sum(activity.pupils for activity in found))  # type: ignore[attr-defined, arg-type]
        for (day, title), found in together.items()
    ]


@dataclass(frozen=True)
class Unjudged:
    """An activity that may count towards something for `pupils` pupils, once more is recorded about it."""

    activity: Activity
    pupils: int
    criteria: tuple[Criterion, ...]

    @property
    def numbers(self) -> str:
        return ", ".join(criterion.number for criterion in self.criteria)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not recorded, in words. Have the activity's partners fetched before."""
        row = planned_alone(self.activity).row
        return tuple(dict.fromkeys(words for criterion in self.criteria for words in unknown(criterion, row)))


def unjudged(found: SchoolStandings) -> list[Unjudged]:
    """Activities that keep a pupil's standing from being told, the one that holds up most pupils first.

    At most three queries, once for each state of the record.
    """
    return found.remember("unjudged", lambda: _unjudged(found))


def _unjudged(found: SchoolStandings) -> list[Unjudged]:
    waiting = [(criterion, own) for criterion in found.main if (own := _windows(found, criterion))]
    about = doubtful(found, [criterion for criterion, _ in waiting])
    there: defaultdict[int, list[int]] = defaultdict(list)
    rows = Encounter.objects.filter(
        activity_id__in={occasion for days in about for occasion in days}, status__in=MAY_HAVE_BEEN_THERE
    ).values_list("activity_id", "pupil_id")
    for occasion, pupil in rows.iterator(chunk_size=5000):
        there[occasion].append(pupil)
    held_up: defaultdict[int, set[int]] = defaultdict(set)
    criteria: defaultdict[int, list[Criterion]] = defaultdict(list)
    for (criterion, windows), days in zip(waiting, about, strict=True):
        for occasion, day in days.items():
            pupils = {p for p in there[occasion] if p in windows and windows[p].opens <= day <= windows[p].closes}
            if pupils:
                held_up[occasion] |= pupils
                criteria[occasion].append(criterion)
    activities = Activity.objects.in_bulk(list(held_up))
    each = [Unjudged(activities[key], len(pupils), tuple(criteria[key])) for key, pupils in held_up.items()]
    return sorted(each, key=lambda u: (-u.pupils, u.activity.title, u.activity.pk))


def _windows(found: SchoolStandings, criterion: Criterion) -> dict[int, Window]:
    """The window of each pupil whose standing on the criterion waits for a judgement."""
    place = found.standings.position[criterion.id]
    windows: dict[int, Window] = {}
    for person in found.people:
        if found.row(person)[place].reason is Reason.JUDGEMENT:
            stage = stage_of(person.facts, found.as_at)
            window = window_of(criterion, stage, person.facts) if stage else None
            if window:
                windows[person.pk] = window
    return windows


def pupils_waiting(found: SchoolStandings) -> int:
    """Pupils whose standing on a benchmark or on provider access waits for a judgement."""
    positions = [found.standings.position[criterion.id] for criterion in found.main]
    rows = map(found.row, found.people)
    return sum(any(row[position].reason is Reason.JUDGEMENT for position in positions) for row in rows)
