"""Careers links in every subject and every year, for every pupil: what the criterion on it asks, subject by subject.

The criterion itself says of each pupil only how many of their subjects have had a link. Here the same facts are put the other
way round, by subject and year group: the subjects a pupil studies as they were lent, activities judged by the criterion's own
conditions, and places by its own rule on taking part. tests hold the two to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from careers.encounters.models import Encounter
from careers.evaluation.coverage_rows import span_of
from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings
from careers.programme.models import Activity
from careers.pupils.models import GroupMembership
from criteria.engines.reference import took_part
from criteria.model import Criterion, EachSubject
from criteria.periods import AcademicYear
from criteria.standing import State

Key = tuple[str, int]
"""A subject's name and a year group."""


class Linked(StrEnum):
    """What there is of a link in a subject and year group. The value is the state whose colour and shape it is drawn in."""

    TAUGHT = "met"
    PARTLY = "partly"
    PLANNED = "booked"
    UNSURE = "cannot_tell"
    NOTHING = "due"


WORDS = {
    Linked.TAUGHT: "Taught",
    Linked.PARTLY: "Partly taught",
    Linked.PLANNED: "Planned",
    Linked.UNSURE: "Cannot tell",
    Linked.NOTHING: "Nothing",
}


@dataclass(frozen=True)
class SubjectInYear:
    """One subject in one year group. `pupils` are the keys of those who study it, `had` of those who have had a link this year.

    `classes` are (key, pupils, of whom had it); `links` the year's activities for it, cancelled left out.
    """

    subject: str
    year_group: int
    pupils: frozenset[int]
    had: frozenset[int]
    unsure: frozenset[int]
    links: tuple[Activity, ...] = ()
    classes: tuple[tuple[int, int, int], ...] = ()

    @property
    def linked(self) -> Linked:
        if self.pupils and self.pupils <= self.had:
            return Linked.TAUGHT
        if self.had:
            return Linked.PARTLY
        if self.unsure or self.held_for_nobody:
            return Linked.UNSURE
        return Linked.PLANNED if self.planned else Linked.NOTHING

    @property
    def planned(self) -> list[Activity]:
        """Links to come, or of which nobody has yet said that they were taught."""
        return [link for link in self.links if link.status == Activity.Status.PLANNED]

    @property
    def held_for_nobody(self) -> list[Activity]:
        """Links that were delivered and may count, where none of those who study the subject is on a register."""
        held = [link for link in self.links if link.status == Activity.Status.DELIVERED]
        return [] if self.had else [link for link in held if link.career_relevance is not False]

    @property
    def without(self) -> frozenset[int]:
        return self.pupils - self.had


@dataclass(frozen=True)
class CurriculumCover:
    """Every subject and year group in which it is studied or something is planned. `classes` counts (linked, all) by year group."""

    criterion: Criterion | None
    year: AcademicYear
    cells: dict[Key, SubjectInYear]
    unknown: dict[int, int] = field(default_factory=dict)
    """By year group: pupils of whom it is not known what they study."""

    def of(self, subject: str, year_group: int) -> SubjectInYear:
        nobody: frozenset[int] = frozenset()
        return self.cells.get((subject, year_group)) or SubjectInYear(subject, year_group, nobody, nobody, nobody)

    @property
    def subjects(self) -> list[str]:
        return sorted({subject for subject, _ in self.cells})

    @property
    def year_groups(self) -> list[int]:
        return sorted({group for _, group in self.cells})

    def in_year(self, year_group: int) -> list[SubjectInYear]:
        return [cell for (_, group), cell in sorted(self.cells.items()) if group == year_group and cell.pupils]

    def share_of_classes(self, year_group: int) -> tuple[int, int]:
        """Classes most of whose pupils have had a link in the subject this year, and all classes, of a year group."""
        found = [counts for cell in self.in_year(year_group) for counts in cell.classes]
        return sum(1 for _, pupils, had in found if had * 2 > pupils), len(found)


def asks_each_subject(found: SchoolStandings) -> Criterion | None:
    """The criterion on links in each subject, of the edition in force; none where the edition has no such."""
    return next((c for c in found.criteria if isinstance(c.measure, EachSubject)), None)


def curriculum_cover(found: SchoolStandings) -> CurriculumCover:
    """Worked out once for each state of the record: four queries, whatever the size of the school."""
    return found.remember("links in the curriculum", lambda: _work_out(found))


