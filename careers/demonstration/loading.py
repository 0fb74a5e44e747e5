"""Makes the demonstration in memory, then writes it in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from careers.accounts.models import Membership, User
from careers.audit.record import record
from careers.demonstration.calendar import TERMS, day_of
from careers.demonstration.characteristics import give_characteristics
from careers.demonstration.curriculum import link_subjects
from careers.demonstration.delivery import Delivery
from careers.demonstration.destinations import follow_leavers
from careers.demonstration.groups import GroupMaker
from careers.demonstration.guidance import hold_interviews, review_plans
from careers.demonstration.log import Log
from careers.demonstration.partners import Partners
from careers.demonstration.people import PEOPLE, make_memberships, make_people
from careers.demonstration.placements import place_pupils
from careers.demonstration.plan import PLANS, Now, Plan, reference
from careers.demonstration.roll import Child, RollMaker
from careers.demonstration.scenarios import cast
from careers.demonstration.stories import Stage
from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Characteristic, Group, GroupMembership, GroupStaff, Pupil, YearHeld
from careers.schools.clock import today
from careers.schools.models import School, TermDates
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django_scopes import scopes_disabled


class RealSchoolHere(Exception):
    """The database holds a school that is not a demonstration, which invented pupils must never be mixed with."""


@dataclass
class Made:
    """One school, made and not yet written."""

    plan: Plan
    school: School
    children: list[Child]
    characteristics: list[Characteristic]
    groups: GroupMaker
    partners: Partners
    log: Log


def make(plan: Plan, day: date, owners: list[User]) -> Made:
    """Everything of one school as at a day. The same day and plan make the same school, to the last reference."""
    now = Now(day)
    children = RollMaker(plan, now).make()
    characteristics = give_characteristics(plan, now, children)
    parts = cast(plan, now, children)
    groups = GroupMaker(plan, now, children)
    groups.make()
    partners = Partners(plan)
    log = Log(plan, now)
    log.owners = owners
    delivery = Delivery(log, partners, children)
    for offset in range(1 - plan.years_of_log, 1):
        delivery.deliver(offset)
        hold_interviews(log, partners, children, offset)
        place_pupils(log, partners, children, offset)
        if offset >= -2:
            review_plans(log, children, offset)
    link_subjects(log, groups)
    follow_leavers(log, children)
    stage = Stage(log, partners)
    for part, child in parts:
        if part.extras:
            part.extras(stage, child)
    return Made(plan, plan.school(), children, characteristics, groups, partners, log)


def load() -> list[Made] | None:
    """Write the demonstration, unless it is here already (then None).

    Raises RealSchoolHere beside a school that is not a demonstration.
    """
    if School.objects.filter(demonstration=False).exists():
        raise RealSchoolHere("There is a real school in this database, so the demonstration was not loaded.")
    if School.objects.filter(demonstration=True).exists():
        return None
    users = make_people()
    made = [make(plan, today(), [users[p.email] for p in PEOPLE if plan.key in p.roles][:2]) for plan in PLANS]
    with scopes_disabled(), transaction.atomic():
        write_people(users)
        for school in made:
            write(school, users)
        schools = {school.plan.key: school.school for school in made}
        Membership.objects.bulk_create(make_memberships(users, schools))
    return made


def write_people(users: dict[str, User]) -> None:
    User.objects.bulk_create(users.values())
    if apps.is_installed("allauth.account"):
        address = apps.get_model("account", "EmailAddress")
        address.objects.bulk_create(address(user=u, email=u.email, verified=True, primary=True) for u in users.values())


def write(made: Made, users: dict[str, User]) -> None:
    school, log = made.school, made.log
    school.save()
    create(school, TermDates, terms(log.now))
    create(school, Pupil, (child.pupil for child in made.children))
    held = ((child, year, group) for child in made.children for year, group in child.years.items())
    create(school, YearHeld, (YearHeld(pupil=c.pupil, academic_year=year, year_group=group) for c, year, group in held))
    create(school, Characteristic, made.characteristics)
    create(school, Group, made.groups.groups.values())
    create(school, GroupMembership, made.groups.memberships)
    write_staff(made, users)
    create(school, Partner, made.partners.all)
    create(school, Activity, (entry.activity for entry in log.entries))
    create(
        school,
        ActivityPartner,
        (ActivityPartner(activity=e.activity, partner=partner) for e in log.entries for partner in e.partners),
    )
    create(school, Encounter, encounters(log))
    date_registers(school, log.now)
    record(
        "loaded the demonstration",
        by=None,
        school=school,
        subject=school,
        pupils=len(made.children),
        activities=len(log.entries),
        encounters=log.count(),
    )


def create(school: School, model: type[models.Model], rows: object) -> None:
    listed = list(rows)  # type: ignore[call-overload]
    for row in listed:
        row.school = school
    model._default_manager.bulk_create(listed)


def encounters(log: Log) -> Iterator[Encounter]:
    for entry in log.entries:
        activity, owner = entry.activity, entry.activity.owner
        for child, status in entry.register.items():
            yield Encounter(pupil=child.pupil, activity=activity, status=status, recorded_by=owner)


def date_registers(school: School, now: Now) -> None:
    """Registers were taken in the month of the activity, not all this morning: `recorded_at` says so, a month at a time."""
    written = Encounter.objects.filter(school=school)
    first = written.aggregate(first=models.Min("activity__starts_on"))["first"]
    while first and (first.year, first.month) < (now.today.year, now.today.month):
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        at = timezone.make_aware(datetime.combine(following, time(8, 30)))
        written.filter(activity__starts_on__gte=first, activity__starts_on__lt=following).update(recorded_at=at)
        first = following


def terms(now: Now) -> list[TermDates]:
    return [
        TermDates(academic_year=year, name=name, starts_on=day_of(year, *first), ends_on=day_of(year, *last))
        for year in (now.year - 1, now.year)
        for name, first, last in TERMS
    ]


def write_staff(made: Made, users: dict[str, User]) -> None:
    """The tutor's form, and the adviser's caseload: Years 11 and 13 of every second form, with the pupils a tutor worries about."""
    if made.plan.special:
        return
    year = made.log.now.year
    for person in PEOPLE:
        if person.tutor_of:
            group = made.groups.groups[Group.Kind.FORM, person.tutor_of, year]
            create(made.school, GroupStaff, [GroupStaff(group=group, user=users[person.email])])
        if person.caseload:
            group = Group(kind=Group.Kind.CASELOAD, name=person.caseload, academic_year=year)
            group.reference = reference(made.plan.dice("caseload"))
            create(made.school, Group, [group])
            mine = [c for c in made.children if c.years.get(year) in (11, 13) and not c.pupil.left_on and c.letter in "ACEG"]
            create(made.school, GroupMembership, [GroupMembership(group=group, pupil=child.pupil) for child in mine])
            create(made.school, GroupStaff, [GroupStaff(group=group, user=users[person.email])])
