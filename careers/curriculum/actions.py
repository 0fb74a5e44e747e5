"""What people do to the list of subjects: name departments, say whose a subject is, join two spellings, and take in what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.audit.record import record
from careers.curriculum.models import Department, EveryoneStudies, SameSubject, Subject
from careers.curriculum.subjects import not_yet_in, waiting
from careers.design.editing import changes
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.models import Group, GroupMembership, Pupil
from careers.schools.clock import current_year
from careers.schools.models import School
from careers.schools.once import make_once


def add_department(*, school: School, name: str, head: User | None, by: User, stamp: str | None = None) -> Department:
    """Name a department. Raises NotNow where there is one of the name."""
    with transaction.atomic():
        _free(Department, school, name, None)
        made, new = make_once(Department, school=school, stamp=stamp, facts={"name": name, "head": head})
        if new:
            record("added a department", by=by, school=school, subject=made, name=name)
    return made


def change_department(*, department: Department, facts: Mapping[str, Any], stamp: str | None, by: User) -> list[str]:
    """Give it another name or head: `facts` are name and head. The names of what changed. Raises NotNow and ChangedMeanwhile."""
    with transaction.atomic():
        now = Department.objects.select_for_update().get(pk=department.pk)
        held = {"name": now.name, "head": key_of(now.head_id)}
        changed = changes(held, {"name": facts["name"], "head": key_of(getattr(facts["head"], "pk", None))}, stamp)
        if "name" in changed:
            _free(Department, now.school, facts["name"], now.pk)
        if changed:
            now.name, now.head = facts["name"], facts["head"]
            now.save(update_fields=["name", "head"])
            record("changed a department", by=by, school=now.school, subject=now, changed=sorted(changed))
    return list(changed)


def key_of(user: int | None) -> str:
    """What stands for a person in a form, or nothing for nobody."""
    return person_key(user) if user else ""


@dataclass(frozen=True)
class Settled:
    """What taking in did: subjects added, records put under the name that was chosen for their spelling, pupils put in classes."""

    added: int
    renamed: int
    joined: int


def take_in(*, school: School, by: User) -> Settled:
    """Look after every subject that classes and links name, put spellings that were joined right where they came back, and put
    newcomers into the classes that all of their year group are in. Done twice it changes nothing more."""
    year = current_year()
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # one at a time: two would each add the same
        found = waiting(school, year)
        Subject.objects.bulk_create(Subject(school=school, name=name) for name in found.new)
        renamed = sum(_put_right(each) for each in SameSubject.objects.filter(school=school).select_related("subject"))
        joined = _put_in(school, not_yet_in(school, year))
        done = Settled(len(found.new), renamed, joined)
        if done.added or renamed or joined:
            record("took in subjects", by=by, school=school, subject=school, **done.__dict__)
    return done


def change_subject(
    *, subject: Subject, department: Department | None, everyone_in: Iterable[int], stamp: str | None, by: User
) -> list[str]:
    """Say whose a subject is, and the year groups of this year that all study it. The names of what changed.

    For each such year group a class is made that holds its pupils; where it is no longer so, the class goes with all it held.
    """
    year = current_year()
    with transaction.atomic():
        now = Subject.objects.select_for_update().get(pk=subject.pk)
        said = EveryoneStudies.objects.filter(subject=now, academic_year=year.start_year)
        there = {each.year_group: each for each in said}
        wanted = sorted({*everyone_in})
        held = {"department": now.department.reference if now.department else "", "everyone_in": sorted(there)}
        given = {"department": department.reference if department else "", "everyone_in": wanted}
        changed = changes(held, given, stamp)
        if "department" in changed:
            now.department = department
            now.save(update_fields=["department"])
        for gone in there.keys() - {*wanted}:
            there[gone].group.delete()
        new = [_said_of_everyone(now, group, year.start_year) for group in wanted if group not in there]
        pupils = _put_in(now.school, {e: keys for e, keys in not_yet_in(now.school, year).items() if e in new})
        if changed:
            record(
                "changed a subject", by=by, school=now.school, subject=now, changed=sorted(changed), everyone_in=wanted,
                pupils=pupils,
            )  # fmt: skip
    return list(changed)


def join_spellings(*, subject: Subject, spelling: str, by: User) -> SameSubject:
    """Say that a spelling means a subject. Classes and activities that have it get the subject's own name from now on.

    What had it is kept with the joining, so that it can be undone. Raises NotNow for the subject's own name, for a name that
    others were joined under, and for a spelling that was joined already.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=subject.school_id)
        if spelling == subject.name:
            raise NotNow("That is the same name. Choose two different names.")
        if SameSubject.objects.filter(school=subject.school, spelling=spelling).exists():
            raise NotNow(f"“{spelling}” has been joined already. Undo that first.")
        own = Subject.objects.filter(school=subject.school, name=spelling).first()
        if own and (own.spellings.exists() or own.for_everyone.exists()):  # type: ignore[attr-defined]
            raise NotNow(f"Other things hang on “{spelling}”. Keep that name, and join this one to it.")
        made = SameSubject.objects.create(school=subject.school, subject=subject, spelling=spelling, joined_by=by)
        if own:
            own.delete()
        renamed = _put_right(made)
        record(
            "joined two spellings of a subject", by=by, school=subject.school, subject=subject, spelling=spelling,
            kept=subject.name, renamed=renamed,
        )  # fmt: skip
    return made


