"""Writes a school that was made in memory. The long tables go straight to the database: a row of them has no behaviour to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from careers.accounts.models import User
from careers.accounts.roles import PupilRole
from careers.audit.record import record
from careers.curriculum.models import Department, Link, StaffNumbers, StaffSession, Subject
from careers.demonstration.calendar import TERMS, day_of
from careers.demonstration.choices import consents, instructions
from careers.demonstration.conversations import conversations
from careers.demonstration.departments import departments, links, staff_numbers, subjects, training_days
from careers.demonstration.evidence import keep_evidence
from careers.demonstration.held_for import groups_held_for
from careers.demonstration.making import Made
from careers.demonstration.notes import guidance_notes
from careers.demonstration.outcomes import outcomes_set
from careers.demonstration.partner_people import PartnerPeople
from careers.demonstration.people import PEOPLE
from careers.demonstration.plan import Now, reference
from careers.demonstration.provider_access import answers_of, requests_of, statement_of
from careers.demonstration.school_record import make_milestones, next_review_of
from careers.demonstration.voices import write_voices
from careers.encounters.models import Encounter
from careers.guidance.models import Note
from careers.leadership.models import Milestone
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityGroup, ActivityOutcome, ActivityPartner, SchoolOutcome
from careers.protection.models import SharingInstruction, TrackingConsent
from careers.provider_access.models import Decision, ProviderRequest, PublishedStatement, Statement
from careers.pupils.models import Characteristic, Group, GroupMembership, GroupStaff, OwnRecord, Pupil, YearHeld
from careers.schools.models import School, TermDates

Row = tuple[Any, ...]


def write_people(users: dict[str, User]) -> None:
    User.objects.bulk_create(users.values())
    if apps.is_installed("allauth.account"):
        address = apps.get_model("account", "EmailAddress")
        address.objects.bulk_create(address(user=u, email=u.email, verified=True, primary=True) for u in users.values())


def write(made: Made, users: dict[str, User]) -> None:
    """Write one school, pupils before what points at them, with one event in its audit."""
    school, log, groups = made.school, made.log, made.groups
    school.next_review_on = next_review_of(made.plan, log.now)
    school.save()
    milestones = make_milestones(made.plan, log.now, log.owners)
    create(school, Milestone, milestones)
    create(school, TermDates, terms(log.now))
    create(school, Pupil, (child.pupil for child in made.children))
    held = ((child.pupil.pk, *year) for child in made.children for year in child.years.items())
    insert(school, YearHeld, ("pupil_id", "academic_year", "year_group"), held)
    create(school, Characteristic, made.characteristics)
    create(school, Group, groups.groups.values())
    members = ((group.pk, child.pupil.pk, starts, ends) for group, child, starts, ends in groups.memberships)
    insert(school, GroupMembership, ("group_id", "pupil_id", "starts_on", "ends_on"), members)
    write_staff(made, users)
    write_families(made, users)
    create(school, TrackingConsent, consents(made))
    create(school, SharingInstruction, instructions(made))
    create(school, Partner, made.partners.all)
    create(school, Activity, (entry.activity for entry in log.entries))
    create(school, ActivityGroup, groups_held_for(made))
    write_curriculum(made, users, milestones)
    helped = ((entry.activity.pk, partner.pk) for entry in log.entries for partner in entry.partners)
    insert(school, ActivityPartner, ("activity_id", "partner_id"), helped)
    own, outcomes = outcomes_set(made)
    create(school, SchoolOutcome, own)
    create(school, ActivityOutcome, outcomes)
    insert(school, Encounter, ("pupil_id", "activity_id", "status", "recorded_by_id", "recorded_at"), registers(made))
    create(school, Note, guidance_notes(made, users))
    conversations(made, users)
    keep_evidence(made, users)
    write_voices(made, next(iter(made.log.owners), None))
    if made.plan.key == "main":
        write_provider_access(made)
    for kind, rows in PartnerPeople(made).rows():
        create(school, kind, rows)
    record(
        "loaded the demonstration",
        by=None,
        school=school,
        subject=school,
        pupils=len(made.children),
        activities=len(log.entries),
        encounters=log.count(),
    )


def write_provider_access(made: Made) -> None:
    draft, versions = statement_of(made)
    create(made.school, Statement, [draft])
    create(made.school, PublishedStatement, versions)
    requests = requests_of(made)
    answers = answers_of(made, requests)
    create(made.school, ProviderRequest, requests)
    create(made.school, Decision, answers)


def create(school: School, model: type[models.Model], rows: Iterable[Any]) -> None:
    listed = list(rows)
    for row in listed:
        row.school = school
    model._default_manager.bulk_create(listed)


def insert(school: School, model: type[models.Model], columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Insert rows of plain values (columns of the table, in order) for a school, many times faster than through model instances."""
    names = ", ".join(connection.ops.quote_name(name) for name in ("school_id", *columns))
    places = ", ".join(["%s"] * (len(columns) + 1))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        # Only names of our own tables and columns are put into the text; values go beside it.
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
        cursor.executemany(statement, [(school.pk, *row) for row in rows])


