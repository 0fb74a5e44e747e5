"""What waits for a person to decide or record: arrivals, registers never taken, and activities with a fact missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from careers.encounters.models import Encounter
from careers.evaluation.occasions import counts, occasions_for
from careers.evaluation.standings import SchoolStandings
from careers.programme.models import Activity
from careers.pupils.models import Arrival
from careers.schools.models import School
from criteria.engines.reference import stage_of
from criteria.explanation import unknown
from criteria.model import Criterion
from criteria.standing import Reason, Window, window_of

FORTNIGHT = timedelta(days=14)
HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
MAY_HAVE_BEEN_THERE = (Encounter.Status.ATTENDED, Encounter.Status.BOOKED)


def arrivals_waiting(school: School) -> int:
    return Arrival.objects.filter(school=school, outcome=Arrival.Outcome.WAITING).count()


def registers_not_taken(school: School, day: date) -> QuerySet[Activity]:
    """Activities before the day with places still only booked; `pupils` is how many. The latest first."""
    booked = Count("encounters", filter=Q(encounters__status=Encounter.Status.BOOKED))
    return (
        Activity.objects.filter(school=school, starts_on__lt=day, status__in=HELD)
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
    """An activity that may count towards something for `pupils` pupils, once `missing` is recorded."""

    activity: Activity
    pupils: int
    criteria: tuple[Criterion, ...]
    missing: tuple[str, ...]

    @property
    def numbers(self) -> str:
        return ", ".join(criterion.number for criterion in self.criteria)


def unjudged(found: SchoolStandings) -> list[Unjudged]:
    """Activities that keep a pupil's standing from being told, the one that holds up most pupils first.

    At most three queries, once for each state of the record.
    """
    return found.remember("unjudged", lambda: _unjudged(found))


def _unjudged(found: SchoolStandings) -> list[Unjudged]:
    doubtful = _doubtful(found)
    everywhere = {occasion for about in doubtful.values() for occasion in about}
    there: defaultdict[int, list[int]] = defaultdict(list)
    rows = Encounter.objects.filter(
        school=found.school, activity_id__in=everywhere, status__in=MAY_HAVE_BEEN_THERE
    ).values_list("activity_id", "pupil_id")
    for occasion, pupil in rows.iterator(chunk_size=5000):
        there[occasion].append(pupil)
    held_up: defaultdict[int, set[int]] = defaultdict(set)
    about: defaultdict[int, dict[Criterion, tuple[str, ...]]] = defaultdict(dict)
    for criterion, found_doubts in doubtful.items():
        windows = _windows(found, criterion)
        for occasion, (day, words) in found_doubts.items():
            pupils = {p for p in there[occasion] if p in windows and windows[p].opens <= day <= windows[p].closes}
            if pupils:
                held_up[occasion] |= pupils
                about[occasion][criterion] = words
    activities = Activity.objects.filter(school=found.school).in_bulk(list(held_up))
    each = [_join(activities[occasion], pupils, about[occasion]) for occasion, pupils in held_up.items()]
    return sorted(each, key=lambda u: (-u.pupils, u.activity.title, u.activity.pk))


def _join(activity: Activity, pupils: set[int], about: dict[Criterion, tuple[str, ...]]) -> Unjudged:
    missing = tuple(dict.fromkeys(words for each in about.values() for words in each))
    return Unjudged(activity, len(pupils), tuple(about), missing)


def _doubtful(found: SchoolStandings) -> dict[Criterion, dict[int, tuple[date, tuple[str, ...]]]]:
    """By criterion that somebody's standing waits on: past activities of which it cannot be said whether they count."""
    doubtful: dict[Criterion, dict[int, tuple[date, tuple[str, ...]]]] = {}
    for criterion in found.criteria:
        if any(found.of(person, criterion).reason is Reason.JUDGEMENT for person in found.people):
            doubtful[criterion] = {
                row["occasion"]: (row["date"], tuple(unknown(criterion, row)))
                for row in occasions_for(found, criterion)
                if row["date"] <= found.as_at and counts(criterion, row, found.as_at) is None
            }
    return doubtful


def _windows(found: SchoolStandings, criterion: Criterion) -> dict[int, Window]:
    """The window of each pupil whose standing on the criterion waits for a judgement."""
    windows: dict[int, Window] = {}
    for person in found.people:
        if found.of(person, criterion).reason is Reason.JUDGEMENT:
            stage = stage_of(person.facts, found.as_at)
            window = window_of(criterion, stage, person.facts) if stage else None
            if window:
                windows[person.pk] = window
    return windows


def pupils_waiting(found: SchoolStandings) -> int:
    """Pupils whose standing on anything waits for a judgement."""
    return sum(any(standing.reason is Reason.JUDGEMENT for standing in found.row(person)) for person in found.people)
