"""Every gap with its next action beside it: who lacks something, by when, and what is planned that would help."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from careers.encounters.models import Encounter
from careers.evaluation.occasions import Coming, coming, coming_for
from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings
from criteria.model import Criterion
from criteria.periods import AcademicYear
from criteria.standing import Reason, Standing, State

OWED = (State.DUE, State.MISSED, State.CANNOT_TELL)


@dataclass(frozen=True)
class Gap:
    """Pupils of one year group who stand alike on a criterion."""

    criterion: Criterion
    state: State
    reason: Reason
    year_group: int | None
    due: date | None
    pupils: int
    coming: tuple[Coming, ...]

    @property
    def by_birthday(self) -> bool:
        """Whether each pupil is due on a birthday; `due` is then the last day of the stretch they fall in."""
        return falls_on_birthdays(self.criterion)

    @property
    def remedy(self) -> str:
        """What to do where no activity would help."""
        if self.state is State.MISSED:
            return "The time for it has passed. Anything they do now is still worth recording."
        return REMEDIES.get(self.reason, "")


REMEDIES = {
    Reason.POPULATION: "It is not known whether this applies to them. Complete their records.",
    Reason.SUBJECTS: "It is not known which subjects they study. Bring in a roll that lists them.",
    Reason.JUDGEMENT: "They took part in something that may count. Record what is missing about it.",
    Reason.JOINED_LATE: "They joined after this began. Ask them, or the school they came from, what they did before.",
}


def falls_on_birthdays(criterion: Criterion) -> bool:
    """Whether a criterion is due on each pupil's own birthday, which is no more to be listed than a name is."""
    return "born" in criterion.own_dates


def shared_day(criterion: Criterion, due: date | None, as_at: date) -> date | None:
    """The day to say for a due date: itself, or the end of a month or school year of birthdays, so that nobody's is shown."""
    if due is None or not falls_on_birthdays(criterion):
        return due
    year = AcademicYear.containing(due)
    if due < as_at:
        return min(year.ends, as_at - timedelta(days=1))
    if year != AcademicYear.containing(as_at):
        return year.ends
    return (due.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def gaps_in(found: SchoolStandings, criterion: Criterion) -> list[Gap]:
    """The gaps of one criterion, soonest due first; what is past comes last."""
    return found.remember(("gaps", criterion.id), lambda: _gaps_in(found, criterion))


def _gaps_in(found: SchoolStandings, criterion: Criterion) -> list[Gap]:
    alike: Counter[tuple[State, Reason, int | None, date | None]] = Counter()
    place = found.standings.position[criterion.id]
    for person in found.people:
        standing = found.row(person)[place]
        if standing.state in OWED:
            alike[_stands(found, person.year_group, criterion, standing)] += 1
    planned = coming(found, criterion)
    gaps = []
    for (state, reason, year_group, due), pupils in alike.items():
        helping = coming_for(planned, year_group, due) if state is State.DUE else []
        gaps.append(Gap(criterion, state, reason, year_group, due, pupils, tuple(helping)))
    return sorted(gaps, key=lambda g: (OWED.index(g.state), g.due or date.max, g.year_group or 99, g.reason))


@dataclass(frozen=True)
class Way:
    """What is planned that would close a gap, and how many of the gap's pupils have no place on any of it yet."""

    coming: Coming
    reach: int


def ways(found: SchoolStandings, gap: Gap) -> list[Way]:
    """What would close a gap, the farthest reaching first; what may count once more is known comes last.

    One query for a criterion, whatever its gaps.
    """
    places = found.remember(("places to come", gap.criterion.id), lambda: _places(found, gap.criterion))
    pupils = {person.pk: found.of(person, gap.criterion).due for person in found.people if _is_in(found, person, gap)}
    reached = []
    for each in gap.coming:
        in_time = {pk for pk, due in pupils.items() if due is None or each.first <= due}
        reached.append(Way(each, len(in_time.difference(*(places.get(key, set()) for key in each.keys)))))
    return sorted(reached, key=lambda way: (bool(way.coming.unsettled), -way.reach, way.coming.first))


def _is_in(found: SchoolStandings, person: Person, gap: Gap) -> bool:
    stands = _stands(found, person.year_group, gap.criterion, found.of(person, gap.criterion))
    return stands == (gap.state, gap.reason, gap.year_group, gap.due)


def _stands(
    found: SchoolStandings, year_group: int | None, criterion: Criterion, standing: Standing
) -> tuple[State, Reason, int | None, date | None]:
    return standing.state, standing.reason, year_group, shared_day(criterion, standing.due, found.as_at)


def _places(found: SchoolStandings, criterion: Criterion) -> dict[int, set[int]]:
    """Who has a place on each activity to come that would count or may, whatever became of the place."""
    keys = [key for each in coming(found, criterion) for key in each.keys]
    rows = Encounter.objects.filter(school=found.school, activity_id__in=keys).values_list("activity_id", "pupil_id")
    places: dict[int, set[int]] = {}
    for activity, pupil in rows:
        places.setdefault(activity, set()).add(pupil)
    return places


@dataclass(frozen=True)
class Deadline:
    """Everybody who lacks one criterion by one day, over all year groups."""

    criterion: Criterion
    due: date
    pupils: int
    year_groups: tuple[int, ...]
    coming: tuple[Coming, ...]

    @property
    def by_birthday(self) -> bool:
        return falls_on_birthdays(self.criterion)


def deadlines(found: SchoolStandings, most: int = 6) -> list[Deadline]:
    """What is due soonest; on one day, the criterion most pupils lack comes first."""
    return found.remember("deadlines", lambda: _deadlines(found))[:most]


def _deadlines(found: SchoolStandings) -> list[Deadline]:
    together: dict[tuple[date, str], list[Gap]] = {}
    for criterion in found.main:
        for gap in gaps_in(found, criterion):
            if gap.state is State.DUE and gap.due is not None:
                together.setdefault((gap.due, criterion.id), []).append(gap)
    found_deadlines = [_deadline(due, gaps) for (due, _), gaps in together.items()]
    return sorted(found_deadlines, key=lambda each: (each.due, -each.pupils))


def _deadline(due: date, gaps: list[Gap]) -> Deadline:
    helping = {each.reference: each for gap in gaps for each in gap.coming}
    return Deadline(
        gaps[0].criterion,
        due,
        sum(gap.pupils for gap in gaps),
        tuple(sorted({gap.year_group for gap in gaps if gap.year_group})),
        tuple(sorted(helping.values(), key=lambda each: each.first)),
    )
