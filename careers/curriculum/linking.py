"""What people do with a careers link: plan it for a subject in a year group, say more about it, and say that it was taught."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from careers.accounts.models import User
from careers.audit.record import record
from careers.curriculum.actions import key_of
from careers.curriculum.models import Link, Subject
from careers.design.editing import changes
from careers.encounters.actions import NO_PLACE, UNMARKED, Status, take_register
from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.actions import NotNow
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Group, GroupMembership, Pupil
from careers.schools.clock import current_year, today
from careers.schools.models import School
from careers.schools.once import make_once
from criteria.periods import AcademicYear

OF_LINK = ("way", "topic", "careers", "resource")
OF_ACTIVITY = ("half_term", "starts_on", "learning_outcomes")
FREE_TEXT = (*OF_LINK[1:], "learning_outcomes")
"""The audit says that these changed, not what they say."""


def plan_link(
    *, school: School, subject: Subject, year_group: int, facts: Mapping[str, Any], by: User, stamp: str | None = None
) -> Activity:
    """Plan a link for everybody of a year group who studies a subject: an activity of this year's programme.

    `facts`: way, topic, careers, resource, half_term, starts_on, learning_outcomes, partner (or None) and teacher (or None).
    """
    with transaction.atomic():
        told = {
            "title": _title(facts["topic"], subject.name, year_group),
            "subject": subject.name,
            "year_groups": [year_group],
            "academic_year": current_year().start_year,
            **{name: facts[name] for name in OF_ACTIVITY},
        }
        fixed = {
            "type": Activity.Type.CURRICULUM_LINK,
            "status": Activity.Status.PLANNED,
            "career_relevance": True,
            "whole_cohort": True,
            "in_school_day": True,
            "learning_outcomes_set": True if facts["learning_outcomes"] else None,
            "owner": facts["teacher"] or by,
        }
        activity, new = make_once(Activity, school=school, stamp=stamp, facts=told, **fixed)
        if new:
            Link.objects.create(school=school, activity=activity, **{name: facts[name] for name in OF_LINK})
            _visit(activity, facts["partner"])
            record(
                "planned a curriculum link", by=by, school=school, subject=activity, since=activity.starts_on,
                taught=subject.name, year_group=year_group,
            )  # fmt: skip
    return activity


def answers_of(activity: Activity) -> dict[str, Any]:
    """What is recorded of a link, as its form's first answers. One that was recorded elsewhere has its title for a topic."""
    link = Link.objects.filter(activity=activity).first() or Link(topic=activity.title[:120], way=Link.Way.LESSON)
    partner = activity.partners.order_by("pk").first()
    return {
        **{name: getattr(link, name) for name in OF_LINK},
        **{name: getattr(activity, name) for name in OF_ACTIVITY},
        "partner": partner.reference if partner else "",
        "teacher": key_of(activity.owner_id),
    }


