"""The roles a person can hold, and what each may do.

A role is a class with a sentence saying who may hold it. What it may do is a set of policies; whose pupils it reaches is `reach`.
A school may widen one role (the trust lead's) for itself: ask a `Membership` for its `policies` and `reach`, not the class.
"""

from __future__ import annotations

from enum import StrEnum


class Policy(StrEnum):
    """What a page can ask of a role. Every page names one (`careers.accounts.policy.requires`)."""

    SEE_FIGURES = "see figures for the whole school"
    SEE_ACROSS = "see figures of several schools side by side"
    SEE_PUPILS = "see pupils by name"
    EXPORT_PUPILS = "take lists of pupils out of Trigpoint"
    RECORD = "take registers and record what pupils did"
    SEE_SENSITIVE = "see what is sensitive about a pupil, such as care, special needs and free school meals"
    SEE_GUIDANCE = "read and write notes of guidance"
    IMPORT = "bring in the roll, the log and programmes"
    PLAN = "change the programme"
    RECORD_SCHOOL = "record what the school itself does and decides"
    CHOOSE_READINGS = "choose how the school reads what the rules leave open"
    MANAGE_PEOPLE = "invite people, change their roles and end them"
    PROTECT = "answer for the data: what is kept, shared, handed out and erased"
    SEE_AUDIT = "see who did what"
    SEE_OWN_RECORD = "see one's own record, or one's child's"
    RUN_INSTALLATION = "look after the machine, its schools and its backups"


class Reach(StrEnum):
    """Whose pupils a role sees by name."""

    ALL = "every pupil of the school"
    SEN = "pupils with special educational needs, and those of the groups the person answers for"
    OWN_GROUPS = "pupils of the groups the person answers for"
    OWN_RECORD = "oneself"
    OWN_CHILDREN = "the person's own children"
    NOBODY = "no pupil by name"


class Role:
    """`idle_minutes`: how long a session may lie unused. `second_step`: whether a password alone is never enough."""

    key = ""
    title = ""
    who = ""
    policies: frozenset[Policy] = frozenset()
    reach = Reach.NOBODY
    idle_minutes = 60
    second_step = False
    home = "evaluation:today"
    """The name of the page the role comes in to."""
    granted: frozenset[Policy] = frozenset()
    """What it may do besides where the school lets it see names (`School.names_to_trust`); its reach is then every pupil."""


class CareersLeader(Role):
    key = "careers_leader"
    title = "Careers leader"
    who = "The member of staff named on the school's website as responsible for its careers programme. Sees and does everything."
    policies = frozenset(Policy) - {Policy.SEE_ACROSS, Policy.SEE_OWN_RECORD, Policy.RUN_INSTALLATION}
    reach = Reach.ALL
    idle_minutes = 30
    second_step = True


class CareersAdministrator(Role):
    key = "careers_administrator"
    title = "Careers administrator"
    who = (
        "Someone who keeps the records up to date for the careers leader: imports, registers, programme and lists, "
        "but neither people, nor notes of guidance, nor the audit."
    )
    policies = CareersLeader.policies - {
        *(Policy.SEE_AUDIT, Policy.CHOOSE_READINGS, Policy.MANAGE_PEOPLE),
        *(Policy.PROTECT, Policy.SEE_GUIDANCE, Policy.SEE_SENSITIVE),
    }
    reach = Reach.ALL
    idle_minutes = 30
    second_step = True


class SeniorLeader(Role):
    key = "senior_leader"
    title = "Senior leader"
    who = (
        "The headteacher, or a leader who answers for careers: sees figures, pupils and who did what, keeps the "
        "school's record, and answers for its people and its data. Reads no notes of guidance."
    )
    policies = frozenset(
        {Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.EXPORT_PUPILS, Policy.SEE_AUDIT, Policy.RECORD}
        | {Policy.RECORD_SCHOOL, Policy.CHOOSE_READINGS, Policy.SEE_SENSITIVE, Policy.MANAGE_PEOPLE, Policy.PROTECT}
    )
    reach = Reach.ALL
    idle_minutes = 30
    second_step = True


