"""Whom each occasion counts for towards a criterion about encounters, and why not the rest: the engine's judgement, pupil by pupil.

A standing says how many a pupil has. This says which: the same qualifying test, the same window and the same participation are
asked of every occasion that a cohort was meant for or had places on, so what is said of an occasion and of a pupil agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from careers.encounters.models import Encounter
from careers.evaluation.coverage_judging import is_of_the_kind
from careers.evaluation.coverage_rows import IN_A_PLAN, Planned, planned_alone
from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings
from careers.programme.models import Activity
from criteria import explanation
from criteria.conditions import Truth
from criteria.engines.reference import parts, stage_of, took_part, will_take_part
from criteria.model import Criterion, Distinct, Framework, Participation
from criteria.periods import AcademicYear
from criteria.standing import Standing, State, Window, window_of

OWED = "provider-access"


class Place(StrEnum):
    """What became of one occasion for one pupil. In the order a page says them."""

    COUNTS = "counts"
    TO_COME = "to come"
    AGAIN = "the same providers again"
    ABSENT = "absent"
    NO_REGISTER = "no register"
    UNKNOWN = "cannot tell"
    DOES_NOT = "does not count"
    OUT_OF_TIME = "out of time"
    NO_PLACE = "no place"


@dataclass(frozen=True)
class Reached:
    """One occasion for the pupils of one year group now. `truth`: whether it is of the kind that counts, whoever came.

    `lacks` is what it lacks and `unknown` what is not recorded of it, in the engine's words; `standing` is empty for what is
    planned or was held, and else says why it is neither. `pupils` are primary keys by what became of the occasion for them.
    """

    planned: Planned
    year_group: int
    truth: Truth
    lacks: tuple[str, ...]
    unknown: tuple[str, ...]
    standing: str
    pupils: dict[Place, tuple[int, ...]] = field(default_factory=dict)
    cohort: int = 0
    closes: date | None = None

    @property
    def activity(self) -> Activity:
        return self.planned.activity

    @property
    def placed(self) -> int:
        return self.cohort - len(self.pupils.get(Place.NO_PLACE, ()))

    def number(self, *places: Place) -> int:
        return sum(len(self.pupils.get(place, ())) for place in places)


@dataclass(frozen=True)
class Phase:
    """One criterion of several encounters, with the year groups its window runs through."""

    criterion: Criterion
    year_groups: tuple[int, ...]
    offered: bool


def access_framework(found: SchoolStandings) -> Framework:
    return next(framework for framework in found.frameworks if framework.id.startswith(OWED))


def phases_of(found: SchoolStandings) -> list[Phase]:
    """The phases of provider access that concern the year groups this school teaches."""
    taught = found.school.year_groups
    phases = []
    for criterion in access_framework(found).criteria:
        if criterion.id in found.standings.position:
            groups = tuple(group for group in taught if _is_open(criterion, group, found.as_at))
            phases += [Phase(criterion, groups, criterion.participation is Participation.OFFERED)] if groups else []
    return phases


def _is_open(criterion: Criterion, year_group: int, as_at: date) -> bool:
    """Whether the window runs through the academic year in which a pupil holds the year group."""
    year = AcademicYear.containing(as_at)
    window = _window(criterion, {"year_group": year_group, "academic_year": year.start_year}, as_at)
    return window is not None and window.opens <= year.ends and window.closes >= year.starts


def _window(criterion: Criterion, facts: dict[str, object], as_at: date) -> Window | None:
    stage = stage_of(facts, as_at)
    return window_of(criterion, stage, facts) if stage else None


def occasions_of(found: SchoolStandings, phase: Phase) -> list[Reached]:
    """Every occasion of a phase's cohorts, a line for each cohort, in order of time; what has no date comes last."""
    return found.remember(("reached", phase.criterion.id), lambda: _occasions_of(found, phase))


def occasion(found: SchoolStandings, activity: Activity) -> list[tuple[Phase, Reached]]:
    """The lines of one activity, in every phase it bears on."""
    lines = [(phase, each) for phase in phases_of(found) for each in occasions_of(found, phase)]
    return [(phase, each) for phase, each in lines if each.activity.pk == activity.pk]


@dataclass(frozen=True)
class _Log:
    planned: tuple[Planned, ...]
    places: dict[int, dict[int, str]]
    """Activity to pupil to status."""


def _log(found: SchoolStandings) -> _Log:
    """Encounters with providers and events of the years that any phase runs through: three queries for the school."""
    this = AcademicYear.containing(found.as_at).start_year
    kinds = [kind for kind in Activity.Type if any(_is_kind(phase.criterion, kind) for phase in phases_of(found))]
    asked = Activity.objects.filter(
        school=found.school, type__in=kinds, academic_year__range=(this - 2, this + 1)
    ).prefetch_related("partners")
    planned = tuple(planned_alone(activity) for activity in asked.order_by("starts_on", "pk"))
    rows = Encounter.objects.filter(school=found.school, activity__in=[each.activity.pk for each in planned])
    places: dict[int, dict[int, str]] = defaultdict(dict)
    for activity, pupil, status in rows.values_list("activity_id", "pupil_id", "status").iterator(chunk_size=5000):
        places[activity][pupil] = status
    return _Log(planned, places)


def _is_kind(criterion: Criterion, kind: str) -> bool:
    return is_of_the_kind(criterion, {"type": kind})


def _occasions_of(found: SchoolStandings, phase: Phase) -> list[Reached]:
    log = found.remember("log of providers", lambda: _log(found))
    lines = [line for group in phase.year_groups for line in _of_cohort(found, phase, group, log)]
    last = date.max
    return sorted(lines, key=lambda line: (line.activity.starts_on or last, line.activity.pk, line.year_group))


