"""Two schools, each with somebody in every role and one record of each kind: what access is tried on."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.accounts.roles import AT_A_SCHOOL
from careers.encounters.models import Encounter
from careers.imports.models import Import
from careers.leadership.models import Milestone
from careers.people.models import Invitation
from careers.programme.models import Activity
from careers.pupils.models import Arrival, Group, Pupil
from careers.schools.models import School
from tests.makers import (
    TODAY,
    give_group,
    make_activity,
    make_encounter,
    make_own_record,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)


@dataclass
class TheSchool:
    """The pupil is in the form of the tutor and on the caseload of the adviser, so whoever sees any pupil sees this one."""

    school: School
    pupil: Pupil
    form: Group
    activity: Activity
    encounter: Encounter
    imported: Import
    arrival: Arrival
    milestone: Milestone
    invitation: Invitation
    people: dict[str, User] = field(default_factory=dict)


def make_the_school(name: str) -> TheSchool:
    school = make_school(name)
    pupil = make_pupil(school, 9)
    form = put_in_group(pupil, "9A")
    activity = make_activity(school)
    with scopes_disabled():
        imported = Import.objects.create(
            school=school,
            kind="roll",
            status="applied",
            filename="roll.csv",
            academic_year=2026,
            applied_at=timezone.now(),
        )
        arrival = Arrival.objects.create(school=school, surname="Newcomer")
        milestone = Milestone.objects.create(school=school, kind="feedback_gathered", date=TODAY, title="Survey")
        invitation = Invitation.objects.create(
            school=school, email="new@example.org", name="New", role="tutor", digest="", expires_at=timezone.now()
        )
    encounter = make_encounter(pupil, activity)
    made = TheSchool(school, pupil, form, activity, encounter, imported, arrival, milestone, invitation)
    for role in AT_A_SCHOOL:
        made.people[role] = make_person(school, role)
        give_group(made.people[role], form)
    for role, relation in (("pupil", "self"), ("parent", "parent")):
        make_own_record(made.people[role], pupil, relation)
    made.people["operator"] = make_person(None, is_operator=True)
    return made
