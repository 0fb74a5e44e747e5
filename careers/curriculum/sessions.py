"""Staff development on careers: recording a session once, and how many of the staff the year's sessions have reached.

A session is an activity of the programme with what is said of it here. It is lent to the school's own criterion from where it is
(careers/evaluation/school_lending.py), so nobody writes a milestone for it, and none can come to differ from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.curriculum.actions import key_of
from careers.curriculum.models import Department, SessionDepartment, StaffNumbers, StaffPresent, StaffSession
from careers.design.editing import changes
from careers.programme.models import Activity
from careers.schools.clock import current_year, today
from careers.schools.models import School
from careers.schools.once import make_once
from criteria.periods import AcademicYear

OF_SESSION = ("topic", "led_by", "for_teachers", "for_support_staff", "teachers_came", "support_staff_came")


def add_session(*, school: School, facts: Mapping[str, Any], by: User, stamp: str | None = None) -> Activity:
    """Record a session, held or to come. `facts` are the answers of SessionForm."""
    with transaction.atomic():
        day: date = facts["day"]
        told = {"title": facts["title"], "starts_on": day, "hours": facts["hours"]}
        fixed = {
            "type": Activity.Type.STAFF_DEVELOPMENT,
            "status": _status(day),
            "academic_year": AcademicYear.containing(day).start_year,
            "owner": by,
        }
        activity, new = make_once(Activity, school=school, stamp=stamp, facts=told, **fixed)
        if new:
            _write(activity, facts)
            record(
                "recorded staff development", by=by, school=school, subject=activity, since=day, title=activity.title
            )
    return activity


def answers_of(activity: Activity) -> dict[str, Any]:
    """What is recorded of a session, as its form's first answers. Of one planned elsewhere nobody has said whom it is for."""
    said = StaffSession.objects.filter(activity=activity).first()
    held = {name: getattr(said, name) for name in OF_SESSION} if said else dict.fromkeys(OF_SESSION)
    if said is None:
        held |= {"topic": "", "led_by": "", "for_teachers": False, "for_support_staff": False}
    people = list(StaffPresent.objects.filter(session=said)) if said else []
    departments = said.departments.order_by("reference").values_list("reference", flat=True) if said else []
    return {
        "title": activity.title,
        "day": activity.starts_on,
        "hours": activity.hours,
        **held,
        "departments": sorted(departments),
        "teachers": sorted(key_of(each.user_id) for each in people if each.teacher),
        "support_staff": sorted(key_of(each.user_id) for each in people if not each.teacher),
    }


def change_session(*, activity: Activity, facts: Mapping[str, Any], stamp: str | None, by: User) -> list[str]:
    """Put a session right, or say who came. The names of what changed. Raises ChangedMeanwhile."""
    with transaction.atomic():
        now = Activity.objects.select_for_update().get(pk=activity.pk)
        given = {name: facts[name] for name in ("title", "day", "hours", *OF_SESSION)}
        given["departments"] = sorted(each.reference for each in facts["departments"])
        given |= {name: sorted(key_of(user.pk) for user in facts[name]) for name in ("teachers", "support_staff")}
        changed = changes(answers_of(now), given, stamp)
        if changed:
            was, day = now.starts_on, facts["day"]
            now.title, now.starts_on, now.hours = facts["title"], day, facts["hours"]
            now.academic_year = AcademicYear.containing(day).start_year
            if now.status != Activity.Status.CANCELLED:
                now.status = _status(day)
            now.save(update_fields=["title", "starts_on", "hours", "academic_year", "status"])
            _write(now, facts)
            since = None if was is None else min(was, day)
            record(
                "changed staff development", by=by, school=now.school, subject=now, since=since, changed=sorted(changed)
            )
    return list(changed)