def registers(made: Made) -> Iterator[Row]:
    """Encounters. Each says it was written down the day after, or last week if it has yet to happen: not all this morning."""
    now = made.log.now
    written = Encounter._meta.get_field("recorded_at")
    for entry in made.log.entries:
        activity = entry.activity
        day = min(entry.day + timedelta(1), now.today - timedelta(7 if entry.day >= now.today else 0))
        at = written.get_db_prep_save(timezone.make_aware(datetime.combine(day, time(8, 30))), connection)
        owner = activity.owner.pk if activity.owner else None
        for child, status in entry.register.items():
            yield child.pupil.pk, activity.pk, status, owner, at


def terms(now: Now) -> list[TermDates]:
    return [
        TermDates(academic_year=year, name=name, starts_on=day_of(year, *first), ends_on=day_of(year, *last))
        for year in (now.year - 1, now.year)
        for name, first, last in TERMS
    ]


def write_curriculum(made: Made, users: dict[str, User], milestones: list[Milestone]) -> None:
    """Departments, what links are about, and training days, each with the milestone that it is."""
    found = departments(made, users)
    create(made.school, Department, found)
    create(made.school, Subject, subjects(made, found))
    create(made.school, Link, links(made))
    create(made.school, StaffNumbers, staff_numbers(made))
    for milestone, activity, session in training_days(made, milestones):
        create(made.school, Activity, [activity])
        create(made.school, StaffSession, [session])
        milestone.activity = activity
        milestone.save(update_fields=["activity"])


def write_staff(made: Made, users: dict[str, User]) -> None:
    """The tutor's form, the teacher's class, and the adviser's caseload: Years 11 and 13 of every second form."""
    if made.plan.special:
        return
    year = made.log.now.year
    for person in PEOPLE:
        if person.tutor_of:
            group = made.groups.groups[Group.Kind.FORM, person.tutor_of, year]
            create(made.school, GroupStaff, [GroupStaff(group=group, user=users[person.email])])
        if person.teaches:
            group = made.groups.groups[Group.Kind.CLASS, person.teaches, year]
            create(made.school, GroupStaff, [GroupStaff(group=group, user=users[person.email])])
        if person.caseload:
            group = Group(kind=Group.Kind.CASELOAD, name=person.caseload, academic_year=year)
            group.reference = reference(made.plan.dice("caseload"))
            create(made.school, Group, [group])
            mine = [
                c for c in made.children if c.years.get(year) in (11, 13) and not c.pupil.left_on and c.letter in "ACEG"
            ]
            create(made.school, GroupMembership, [GroupMembership(group=group, pupil=child.pupil) for child in mine])
            create(made.school, GroupStaff, [GroupStaff(group=group, user=users[person.email])])


def write_families(made: Made, users: dict[str, User]) -> None:
    """Whose own record, or whose child's, the first pupil on roll of a year group is."""
    if made.plan.special:
        return
    first = {c.years.get(made.log.now.year): c for c in reversed(made.children) if not c.pupil.left_on}
    for person in PEOPLE:
        relation = OwnRecord.Relation.SELF if PupilRole in person.roles.values() else OwnRecord.Relation.PARENT
        own = (first[group].pupil for group in person.record_of)
        held = [OwnRecord(user=users[person.email], pupil=pupil, relation=relation) for pupil in own]
        create(made.school, OwnRecord, held)
