"""Whom to invite to a planned activity: which pupils' gaps it would close, and what would make it close more.

Everybody without a place is asked about twice, as at the activity's day: as things would then be, and as they would be had the
pupil been there. What differs is what the invitation is worth. The engine answers both, so no rule is said here again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from careers.encounters.models import Encounter
from careers.evaluation.coverage_claims import Judging
from careers.evaluation.coverage_facts import in_short
from careers.evaluation.coverage_rows import planned_alone
from careers.evaluation.occasions import counts
from careers.evaluation.people import Person, still_here
from careers.evaluation.standings import SchoolStandings, count
from careers.evaluation.supposing import Supposing, supposing
from careers.programme.models import Activity
from criteria.model import Criterion
from criteria.periods import AcademicYear
from criteria.standing import Reason, Standing, Standings, State

ENOUGH = (State.MET, State.BOOKED)
FEW_LACKS = 2
"""An activity that lacks more than this for a criterion is another kind of activity, not one to be improved."""


@dataclass(frozen=True)
class Candidate:
    """A pupil without a place, and what being there would be worth: criteria it would meet, and criteria it would only add to."""

    person: Person
    meets: tuple[Criterion, ...]
    adds: tuple[Criterion, ...]

    @property
    def rank(self) -> tuple[int, int]:
        return -len(self.meets), -len(self.adds)


@dataclass(frozen=True)
class Improvement:
    """A criterion it does not count for as it stands, what would change that, and how many of these pupils lack it."""

    criterion: Criterion
    facts: tuple[str, ...]
    known: bool
    """Whether the facts are recorded, and are not so; else they are not recorded."""
    pupils: int


@dataclass(frozen=True)
class Invitations:
    """`candidates` would gain, best first; `others` have no place and would not; `placed` have one, whatever became of it."""

    candidates: tuple[Candidate, ...]
    others: tuple[Person, ...]
    placed: int
    improvements: tuple[Improvement, ...]

    def worth(self, groups: frozenset[int]) -> list[tuple[Criterion, int, int]]:
        """(criterion, pupils who would meet it, pupils it would only add to), over candidates of these year groups."""
        of_these = [each for each in self.candidates if each.person.year_group in groups]
        meets = Counter(criterion for each in of_these for criterion in each.meets)
        adds = Counter(criterion for each in of_these for criterion in each.adds)
        asked = sorted({*meets, *adds}, key=lambda criterion: criterion.number)
        return [(criterion, meets[criterion], adds[criterion]) for criterion in asked]


def day_of(activity: Activity) -> date:
    """The day of an activity or, where it has none yet, the middle of when it may be."""
    return planned_alone(activity).span.middle


def can_be_invited_to(activity: Activity, today: date) -> bool:
    """Planned, and still to come."""
    return activity.status == Activity.Status.PLANNED and day_of(activity) > today


def invitations(found: SchoolStandings, activity: Activity) -> Invitations:
    """For an activity still to come. Of its own year groups where it names any. Four queries, once for each state of the record."""
    return found.remember(("invitations", activity.pk), lambda: _work_out(found, activity))


def _work_out(found: SchoolStandings, activity: Activity) -> Invitations:
    placed = set(Encounter.objects.filter(activity=activity).values_list("pupil_id", flat=True))
    day = day_of(activity)
    groups = frozenset(activity.year_groups or found.school.year_groups)
    everybody = [
        person
        for person in still_here(found.people, day)
        if person.on_roll and person.year_group in groups and person.pk not in placed
    ]
    row = planned_alone(activity).row
    counting = tuple(criterion for criterion in found.criteria if counts(criterion, row, day))
    without = _suppose_not(found, activity, day)
    invited = replace(
        without,
        expected=(*without.expected, *((activity.pk, group) for group in groups)),
        days={} if activity.starts_on else {activity.pk: day},
    )
    before = count(found.school, found.criteria, everybody, day, without)
    after = count(found.school, found.criteria, everybody, day, invited) if counting else before
    candidates = [_candidate(person, counting, before, after) for person in everybody]
    gaining = [each for each in candidates if each.meets or each.adds]
    return Invitations(
        tuple(sorted(gaining, key=lambda each: (each.rank, each.person.name.casefold()))),
        tuple(each.person for each in candidates if not (each.meets or each.adds)),
        len(placed),
        tuple(_improvements(found, activity, everybody, before)),
    )


def _suppose_not(found: SchoolStandings, activity: Activity, day: date) -> Supposing:
    """What is supposed by that day, leaving this activity out for whoever has no place."""
    what = supposing(found.school, day) or Supposing(found.as_at)
    return replace(what, expected=tuple(pair for pair in what.expected if pair[0] != activity.pk))


def lacks(found: SchoolStandings, activity: Activity, person: Person) -> bool:
    """Whether a pupil is one of those the activity is for, where it is for those who lack a criterion: it is still owed to them."""
    if activity.lacking not in found.standings.position:
        return True
    return is_open(found.row(person)[found.standings.position[activity.lacking]])


def is_open(standing: Standing) -> bool:
    """Whether doing something more would help: it is owed and in time, or waits for a fact about something else."""
    return standing.state is State.DUE or standing.reason is Reason.JUDGEMENT


def _candidate(person: Person, counting: tuple[Criterion, ...], before: Standings, after: Standings) -> Candidate:
    meets, adds = [], []
    for criterion in counting:
        was, would_be = before.of(person.pk, criterion.id), after.of(person.pk, criterion.id)  # type: ignore[arg-type]
        if is_open(was) and would_be.state in ENOUGH:
            meets.append(criterion)
        elif is_open(was) and would_be.count > was.count:
            adds.append(criterion)
    return Candidate(person, tuple(meets), tuple(adds))


def _improvements(
    found: SchoolStandings, activity: Activity, everybody: list[Person], before: Standings
) -> list[Improvement]:
    """What would make it count for more, most pupils first."""
    judging = Judging(found.criteria, AcademicYear(activity.academic_year), found.school.year_groups)
    planned = planned_alone(activity)
    improvements = []
    for criterion in found.criteria:
        judged = [each for each in judging.by(criterion, planned) if not each.truth]
        groups = {each.concern.year_group for each in judged}
        words = judged[0].unknown or judged[0].lacks if judged else ()
        known = bool(judged) and not judged[0].unknown
        waiting = sum(
            person.year_group in groups and is_open(before.of(person.pk, criterion.id))  # type: ignore[arg-type]
            for person in everybody
        )
        if waiting and not (known and len(words) > FEW_LACKS):
            facts = tuple(words) if known else tuple(in_short(each) for each in words)
            improvements.append(Improvement(criterion, facts, known, waiting))
    return sorted(improvements, key=lambda each: (each.known, -each.pupils))
