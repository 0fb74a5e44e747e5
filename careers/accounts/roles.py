"""The roles a person can hold at a school, and what each may do.

A role is a class with a sentence saying who may hold it. What it may do is a set of policies; whose pupils it reaches is `reach`.
"""

from __future__ import annotations

from enum import StrEnum


class Policy(StrEnum):
    """What a page can ask of a role. Every page names one (`careers.accounts.policy.requires`)."""

    SEE_FIGURES = "see figures for the whole school"
    SEE_PUPILS = "see pupils by name"
    EXPORT_PUPILS = "take lists of pupils out of Trigpoint"
    IMPORT = "bring in the roll, the log and programmes"
    PLAN = "change the programme"
    RECORD_SCHOOL = "record what the school itself does and decides"
    CHOOSE_READINGS = "choose how the school reads what the rules leave open"
    SEE_AUDIT = "see who did what"


class Reach(StrEnum):
    """Whose pupils a role sees by name."""

    ALL = "every pupil of the school"
    OWN_GROUPS = "pupils of the groups the person answers for"
    NOBODY = "no pupil by name"


class Role:
    key = ""
    title = ""
    who = ""
    policies: frozenset[Policy] = frozenset()
    reach = Reach.NOBODY


class CareersLeader(Role):
    key = "careers_leader"
    title = "Careers leader"
    who = "The member of staff named on the school's website as responsible for its careers programme. Sees and does everything."
    policies = frozenset(Policy)
    reach = Reach.ALL


class CareersAdministrator(Role):
    key = "careers_administrator"
    title = "Careers administrator"
    who = "Someone who keeps the records up to date for the careers leader: imports, programme and lists, but not the audit."
    policies = frozenset(Policy) - {Policy.SEE_AUDIT, Policy.CHOOSE_READINGS}
    reach = Reach.ALL


class SeniorLeader(Role):
    key = "senior_leader"
    title = "Senior leader"
    who = (
        "The headteacher, or a leader who answers for careers: sees figures, pupils and who did what, keeps its record."
    )
    policies = frozenset(
        {Policy.SEE_FIGURES, Policy.SEE_PUPILS, Policy.EXPORT_PUPILS, Policy.SEE_AUDIT}
        | {Policy.RECORD_SCHOOL, Policy.CHOOSE_READINGS}
    )
    reach = Reach.ALL


class CareersAdviser(Role):
    key = "careers_adviser"
    title = "Careers adviser"
    who = "A guidance professional qualified to Level 6 or above, on the staff or brought in: sees their own caseload."
    policies = frozenset({Policy.SEE_FIGURES, Policy.SEE_PUPILS})
    reach = Reach.OWN_GROUPS


class Tutor(Role):
    key = "tutor"
    title = "Tutor or head of year"
    who = "A member of staff who looks after a form or a year group: sees the pupils of the groups they answer for."
    policies = frozenset({Policy.SEE_FIGURES, Policy.SEE_PUPILS})
    reach = Reach.OWN_GROUPS


class LinkGovernor(Role):
    key = "link_governor"
    title = "Link governor"
    who = "The governor or trustee linked to careers: sees figures for the whole school, never a pupil's name."
    policies = frozenset({Policy.SEE_FIGURES})
    reach = Reach.NOBODY


ROLES: dict[str, type[Role]] = {
    role.key: role for role in (CareersLeader, CareersAdministrator, SeniorLeader, CareersAdviser, Tutor, LinkGovernor)
}


def choices() -> list[tuple[str, str]]:
    return [(key, role.title) for key, role in ROLES.items()]
