"""A school's subjects: the names its classes and careers links use, which of them are looked after, and who studies them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz

from careers.curriculum.models import EveryoneStudies, SameSubject, Subject
from careers.curriculum.usual import also_called
from careers.programme.models import Activity
from careers.pupils.models import Group, Pupil, YearHeld
from careers.schools.clock import today
from careers.schools.models import School
from criteria.periods import AcademicYear

ALIKE = 88
"""How much of two names must agree, of 100, before a page asks whether they are one subject."""


def classes(school: School, year: AcademicYear) -> QuerySet[Group]:
    """The teaching classes of a year that have a subject."""
    found = Group.objects.filter(school=school, kind=Group.Kind.CLASS, academic_year=year.start_year)
    return found.exclude(subject="")


def names_in_use(school: School, year: AcademicYear) -> dict[str, int]:
    """Every subject that a class or a careers link of the year names, and how many classes have it. Two queries."""
    taught = dict(classes(school, year).order_by().values_list("subject").annotate(Count("pk")))
    links = Activity.objects.filter(
        school=school, type=Activity.Type.CURRICULUM_LINK, academic_year=year.start_year
    ).exclude(subject="")
    linked = links.order_by().values_list("subject", flat=True).distinct()
    return dict.fromkeys(linked, 0) | taught


def spellings(school: School) -> dict[str, str]:
    """Spellings that were said to mean a subject, in small letters, and the name of the subject they mean."""
    joined = SameSubject.objects.filter(school=school).values_list("spelling", "subject__name")
    return {spelling.casefold(): name for spelling, name in joined}


@dataclass(frozen=True)
class Waiting:
    """What has come in since somebody last looked: subjects nobody looks after, and records under a spelling that was joined."""

    new: tuple[str, ...]
    returned: tuple[str, ...]
    newcomers: int
    """Pupils of year groups that all study a subject, who are not yet in its class."""

    def __bool__(self) -> bool:
        return bool(self.new or self.returned or self.newcomers)


def waiting(school: School, year: AcademicYear) -> Waiting:
    """Five queries, whatever the size of the school."""
    used, known = names_in_use(school, year), {subject.name for subject in Subject.objects.filter(school=school)}
    joined = set(SameSubject.objects.filter(school=school).values_list("spelling", flat=True))
    return Waiting(
        tuple(sorted(name for name in used if name not in known | joined)),
        tuple(sorted(name for name in used if name in joined)),
        sum(len(pupils) for pupils in not_yet_in(school, year).values()),
    )


def not_yet_in(school: School, year: AcademicYear) -> dict[EveryoneStudies, list[int]]:
    """For each subject all of a year group study: keys of pupils on roll who are not in its class. Three queries."""
    said = list(
        EveryoneStudies.objects.filter(school=school, academic_year=year.start_year).select_related("group", "subject")
    )
    if not said:
        return {}
    held = YearHeld.objects.filter(
        school=school,
        academic_year=year.start_year,
        year_group__in={each.year_group for each in said},
        pupil__in=Pupil.objects.filter(school=school).on_roll(today()),
    )
    by_year: dict[int, set[int]] = {}
    for pupil, group in held.values_list("pupil_id", "year_group"):
        by_year.setdefault(group, set()).add(pupil)
    there: dict[int, set[int]] = {}
    members = Group.objects.filter(pk__in=[each.group_id for each in said], memberships__isnull=False)
    for key, pupil in members.values_list("pk", "memberships__pupil"):
        there.setdefault(key, set()).add(pupil)
    found = {each: sorted(by_year.get(each.year_group, set()) - there.get(each.group_id, set())) for each in said}
    return {each: keys for each, keys in found.items() if keys}


def alike(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that may be one subject, for a person to judge: (the name to keep, the other spelling).

    Known other names (maths), letters that differ only in size, and near misspellings. One name that only adds words to
    another, as further mathematics does to mathematics, is a subject of its own.
    """
    found = sorted(set(names))
    return [(_kept(one, other)) for n, one in enumerate(found) for other in found[n + 1 :] if _may_be_one(one, other)]


def _kept(one: str, other: str) -> tuple[str, str]:
    """Of two, the one that is not another's usual short name stays; else the longer."""
    first = also_called(one) != one.casefold()
    second = also_called(other) != other.casefold()
    keep_other = (first, -len(one)) > (second, -len(other))
    return (other, one) if keep_other else (one, other)


def _may_be_one(one: str, other: str) -> bool:
    first, second = also_called(one), also_called(other)
    if first == second:
        return True
    words, others = set(first.split()), set(second.split())
    if words < others or others < words:
        return False
    return fuzz.ratio(first, second) >= ALIKE


def classes_of(school: School, subject: str, year_group: int, year: AcademicYear) -> list[Group]:
    """The classes of a subject that hold somebody of a year group, by name."""
    held = Q(memberships__pupil__years__academic_year=year.start_year, memberships__pupil__years__year_group=year_group)
    return list(classes(school, year).filter(held, subject=subject).distinct().order_by("name"))