def part_spellings(*, joined: SameSubject, by: User) -> int:
    """Undo a joining: what had the spelling gets it back, where nobody gave it another name since. How many records."""
    with transaction.atomic():
        now = SameSubject.objects.select_for_update().select_related("subject").get(pk=joined.pk)
        kept = now.subject.name
        back = Group.objects.filter(pk__in=now.groups, subject=kept).update(subject=now.spelling)
        back += Activity.objects.filter(pk__in=now.activities, subject=kept).update(subject=now.spelling)
        school, spelling = now.school, now.spelling
        Subject.objects.get_or_create(school=school, name=spelling, defaults={"department": now.subject.department})
        now.delete()
        record(
            "parted two spellings of a subject", by=by, school=school, subject=joined.subject, spelling=spelling,
            kept=kept, renamed=back,
        )  # fmt: skip
    return back


def _put_right(joined: SameSubject) -> int:
    """Every record with the spelling gets the subject's name, and is noted in the joining. How many."""
    groups = list(Group.objects.filter(school=joined.school, subject=joined.spelling).values_list("pk", flat=True))
    found = Activity.objects.filter(school=joined.school, subject=joined.spelling)
    activities = list(found.values_list("pk", flat=True))
    if groups or activities:
        Group.objects.filter(pk__in=groups).update(subject=joined.subject.name)
        Activity.objects.filter(pk__in=activities).update(subject=joined.subject.name)
        joined.groups = sorted({*joined.groups, *groups})
        joined.activities = sorted({*joined.activities, *activities})
        joined.save(update_fields=["groups", "activities"])
    return len(groups) + len(activities)


def _said_of_everyone(subject: Subject, year_group: int, academic_year: int) -> EveryoneStudies:
    name = plain = f"Year {year_group} {subject.name}"[:55]
    number = 1
    while Group.objects.filter(
        school=subject.school, kind=Group.Kind.CLASS, name=name, academic_year=academic_year
    ).exists():
        number += 1
        name = f"{plain} {number}"
    group = Group.objects.create(
        school=subject.school, kind=Group.Kind.CLASS, name=name, academic_year=academic_year, subject=subject.name
    )
    return EveryoneStudies.objects.create(
        school=subject.school, subject=subject, academic_year=academic_year, year_group=year_group, group=group
    )


def _put_in(school: School, missing: Mapping[EveryoneStudies, list[int]]) -> int:
    """Put pupils into the classes everybody of their year group is in. How many places."""
    pupils = Pupil.objects.in_bulk({key for keys in missing.values() for key in keys})
    GroupMembership.objects.bulk_create(
        GroupMembership(school=school, group=each.group, pupil=pupils[key])
        for each, keys in missing.items()
        for key in keys
    )
    return sum(len(keys) for keys in missing.values())


def _free(model: type[Department], school: School, name: str, but: int | None) -> None:
    if model.objects.filter(school=school, name__iexact=name).exclude(pk=but).exists():
        raise NotNow(f"There is a department called “{name}” already.")