def number_staff(
    *, school: School, teachers: int | None, support_staff: int | None, stamp: str | None, by: User
) -> list[str]:
    """Say how many teachers and other staff who support pupils there are this year. Raises ChangedMeanwhile."""
    year = current_year().start_year
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        given = {"teachers": teachers, "support_staff": support_staff}
        changed = changes(numbers_of(school, current_year()), given, stamp)
        if changed:
            if teachers is None and support_staff is None:
                StaffNumbers.objects.filter(school=school, academic_year=year).delete()
            else:
                StaffNumbers.objects.update_or_create(school=school, academic_year=year, defaults=given)
            record(
                "numbered the staff",
                by=by,
                school=school,
                subject=school,
                teachers=teachers,
                support_staff=support_staff,
            )
    return list(changed)


def numbers_of(school: School, year: AcademicYear) -> dict[str, int | None]:
    held = StaffNumbers.objects.filter(school=school, academic_year=year.start_year).first()
    return {"teachers": held.teachers if held else None, "support_staff": held.support_staff if held else None}


def _status(day: date) -> Activity.Status:
    return Activity.Status.PLANNED if day > today() else Activity.Status.DELIVERED


def _write(activity: Activity, facts: Mapping[str, Any]) -> None:
    said, _ = StaffSession.objects.update_or_create(
        activity=activity, defaults={"school": activity.school, **{name: facts[name] for name in OF_SESSION}}
    )
    SessionDepartment.objects.filter(session=said).delete()
    SessionDepartment.objects.bulk_create(
        SessionDepartment(school=activity.school, session=said, department=each) for each in facts["departments"]
    )
    StaffPresent.objects.filter(session=said).delete()
    StaffPresent.objects.bulk_create(
        StaffPresent(school=activity.school, session=said, user=user, teacher=teacher)
        for teacher, users in ((True, facts["teachers"]), (False, facts["support_staff"]))
        for user in users
    )


@dataclass(frozen=True)
class Reached:
    """How many of a part of the staff the year's sessions reached, of how many. None is not known.

    Where sessions were only counted, two may have had the same people: then it is at least the largest of them.
    """

    least: int | None
    exactly: bool
    of: int | None

    @property
    def words(self) -> str:
        """As "at least 40 of 62"."""
        if self.least is None:
            return "not recorded"
        number = f"{'' if self.exactly else 'at least '}{self.least:,}"
        return f"{number} of {self.of:,}" if self.of else number

    @property
    def share(self) -> float | None:
        """From 0 to 1; the least it can be. None where either number is not known, or they contradict each other."""
        return self.least / self.of if self.least is not None and self.of and self.least <= self.of else None


def reached(sessions: Iterable[StaffSession], numbers: Mapping[str, int | None]) -> dict[str, Reached]:
    """Teachers and support staff reached by sessions that were held. Prefetch `present`."""
    found = list(sessions)
    teachers = [(s.teachers_came, _named(s, True)) for s in found if s.for_teachers]
    others = [(s.support_staff_came, _named(s, False)) for s in found if s.for_support_staff]
    return {
        "teachers": _reached(teachers, numbers["teachers"]),
        "support_staff": _reached(others, numbers["support_staff"]),
    }


def _named(session: StaffSession, teachers: bool) -> set[int]:
    return {each.user_id for each in session.present.all() if each.teacher is teachers}  # type: ignore[attr-defined]


def _reached(came: list[tuple[int | None, set[int]]], of: int | None) -> Reached:
    known = [(number, people) for number, people in came if number is not None or people]
    if not known:
        return Reached(None, False, of)
    by_name = set().union(*(people for _, people in known))
    least = max(len(by_name), *((number or 0) for number, _ in known))
    all_named = all(number is None or number <= len(people) for number, people in known)
    alone = sum(1 for number, people in known if number or people) <= 1
    return Reached(least, (all_named or alone) and len(known) == len(came), of)


def hours_of(sessions: Iterable[StaffSession]) -> Decimal:
    """Hours of staff development on careers, where they are known."""
    return sum((each.activity.hours or Decimal(0) for each in sessions), Decimal(0))


def for_department(sessions: Iterable[StaffSession], department: Department) -> list[StaffSession]:
    """Sessions that a department had: its own, and those for the whole staff. Prefetch `for_departments`."""
    found = []
    for each in sessions:
        named = {line.department_id for line in each.for_departments.all()}  # type: ignore[attr-defined]
        if not named or department.pk in named:
            found.append(each)
    return found