def change_link(*, activity: Activity, facts: Mapping[str, Any], stamp: str | None, by: User) -> list[str]:
    """Say more about a link, or move it. `facts` as for planning one. The names of what changed.

    A day on which it was taught is left as it is. Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        partner, teacher = facts["partner"], facts["teacher"]
        given = {
            **{name: facts[name] for name in (*OF_LINK, *OF_ACTIVITY)},
            "partner": partner.reference if partner else "",
            "teacher": key_of(teacher.pk if teacher else None),
        }
        if now.status == Activity.Status.DELIVERED:
            given["starts_on"] = now.starts_on
        changed = changes(answers_of(now), given, stamp)
        if not changed:
            return []
        was = now.starts_on
        _save(now, given, changed, teacher)
        if "partner" in changed:
            ActivityPartner.objects.filter(activity=now).delete()
            _visit(now, partner)
        days = [was, now.starts_on]
        record(
            "changed a curriculum link", by=by, school=now.school, subject=now,
            since=None if None in days else min(day for day in days if day), changed=sorted(changed),
        )  # fmt: skip
    return list(changed)


def _save(now: Activity, given: Mapping[str, Any], changed: Mapping[str, Any], teacher: User | None) -> None:
    Link.objects.update_or_create(
        activity=now, defaults={"school": now.school, **{name: given[name] for name in OF_LINK}}
    )
    for name in OF_ACTIVITY:
        setattr(now, name, given[name])
    if "topic" in changed and now.subject and now.year_groups:
        now.title = _title(given["topic"], now.subject, now.year_groups[0])
    if "starts_on" in changed:
        now.ends_on = None
    if "teacher" in changed:
        now.owner = teacher
    if given["learning_outcomes"]:
        now.learning_outcomes_set = True
    now.save(update_fields=[*OF_ACTIVITY, "title", "ends_on", "owner", "learning_outcomes_set"])


def _title(topic: str, subject: str, year_group: int) -> str:
    return f"{topic} ({subject}, Year {year_group})"[:200]


def _visit(activity: Activity, partner: Partner | None) -> None:
    if partner is not None:
        ActivityPartner.objects.create(school=activity.school, activity=activity, partner=partner)


@dataclass(frozen=True)
class Taught:
    """How many pupils were marked as having had the link, and how many had a mark already, which stays."""

    marked: int
    already: int


def taught(*, activity: Activity, classes: Iterable[Group], day: date, by: User) -> Taught:
    """Say that a link was taught to classes by a day: each pupil who was in them then and has no mark is marked as there.

    The first such day becomes the activity's, and the latest its last. Who was away is marked so in the register, which keeps
    what this marked as an earlier mark. Raises NotNow for a day to come or of another year, for a link that is cancelled, and
    where nobody is in the classes.
    """
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        _can_have_been_taught(now, day)
        groups = [group for group in classes if group.school_id == now.school_id and group.subject == now.subject]
        pupils = members_on(groups, day, now.year_groups)
        if not pupils:
            raise NotNow("Nobody of the year group was in these classes on that day.")
        log = Encounter.objects.filter(activity=now, pupil__in=pupils)
        held = {each.pupil_id: each.status for each in log}
        unmarked = [pupil for pupil in pupils if held.get(pupil.pk, NO_PLACE) in UNMARKED]
        if not unmarked:
            return Taught(0, len(pupils))
        _held_on(now, day)
        seen = {pupil: held.get(pupil.pk, NO_PLACE) for pupil in unmarked}
        done = take_register(activity=now, marks=dict.fromkeys(unmarked, Status.ATTENDED), seen=seen, by=by)
    return Taught(done.changed, len(pupils) - len(unmarked))


def members_on(groups: Iterable[Group], day: date, year_groups: Iterable[int]) -> list[Pupil]:
    """Pupils of year groups who were in any of these classes on a day, and on roll."""
    year = AcademicYear.containing(day).start_year
    members = GroupMembership.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        group__in=list(groups),
    )
    found = Pupil.objects.filter(
        pk__in=members.values("pupil_id"), years__academic_year=year, years__year_group__in=list(year_groups)
    )
    return list(found.on_roll(day).distinct())


def _can_have_been_taught(activity: Activity, day: date) -> None:
    if activity.status in (Activity.Status.PROPOSED, Activity.Status.CANCELLED):
        raise NotNow(f"This link is {activity.get_status_display().lower()}, so it cannot have been taught.")
    if day > today():
        raise NotNow("That day is still to come.")
    if day not in AcademicYear(activity.academic_year):
        raise NotNow(f"That day is not in {AcademicYear(activity.academic_year)}, the year the link is planned for.")


def _held_on(activity: Activity, day: date) -> None:
    """Give the activity its day or, where it was taught on others, stretch it to hold this one."""
    was = activity.starts_on, activity.ends_on
    if activity.starts_on is None or activity.starts_on > today():
        activity.starts_on, activity.ends_on = day, None
    else:
        last = max(activity.ends_on or activity.starts_on, day)
        activity.starts_on = min(activity.starts_on, day)
        activity.ends_on = last if last > activity.starts_on else None
    if (activity.starts_on, activity.ends_on) != was:
        activity.save(update_fields=["starts_on", "ends_on"])
