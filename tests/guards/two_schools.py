"""Two schools, each with somebody in every role and one record of each kind: what access is tried on.

A record of a new kind is one line in `TheSchool` and one in `make_the_school`; then tests/guards/addresses.py can put its
reference in an address. Where a role may not reach every record of the kind, make a second one it does not reach (see `outsider`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.accounts.roles import AT_A_SCHOOL
from careers.encounters.models import Encounter
from careers.guidance.models import Note
from careers.imports.models import Import
from careers.leadership.models import Milestone
from careers.partners.models import Partner
from careers.people.models import Invitation
from careers.programme.models import Activity
from careers.pupils.models import Arrival, Characteristic, Group, Pupil
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
    """The pupil is in the form of the tutor and on the caseload of the adviser, so whoever sees any pupil sees this one.

    The outsider is in nobody's group and nobody's child, with a one-to-one meeting of their own: seen by who sees every pupil.
    """

    school: School
    pupil: Pupil
    form: Group
    activity: Activity
    encounter: Encounter
    imported: Import
    arrival: Arrival
    milestone: Milestone
    partner: Partner
    outsider: Pupil
    outsiders_group: Group
    meeting: Activity
    coming: Activity
    talk: Activity
    note: Note
    outsiders_note: Note
    invitation: Invitation
    people: dict[str, User] = field(default_factory=dict)


def make_the_school(name: str, **fields: object) -> TheSchool:
    """Surnames and titles hold the school's first word, so that a page can be searched for what should not be in it."""
    school, word = make_school(name, **fields), name.split()[0]
    pupil = make_pupil(school, 9, surname=f"Reached{word}")
    outsider = make_pupil(school, 10, surname=f"Unreached{word}")
    talk = make_activity(school, "guidance_meeting", title=f"Talk of {word}", one_to_one=True)
    make_encounter(pupil, talk)
    form, outsiders_group = put_in_group(pupil, "9A"), put_in_group(outsider, f"Club {word}", kind="other")
    activity = make_activity(school, title=f"Visit of {word}")
    meeting = make_activity(school, "guidance_meeting", title=f"Meeting of {word}", one_to_one=True)
    make_encounter(outsider, meeting)
    coming = make_activity(school, title=f"Fair of {word}", day=TODAY + timedelta(days=7), status="planned")
    with scopes_disabled():
        imported = Import.objects.create(
            school=school,
            kind="roll",
            status="applied",
            filename="roll.csv",
            academic_year=2026,
            applied_at=timezone.now(),
        )
        arrival = Arrival.objects.create(school=school, surname=outsider.surname, forename=outsider.forename)
        milestone = Milestone.objects.create(school=school, kind="feedback_gathered", date=TODAY, title="Survey")
        invitation = Invitation.objects.create(
            school=school, email="new@example.org", name="New", role="tutor", digest="", expires_at=timezone.now()
        )
        partner = Partner.objects.create(school=school, kind="employer", name=f"Works of {word}")
        note, outsiders_note = (
            Note.objects.create(school=school, pupil=each, kind="guidance", text=f"Words of {word}")
            for each in (pupil, outsider)
        )
        Characteristic.objects.create(school=school, pupil=pupil, kind="looked_after", value="Y")
    made = TheSchool(
        school, pupil, form, activity, make_encounter(pupil, activity), imported, arrival, milestone, partner,
        outsider, outsiders_group, meeting, coming, talk, note, outsiders_note, invitation,
    )  # fmt: skip
    for role in AT_A_SCHOOL:
        made.people[role] = make_person(school, role)
        give_group(made.people[role], form)
    for role, relation in (("pupil", "self"), ("parent", "parent")):
        make_own_record(made.people[role], pupil, relation)
    made.people["operator"] = make_person(None, is_operator=True, second_step=True)
    return made
