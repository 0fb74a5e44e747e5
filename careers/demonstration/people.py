"""The people to sign in as. All share one password, which the sign-in page shows while only invented schools are here."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from careers.accounts.models import Membership, User
from careers.accounts.roles import (
    CareersAdministrator,
    CareersAdviser,
    CareersLeader,
    EnterpriseAdviser,
    InstallationOperator,
    LinkGovernor,
    Parent,
    PupilRole,
    Role,
    SeniorLeader,
    SpecialNeedsCoordinator,
    Teacher,
    TrustLead,
    Tutor,
)
from careers.demonstration.plan import MAIN, SPECIAL
from careers.schools.models import School

PASSWORD = "every-pupil-every-year"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """`schools` are the keys of the plans of the schools they belong to, each with the role they hold there."""

    name: str
    email: str
    roles: dict[str, type[Role]]
    tutor_of: str = ""
    caseload: str = ""
    teaches: str = ""
    record_of: tuple[int, ...] = ()
    """The year groups of the pupils whose record this is: their own, or their children's."""

    @property
    def is_operator(self) -> bool:
        return not self.roles

    @property
    def role(self) -> str:
        """The role as the sign-in page says it, with the school where it is not the main one."""
        if self.is_operator:
            return f"{InstallationOperator.title}, of no school"
        title = f"Tutor of {self.tutor_of}" if self.tutor_of else next(iter(self.roles.values())).title
        places = [plan.name for plan in (MAIN, SPECIAL) if plan.key in self.roles]
        where = "" if places == [MAIN.name] else f", {' and '.join(places)}"
        return f"{title}{where}"


PEOPLE = (
    Person("Priya Sandhu", "leader@example.org", {MAIN.key: CareersLeader}),
    Person("Tom Ellery", "administrator@example.org", {MAIN.key: CareersAdministrator}),
    Person("Grace Okonkwo", "tutor@example.org", {MAIN.key: Tutor}, tutor_of="9C"),
    Person("Helen Marsh", "adviser@example.org", {MAIN.key: CareersAdviser}, caseload="Helen Marsh: Years 11 and 13"),
    Person("David Ashdown", "head@example.org", {MAIN.key: SeniorLeader}),
    Person("Margaret Lowe", "governor@example.org", {MAIN.key: LinkGovernor}),
    Person("Idris Bowen", "leader.larkhollow@example.org", {SPECIAL.key: CareersLeader}),
    Person("Fiona Castell", "trust@example.org", {MAIN.key: TrustLead, SPECIAL.key: TrustLead}),
    Person("Ruth Adeyemi", "senco@example.org", {MAIN.key: SpecialNeedsCoordinator}),
    Person("Martin Pell", "teacher@example.org", {MAIN.key: Teacher}, teaches="9C Science"),
    Person("Sunita Rao", "enterprise@example.org", {MAIN.key: EnterpriseAdviser}),
    Person("A pupil in Year 11", "pupil@example.org", {MAIN.key: PupilRole}, record_of=(11,)),
    Person("A parent of two pupils", "parent@example.org", {MAIN.key: Parent}, record_of=(8, 11)),
    Person("Colin Frayne", "operator@example.org", {}),
)


def make_people() -> dict[str, User]:
    """Users by e-mail address, unsaved. The password is hashed once, because a good hash is slow."""
    hashed = make_password(PASSWORD)
    return {
        person.email: User(email=person.email, name=person.name, password=hashed, is_operator=person.is_operator)
        for person in PEOPLE
    }


def make_memberships(users: dict[str, User], schools: dict[str, School]) -> list[Membership]:
    return [
        Membership(school=schools[key], user=users[person.email], role=role.key)
        for person in PEOPLE
        for key, role in person.roles.items()
    ]
