"""Makes the few records a test is about, with sensible values for what it does not care about."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from django_scopes import scopes_disabled

from careers.accounts import encryption
from careers.accounts.models import Membership, User
from careers.accounts.roles import ROLES
from careers.accounts.second_step.adapter import PURPOSE
from careers.audit.models import Tail
from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.pupils.models import Group, GroupMembership, GroupStaff, OwnRecord, Pupil, YearHeld
from careers.schools.models import School
from criteria.periods import AcademicYear

TODAY = date(2026, 11, 22)
YEAR = AcademicYear.containing(TODAY)
_numbers = count(1)


def make_school(name: str = "Beacon School", **fields: Any) -> School:
    """With the chain of its audit begun, as adding one begins it, but with nothing in it."""
    n = next(_numbers)
    school = School.objects.create(**{"name": name, "urn": f"{900000 + n}", "laestab": f"{9990000 + n}", **fields})
    Tail.objects.create(chain=school.pk)
    return school


APP_KEY = "JBSWY3DPEHPK3PXP"
"""The key in the app of everybody who has one."""


def make_person(
    school: School | None, role: str = "careers_leader", *, second_step: bool | None = None, **fields: Any
) -> User:
    """With a second step if the role needs one, unless told. One who signs in by a form is then asked for it."""
    n = next(_numbers)
    user = User.objects.create_user(
        **{"email": f"person{n}@example.org", "name": f"Person {n}", "password": "pw", **fields}
    )
    if school is not None:
        with scopes_disabled():
            Membership.objects.create(school=school, user=user, role=role)
    if ROLES[role].second_step and school is not None if second_step is None else second_step:
        give_app(user)
    return user


def give_app(user: User) -> None:
    locked = encryption.encrypt(APP_KEY, PURPOSE)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": locked})


def check_letter(digits: str) -> str:
    """The check letter of a UPN's twelve characters (all digits here)."""
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(int(d) * i for i, d in enumerate(digits, 2)) % 23]


def make_pupil(
    school: School, year_group: int = 9, *, academic_year: int = YEAR.start_year, form: str = "", **fields: Any
) -> Pupil:
    """A pupil on roll since Year 7 in the usual way, holding `year_group` in `academic_year` and one lower each year before."""
    n = next(_numbers)
    digits = f"999{n % 10000:04}21{n % 1000:03}"
    entered = academic_year - (year_group - 7)
    usual = {
        "surname": f"Pupil{n}",
        "forename": "Alex",
        "upn": check_letter(digits) + digits,
        "joined_on": date(entered, 9, 1),
        "date_of_birth": date(academic_year - year_group - 4, 3, 1),
    }
    with scopes_disabled():
        pupil = Pupil.objects.create(school=school, **{**usual, **fields})
        YearHeld.objects.bulk_create(
            YearHeld(school=school, pupil=pupil, academic_year=academic_year - back, year_group=year_group - back)
            for back in range(max(year_group - 7, 0) + 1)
        )
        if form:
            put_in_group(pupil, form)
    return pupil


def put_in_group(
    pupil: Pupil, name: str, *, kind: str = "form", academic_year: int = YEAR.start_year, subject: str = ""
) -> Group:
    with scopes_disabled():
        group, _ = Group.objects.get_or_create(
            school=pupil.school, kind=kind, name=name, academic_year=academic_year, defaults={"subject": subject}
        )
        GroupMembership.objects.create(school=pupil.school, group=group, pupil=pupil)
    return group


def give_group(user: User, group: Group) -> None:
    with scopes_disabled():
        GroupStaff.objects.create(school=group.school, group=group, user=user)


def make_own_record(user: User, pupil: Pupil, relation: str = "self") -> None:
    with scopes_disabled():
        OwnRecord.objects.create(school=pupil.school, user=user, pupil=pupil, relation=relation)


def make_activity(
    school: School, type: str = "employer_encounter", day: date | None = TODAY, **fields: Any
) -> Activity:
    n = next(_numbers)
    year = AcademicYear.containing(day).start_year if day else YEAR.start_year
    usual = {"title": f"Activity {n}", "academic_year": year, "starts_on": day, "status": "delivered"}
    with scopes_disabled():
        return Activity.objects.create(school=school, type=type, **{**usual, **fields})


def make_encounter(pupil: Pupil, activity: Activity, status: str = "attended") -> Encounter:
    with scopes_disabled():
        return Encounter.objects.create(school=pupil.school, pupil=pupil, activity=activity, status=status)
