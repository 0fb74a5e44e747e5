"""The sequence of learning outcomes: by area and year group, the activities of a year that carry them, and the holes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from careers.programme.models import Activity, ActivityOutcome
from careers.programme.outcomes import Outcome, framework, known_at
from careers.programme.usual import Usual, kind_of, usual_at
from careers.schools.models import School
from criteria.periods import AcademicYear

CARRIED, PROPOSED, NOTHING, NOT_ASKED = "carried", "proposed", "nothing", "not_asked"
NAMED = 2
"""How many activities are named for an outcome in a cell; a form's visit may be ten activities."""
IN_A_PLAN = (Activity.Status.PLANNED, Activity.Status.DELIVERED)


@dataclass
class Cell:
    """One area in one year group: which activities carry an outcome of it, in the order of the year."""

    year_group: int
    area: int | None
    carried: dict[Activity, list[Outcome]] = field(default_factory=dict)
    door: str = ""
    asked: bool = True
    """Whether there is an outcome to carry at all: the school's own may be for some year groups only."""

    def by_outcome(self) -> list[tuple[Outcome, list[Activity], int]]:
        """(outcome, the first activities that carry it, how many more do), what is planned or held before what is proposed."""
        found: dict[str, tuple[Outcome, list[Activity]]] = {}
        for activity, outcomes in self.carried.items():
            for outcome in outcomes:
                found.setdefault(outcome.code, (outcome, []))[1].append(activity)
        named = sorted(found.items())
        for _, (_, activities) in named:
            activities.sort(key=lambda activity: activity.status not in IN_A_PLAN)
        return [(outcome, held[:NAMED], max(len(held) - NAMED, 0)) for _, (outcome, held) in named]

    @property
    def state(self) -> str:
        """Carried by something planned or held, only proposed, or nothing at all: a hole."""
        if any(activity.status in IN_A_PLAN for activity in self.carried):
            return CARRIED
        return PROPOSED if self.carried else NOTHING if self.asked else NOT_ASKED


@dataclass(frozen=True)
class Line:
    """An area across the year groups; `number` is None for the school's own outcomes that stand in none."""

    number: int | None
    name: str
    about: str
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name

    @property
    def holes(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state in (PROPOSED, NOTHING)]


@dataclass(frozen=True)
class Sequence:
    year: AcademicYear
    year_groups: tuple[int, ...]
    lines: tuple[Line, ...]
    untold: tuple[Activity, ...]
    """Those that carry outcomes and name no year group, so that they stand in no column."""

    @property
    def holes(self) -> int:
        return sum(cell.state is NOTHING for line in self.lines for cell in line.cells)

    def sentences(self) -> list[tuple[str, str, str]]:
        """(area, what is wanting in words, door) of each area with holes, a year group at a time."""
        said = {NOTHING: "nothing in Year {} yet", PROPOSED: "only proposed in Year {}"}
        return [
            (line.title, said[cell.state].format(cell.year_group), cell.door)
            for line in self.lines
            for cell in line.holes
        ]


def sequence_of(school: School, year: AcademicYear, unseen: QuerySet[Activity]) -> Sequence:
    """What a year's programme teaches to whom. `unseen` is left out, and so is what was cancelled. Three queries."""
    known = known_at(school)
    activities = Activity.objects.filter(school=school, academic_year=year.start_year).exclude(
        pk__in=unseen.values("pk")
    )
    shown = activities.exclude(status=Activity.Status.CANCELLED).filter(outcomes__isnull=False).distinct()
    in_order = shown.order_by("starts_on", "half_term", "title", "pk").only(
        "reference", "title", "status", "year_groups", "starts_on", "half_term", "term", "one_to_one", "source"
    )
    by_key = {activity.pk: activity for activity in in_order}
    set_for: dict[int, list[Outcome]] = {}
    for pk, code in ActivityOutcome.objects.filter(school=school, activity__in=by_key).values_list(
        "activity", "outcome"
    ):
        if code in known:
            set_for.setdefault(pk, []).append(known[code])
    carrying = [(activity, set_for[pk]) for pk, activity in by_key.items() if pk in set_for]
    lines = tuple(_lines(school, carrying, [each for each in known.values() if not each.retired]))
    for cell in (cell for line in lines for cell in line.holes if cell.state is NOTHING):
        cell.door = _door(cell.area, cell.year_group, usual_at(kind_of(school)), year)
    return Sequence(year, school.year_groups, lines, tuple(a for a, _ in carrying if not a.year_groups))


def _lines(school: School, carrying: list[tuple[Activity, list[Outcome]]], known: list[Outcome]) -> Iterable[Line]:
    rows = [(area.number, area.name, area.about) for area in framework().areas]
    wanted: list[tuple[int | None, str, str]] = [*rows]
    if any(outcome.area is None for outcome in known):
        wanted.append((None, "The school’s own", "Outcomes of the school’s own that stand in no area."))
    for number, name, about in wanted:
        cells = [_cell(number, group, carrying) for group in school.year_groups]
        for cell in cells:
            cell.asked = any(each.area == number and _is_for(each, cell.year_group) for each in known)
        yield Line(number, name, about, tuple(cells))


def _cell(area: int | None, group: int, carrying: list[tuple[Activity, list[Outcome]]]) -> Cell:
    cell = Cell(group, area)
    for activity, outcomes in carrying:
        fitting = [each for each in outcomes if each.area == area and _is_for(each, group)]
        if group in activity.year_groups and fitting:
            cell.carried[activity] = fitting
    return cell


def _is_for(outcome: Outcome, group: int) -> bool:
    return not outcome.year_groups or group in outcome.year_groups


def _door(area: int | None, group: int, usual: tuple[Usual, ...], year: AcademicYear) -> str:
    """Where a hole leads: the first usual activity that would fill it, else the form of a new activity."""
    for each in usual:
        wanted = (f".{area}." in code for code in each.outcomes_for((group,)))
        if area and group in each.years and any(wanted):
            return f"{reverse('planner:usual')}?academic_year={year.start_year}#{each.key}"
    new = {"academic_year": year.start_year, "type": Activity.Type.CAREERS_LESSON, "year_group": group}
    return reverse("programme:add") + "?" + urlencode(new)