@dataclass(frozen=True)
class _Cohort:
    """The pupils who hold a year group now: each with their own window, and the providers each has met as the lines go by."""

    phase: Phase
    year_group: int
    windows: dict[int, Window | None]
    usual: Window
    as_at: date
    met: dict[int, set[object]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, found: SchoolStandings, phase: Phase, group: int) -> _Cohort | None:
        """None where nobody holds the year group."""
        criterion, this = phase.criterion, AcademicYear.containing(found.as_at)
        usual = _window(criterion, {"year_group": group, "academic_year": this.start_year}, found.as_at)
        known: dict[tuple[object, object], Window | None] = {}
        windows: dict[int, Window | None] = {}
        for person in found.people:
            if not person.on_roll or person.year_group != group:
                continue
            if found.of(person, criterion).state is not State.DOES_NOT_APPLY:
                key = person.facts.get("academic_year"), person.facts.get("repeated_year")
                if key not in known:
                    known[key] = _window(criterion, person.facts, found.as_at)
                windows[person.pk] = known[key]
        return cls(phase, group, windows, usual, found.as_at) if usual and windows else None


def _of_cohort(found: SchoolStandings, phase: Phase, group: int, log: _Log) -> list[Reached]:
    """The occasions of a year group, in order of time, so that whom a pupil has met before is known."""
    cohort = _Cohort.of(found, phase, group)
    if cohort is None:
        return []
    this = AcademicYear.containing(found.as_at).start_year
    years = {AcademicYear.containing(day).start_year for day in (cohort.usual.opens, cohort.usual.closes)}
    lines = []
    for planned in log.planned:
        activity, places = planned.activity, log.places.get(planned.activity.pk, {})
        meant = activity.academic_year in years and (group + activity.academic_year - this) in activity.year_groups
        if not is_of_the_kind(phase.criterion, planned.row) or not (
            meant or not cohort.windows.keys().isdisjoint(places)
        ):
            continue
        line = _line(cohort, planned, places)
        # What pupils did before this phase belongs to the one it was in.
        lines += [line] if meant or line.placed > line.number(Place.OUT_OF_TIME) else []
    return lines


def _line(cohort: _Cohort, planned: Planned, places: dict[int, str]) -> Reached:
    criterion, row, activity = cohort.phase.criterion, planned.row, planned.activity
    part = next(iter(parts(criterion, {}, row, criterion.needed_on(cohort.as_at))))
    held = activity.status in IN_A_PLAN and planned.dated
    distinct = isinstance(criterion.measure, Distinct)
    sorted_out: dict[Place, list[int]] = defaultdict(list)
    for pupil, window in cohort.windows.items() if held else ():
        place = _place(cohort, part.counts, row["date"], places.get(pupil), window)
        if distinct and place in (Place.COUNTS, Place.TO_COME):
            if part.key in cohort.met[pupil]:
                place = Place.AGAIN
            cohort.met[pupil].add(part.key)
        sorted_out[place].append(pupil)
    return Reached(
        planned,
        cohort.year_group,
        part.counts,
        tuple(explanation.lacking(criterion, row)) if part.counts is False else (),
        tuple(explanation.unknown(criterion, row)) if part.counts is None else (),
        "" if held else _why_not_held(activity),
        {place: tuple(pupils) for place, pupils in sorted_out.items()},
        len(cohort.windows),
        cohort.usual.closes,
    )


def _why_not_held(activity: Activity) -> str:
    if activity.status in IN_A_PLAN:
        return "it has no date yet"
    return "it was cancelled" if activity.status == Activity.Status.CANCELLED else "it is only proposed"


def _place(cohort: _Cohort, counts: Truth, day: date, status: str | None, window: Window | None) -> Place:
    if status is None:
        return Place.NO_PLACE
    if window is None or not window.opens <= day <= window.closes:
        return Place.OUT_OF_TIME
    if counts is False:
        return Place.DOES_NOT
    past, criterion = day <= cohort.as_at, cohort.phase.criterion
    there = took_part(criterion, {"status": status}) if past else will_take_part(criterion, {"status": status})
    if there is False:
        return Place.ABSENT
    if counts is None:
        return Place.UNKNOWN
    if there is None:
        return Place.NO_REGISTER
    return Place.COUNTS if past else Place.TO_COME


@dataclass(frozen=True)
class Needs:
    """Pupils of one year group who still need as many by a day, besides what they are booked on that would count."""

    year_group: int
    more: int
    due: date | None
    pupils: int


def still_needed(found: SchoolStandings, phase: Phase) -> list[Needs]:
    """Who is due by the engine's standings, and how many each needs besides the places that would count."""
    booked = Counter(pk for line in occasions_of(found, phase) for pk in line.pupils.get(Place.TO_COME, ()))
    alike: dict[tuple[int, int, date | None], int] = defaultdict(int)
    for person, standing in _standings(found, phase):
        if standing.state is State.DUE:
            more = int((standing.needed or 0) - standing.count) - booked[person.pk]
            alike[person.year_group or 0, max(more, 1), standing.due] += 1
    ordered = sorted(alike.items(), key=lambda each: (each[0][2] or date.max, each[0][0], -each[0][1]))
    return [Needs(*key[:2], key[2], pupils) for key, pupils in ordered]


def _standings(found: SchoolStandings, phase: Phase) -> Iterable[tuple[Person, Standing]]:
    for person in found.people:
        if person.on_roll and person.year_group in phase.year_groups:
            yield person, found.of(person, phase.criterion)
