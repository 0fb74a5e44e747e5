"""What a row of a roll changes in a pupil's groups: the form and the house, one at a time, and the subjects, several."""

from __future__ import annotations

from datetime import date, timedelta

from careers.imports.kinds.pupil_row import PupilRow
from careers.imports.kinds.school_roll import HOUSE, SchoolRoll
from careers.imports.plan import Plan, said
from careers.pupils.models import Group, GroupMembership, Pupil
from criteria.periods import YEAR_GROUPS, AcademicYear

Words = list[dict[str, str]]
CLASS = Group.Kind.CLASS


def move(plan: Plan, roll: SchoolRoll, pupil: Pupil, kind: Group.Kind, name: str, subject: str) -> Words:
    """Put the pupil in the form or house of that name; the one they were in ends yesterday, or goes if it never began."""
    if not name:
        return []
    memberships = [m for m in memberships_of(roll, pupil) if (m.group.kind, m.group.subject) == (kind, subject)]
    current = [m for m in memberships if roll.is_current(m)]
    if any(m.group.name == name for m in current) and len(current) == 1:
        return []
    left = [m for m in current if m.group.name != name]
    for membership in left:
        leave(plan, roll, membership)
    join(plan, roll, pupil, group_named(plan, roll, kind, name, subject), since_change(roll, bool(left)))
    return [said("House" if subject == HOUSE else "Form", ", ".join(m.group.name for m in left), name)]


def study(plan: Plan, roll: SchoolRoll, pupil: Pupil, row: PupilRow) -> Words:
    """Put the pupil in a class of each subject the row lists, and end the classes of those it no longer lists.

    A class the pupil is in already does, whatever its name. Without a list nothing changes.
    """
    year = row.year_group or (roll.expected_year(pupil) if pupil.pk else None)
    named = [roll.spelling(subject) for subject in row.subjects]
    wanted = {subject.casefold(): subject for subject in named}
    if not wanted:
        return []
    taught = [m for m in memberships_of(roll, pupil) if m.group.kind == CLASS and m.group.subject]
    current = [m for m in taught if roll.is_current(m) and roll.is_chosen(m)]
    kept = [m for m in current if m.group.subject.casefold() in wanted and not of_another_year(m.group, year)]
    left = [m for m in current if m not in kept]
    has = {m.group.subject.casefold() for m in kept}
    new = [subject for key, subject in wanted.items() if key not in has]
    for membership in left:
        leave(plan, roll, membership)
    for subject in new:
        join(plan, roll, pupil, class_of(plan, roll, year, subject), since_change(roll, bool(current)))
    before = {m.group.subject for m in current}
    plan.report.counting(subjects_started=len(new), subjects_ended=len(left))
    return [said("Subjects", sorted(before), sorted(wanted.values()))] if new or left else []


def of_another_year(group: Group, year: int | None) -> bool:
    """Whether it is the class a roll made for pupils of another year group, whom this pupil was once taken to be one of."""
    return year is not None and group.name in {f"{n} {group.subject}" for n in (*YEAR_GROUPS, 14) if n != year}


def memberships_of(roll: SchoolRoll, pupil: Pupil) -> list[GroupMembership]:
    return [] if pupil.pk is None else roll.memberships[pupil.pk]


def join(plan: Plan, roll: SchoolRoll, pupil: Pupil, group: Group, since: date | None) -> None:
    """Into the group from a day, or again if they were in it before."""
    back = next((m for m in memberships_of(roll, pupil) if m.group is group), None)
    if back:
        plan.change(back, ends_on=None)
    else:
        plan.add(GroupMembership(school=roll.school, group=group, pupil=pupil, starts_on=since))


def leave(plan: Plan, roll: SchoolRoll, membership: GroupMembership) -> None:
    never_began = membership.starts_on is not None and membership.starts_on >= roll.today
    if never_began or not is_now(roll):
        plan.remove(membership)
    else:
        plan.change(membership, ends_on=roll.today - timedelta(days=1))


def since_change(roll: SchoolRoll, had_others: bool) -> date | None:
    """What is first known of a pupil is taken to have been so all year; a change begins today."""
    return roll.today if had_others and is_now(roll) else None


def is_now(roll: SchoolRoll) -> bool:
    return roll.today in AcademicYear(roll.academic_year)


def class_of(plan: Plan, roll: SchoolRoll, year: int | None, subject: str) -> Group:
    """The class named for the subject and the year group, such as 9 Art; numbered where that name is another subject's."""
    name = plain = f"{year} {subject}" if year else subject
    number = 1
    while (taken := roll.groups.get((str(CLASS), name))) and taken.subject != subject:
        number += 1
        name = f"{plain} {number}"
    return group_named(plan, roll, CLASS, name, subject)


def group_named(plan: Plan, roll: SchoolRoll, kind: Group.Kind, name: str, subject: str) -> Group:
    key = (str(kind), name)
    if key not in roll.groups:
        group = Group(school=roll.school, kind=kind, name=name, academic_year=roll.academic_year, subject=subject)
        roll.groups[key] = plan.add(group)
    return roll.groups[key]