class SpecialNeedsCoordinator(Role):
    key = "senco"
    title = "SENCO"
    who = (
        "The coordinator of special educational needs: sees pupils with SEN support or an EHC plan, what is sensitive "
        "about them and the notes of their guidance."
    )
    policies = frozenset(
        {Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.RECORD, Policy.SEE_SENSITIVE, Policy.SEE_GUIDANCE}
    )
    reach = Reach.SEN
    idle_minutes = 30
    second_step = True


class CareersAdviser(Role):
    key = "careers_adviser"
    title = "Careers adviser"
    who = (
        "A guidance professional qualified to Level 6 or above, on the staff or brought in: sees their own caseload, "
        "and reads and writes its notes of guidance."
    )
    policies = frozenset(
        {Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.RECORD, Policy.SEE_GUIDANCE, Policy.SEE_SENSITIVE}
    )
    reach = Reach.OWN_GROUPS
    idle_minutes = 30
    second_step = True


class Tutor(Role):
    key = "tutor"
    title = "Tutor or head of year"
    who = "A member of staff who looks after a form or a year group: sees the pupils of the groups they answer for."
    policies = frozenset({Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.RECORD})
    reach = Reach.OWN_GROUPS


class Teacher(Role):
    key = "teacher"
    title = "Teacher"
    who = "A member of staff who teaches classes: sees the pupils of those classes, and takes registers of them."
    policies = frozenset({Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.RECORD})
    reach = Reach.OWN_GROUPS


class LinkGovernor(Role):
    key = "link_governor"
    title = "Link governor"
    who = "The governor or trustee linked to careers: sees figures for the whole school, never a pupil's name."
    policies = frozenset({Policy.SEE_FIGURES})


class EnterpriseAdviser(Role):
    key = "enterprise_adviser"
    title = "Enterprise adviser"
    who = "A volunteer from business who helps with the programme: sees figures for the whole school, never a pupil's name."
    policies = frozenset({Policy.SEE_FIGURES})


class TrustLead(Role):
    key = "trust_lead"
    title = "Trust lead"
    who = (
        "Whoever answers for careers across a trust: sees the figures of each school that has given them this role, "
        "side by side. Names only at a school that lets them."
    )
    policies = frozenset({Policy.SEE_FIGURES, Policy.SEE_ACROSS})
    granted = frozenset({Policy.SEE_PUPILS})
    second_step = True


class PupilRole(Role):
    key = "pupil"
    title = "Pupil"
    who = "A pupil of the school: sees their own record and nobody else's."
    policies = frozenset({Policy.SEE_OWN_RECORD})
    reach = Reach.OWN_RECORD
    idle_minutes = 20
    home = "portal:home"


class Parent(Role):
    key = "parent"
    title = "Parent or carer"
    who = "Somebody with parental responsibility: sees the record of their own children at the school."
    policies = frozenset({Policy.SEE_OWN_RECORD})
    reach = Reach.OWN_CHILDREN
    idle_minutes = 20
    home = "portal:home"


class InstallationOperator(Role):
    """Held by an account and not at a school (`User.is_operator`)."""

    key = "operator"
    title = "Installation operator"
    who = "Whoever looks after the machine Trigpoint runs on: schools, backups and jobs. Sees no pupil and no figures."
    policies = frozenset({Policy.RUN_INSTALLATION})
    idle_minutes = 30
    second_step = True
    home = "operating:home"


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (
        *(CareersLeader, CareersAdministrator, SeniorLeader, SpecialNeedsCoordinator, CareersAdviser, Tutor, Teacher),
        *(LinkGovernor, EnterpriseAdviser, TrustLead, PupilRole, Parent, InstallationOperator),
    )
}
AT_A_SCHOOL = {key: role for key, role in ROLES.items() if role is not InstallationOperator}
"""The roles a school gives."""


def choices() -> list[tuple[str, str]]:
    """The roles a school gives, as a form offers them."""
    return [(key, role.title) for key, role in AT_A_SCHOOL.items()]