def _work_out(found: SchoolStandings) -> CurriculumCover:
    criterion, year = asks_each_subject(found), AcademicYear.containing(found.as_at)
    study, unknown = _studying(found, criterion)
    links = _links(found, year)
    had, unsure = _had(found, criterion, links)
    taught = _classes(found, year)
    planned: dict[Key, list[Activity]] = defaultdict(list)
    for link in links:
        for group in link.year_groups if link.subject else ():
            planned[link.subject, group].append(link)
    keys = study.keys() | planned.keys()
    nobody: set[int] = set()
    cells = {}
    for subject, group in keys:
        pupils = frozenset(study.get((subject, group), nobody))
        met = pupils & had.get(subject, nobody)
        classes = tuple(
            (key, len(pupils & members), len(met & members))
            for key, members in taught.get(subject, {}).items()
            if pupils & members
        )
        cells[subject, group] = SubjectInYear(
            subject, group, pupils, met, (pupils & unsure.get(subject, nobody)) - met, tuple(planned[subject, group]),
            classes,
        )  # fmt: skip
    return CurriculumCover(criterion, year, cells, unknown)


def _studying(found: SchoolStandings, criterion: Criterion | None) -> tuple[dict[Key, set[int]], dict[int, int]]:
    """Pupils on roll whom the criterion is for, by subject and year group; and how many of each year group it is not known of."""
    study: dict[Key, set[int]] = defaultdict(set)
    unknown: dict[int, int] = defaultdict(int)
    for person in found.people:
        if person.year_group is None or not person.on_roll or not _is_asked(found, person, criterion):
            continue
        for subject in person.facts["subjects"] or ():
            study[subject, person.year_group].add(person.pk)
        if not person.facts["subjects"]:
            unknown[person.year_group] += 1
    return study, dict(unknown)


def _is_asked(found: SchoolStandings, person: Person, criterion: Criterion | None) -> bool:
    return criterion is None or found.of(person, criterion).state is not State.DOES_NOT_APPLY


def _links(found: SchoolStandings, year: AcademicYear) -> list[Activity]:
    """The year's careers links by day, those without one by their half-term, cancelled left out. Two queries."""
    links = Activity.objects.filter(
        school=found.school, type=Activity.Type.CURRICULUM_LINK, academic_year=year.start_year
    ).exclude(status=Activity.Status.CANCELLED)
    read = links.select_related("link", "owner").prefetch_related("partners")
    return sorted(read, key=lambda link: (span_of(link, year).first, link.title))


def _had(
    found: SchoolStandings, criterion: Criterion | None, links: Iterable[Activity]
) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """By subject: pupils who have had a link by the day asked about, and those of whom it cannot be said. One query."""
    judged = {}
    for link in links:
        if link.starts_on and link.starts_on <= found.as_at and link.subject and link.status in _HELD:
            judged[link.pk] = (link.subject, _truth(criterion, link))
    sure: dict[str, set[int]] = defaultdict(set)
    unsure: dict[str, set[int]] = defaultdict(set)
    counting = [pk for pk, (_, truth) in judged.items() if truth is not False]
    places = Encounter.objects.filter(school=found.school, activity_id__in=counting)
    there = {status: _there(criterion, status) for status in Encounter.Status.values}
    for pupil, activity, status in places.values_list("pupil_id", "activity_id", "status"):
        subject, truth = judged[activity]
        if there[status] is False:
            continue
        (sure if truth and there[status] else unsure)[subject].add(pupil)
    return sure, unsure


_HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)


def _truth(criterion: Criterion | None, link: Activity) -> bool | None:
    """Whether a link counts, by the criterion's own conditions on an activity."""
    if criterion is None:
        return link.career_relevance
    row: dict[str, Any] = {"type": link.type, "career_relevance": link.career_relevance, "subject": link.subject}
    return criterion.qualifying.truth(row)


def _there(criterion: Criterion | None, status: str) -> bool | None:
    if criterion is None:
        return status == Encounter.Status.ATTENDED
    return took_part(criterion, {"status": status})


def _classes(found: SchoolStandings, year: AcademicYear) -> dict[str, dict[int, set[int]]]:
    """By subject: each class of the year and the keys of its pupils. One query."""
    members = GroupMembership.objects.filter(
        school=found.school, group__kind="class", group__academic_year=year.start_year
    ).exclude(group__subject="")
    taught: dict[str, dict[int, set[int]]] = defaultdict(dict)
    for subject, group, pupil in members.values_list("group__subject", "group_id", "pupil_id").iterator(
        chunk_size=5000
    ):
        taught[subject].setdefault(group, set()).add(pupil)
    return taught
