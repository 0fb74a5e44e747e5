"""A pupil's journey: what has happened and what is planned, by academic year, as a drawing and as lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from careers.design.charts import Happening, Timeline
from careers.encounters.models import Encounter
from careers.evaluation.doors import activity_address
from careers.programme.models import Activity
from careers.pupils.models import YearHeld
from criteria.periods import AcademicYear

Status = Encounter.Status
NAMED = 3
"""Partners named on a line, before "and so many more"."""


@dataclass(frozen=True)
class Step:
    """One encounter, as the page shows it."""

    day: date | None
    academic_year: int
    title: str
    kind: str
    partners: tuple[str, ...]
    status: str
    planned: bool
    took_part: bool
    activity: str
    """The activity's reference."""

    @property
    def address(self) -> str:
        return activity_address(self.activity)

    @property
    def with_whom(self) -> str:
        """The first few partners by name; a fair has dozens."""
        if len(self.partners) <= NAMED + 1:
            return ", ".join(self.partners)
        return f"{', '.join(self.partners[:NAMED])} and {len(self.partners) - NAMED} more"


@dataclass(frozen=True)
class YearOfSteps:
    year: AcademicYear
    year_group: int | None
    steps: tuple[Step, ...]
    open: bool
    """Whether it is shown unfolded: the year asked about, and what is planned after it."""


def steps(encounters: Iterable[Encounter], as_at: date) -> list[Step]:
    return [_step(encounter, as_at) for encounter in encounters]


def _step(encounter: Encounter, as_at: date) -> Step:
    activity = encounter.activity
    planned = activity.starts_on is None or activity.starts_on > as_at
    status = _status(encounter, planned)
    return Step(
        day=activity.starts_on,
        academic_year=AcademicYear.containing(activity.starts_on).start_year
        if activity.starts_on
        else activity.academic_year,
        title=activity.title,
        kind=activity.get_type_display(),
        partners=tuple(link.partner.name for link in activity.activity_partners.all()),
        status=status,
        planned=planned,
        took_part=activity.status != Activity.Status.CANCELLED
        and encounter.status in ((Status.BOOKED, Status.ATTENDED) if planned else (Status.ATTENDED,)),
        activity=activity.reference,
    )


def _status(encounter: Encounter, planned: bool) -> str:
    if encounter.activity.status == Activity.Status.CANCELLED:
        return "Cancelled"
    if encounter.status == Status.BOOKED and not planned:
        return "Register not taken"
    if encounter.status == Status.ATTENDED and planned:
        return "Booked"
    return encounter.get_status_display()


def by_year(found: Iterable[Step], held: Iterable[YearHeld], as_at: date) -> list[YearOfSteps]:
    """Newest year first; within a year as it happened, with what has no date at the end."""
    groups = {row.academic_year: row.year_group for row in held}
    this_year = AcademicYear.containing(as_at).start_year
    ordered = sorted(found, key=lambda step: (-step.academic_year, step.day or date.max, step.title))
    return [
        YearOfSteps(AcademicYear(year), groups.get(year), tuple(own), year >= this_year)
        for year, own in groupby(ordered, key=lambda step: step.academic_year)
    ]


def timeline(title: str, found: list[Step], held: Iterable[YearHeld], as_at: date) -> Timeline | None:
    """Drawn from the first year on record to this one, or to the last planned. None where there is nothing to draw."""
    drawn = [step for step in found if step.day and step.took_part]
    if not drawn:
        return None
    groups = {row.academic_year: row.year_group for row in held}
    this_year = AcademicYear.containing(as_at).start_year
    years = [step.academic_year for step in drawn]
    first, last = min([*years, *groups, this_year]), max([*years, min(this_year, max(groups, default=this_year))])
    return Timeline(
        title,
        AcademicYear(first).starts,
        [f"Y{groups[year]}" if year in groups else str(AcademicYear(year)) for year in range(first, last + 1)],
        [
            Happening(step.day, step.kind, _words(step), step.planned, step.address)
            for step in sorted(drawn, key=_kind)
            if step.day
        ],
        today=as_at if this_year <= last else None,
    )


def _kind(step: Step) -> str:
    return step.kind


def _words(step: Step) -> str:
    return f"{step.title}, with {step.with_whom}" if step.partners else step.title
