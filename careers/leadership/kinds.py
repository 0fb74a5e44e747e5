"""The kinds of thing a school records about itself, and what is asked of each: only what some rule wants to know."""

from __future__ import annotations

from dataclasses import dataclass

PARTIES = {
    "pupils": "Pupils",
    "parents": "Parents and carers",
    "teachers": "Teachers",
    "support_staff": "Other staff who support pupils",
    "careers_advisers": "Careers advisers",
    "employers": "Employers",
    "governors": "Governors or trustees",
    "headteacher": "The headteacher",
    "senior_leaders": "Senior leaders",
}
FEATURES = {
    "tailored": "It is tailored to pupils' needs",
    "sequenced": "It is in a sequence",
    "learning_outcomes": "It is built on learning outcomes",
    "development_plan": "It is tied to the school's development plan",
    "parents_engaged": "It says how parents and carers are engaged",
    "challenges_misconceptions": "It challenges misconceptions and stereotypes",
    "role_models": "It shows a wide range of role models",
    "raises_aspirations": "It raises aspirations",
    "equality_throughout": "It has equality and diversity running through it",
    "procedure": "How to ask for access",
    "grounds": "Grounds for giving or refusing it",
    "premises_and_times": "Premises, facilities and times",
    "compliance_plan": "How every pupil will get the encounters the Act asks for",
    "leader_contact": "Who the careers leader is, and how to reach them",
    "programme_summary": "A summary of the programme, and how to find out more",
    "impact": "How the programme's impact on pupils is measured",
}
FEEDBACK_FROM = ("pupils", "parents", "teachers", "support_staff", "careers_advisers", "employers")


@dataclass(frozen=True)
class Kind:
    """One kind of milestone. An empty question is not asked; `stands` is whether it holds until somebody says it has ended."""

    key: str
    name: str
    help: str
    whom: str = ""
    parties: tuple[str, ...] = ()
    what: str = ""
    features: tuple[str, ...] = ()
    website: bool = False
    changes: bool = False
    stands: bool = False


_KINDS = (
    Kind(
        "careers_leader_named",
        "Careers leader named",
        "The day somebody took on the role. Whoever holds it in Trigpoint counts without being typed in.",
        stands=True,
    ),
    Kind(
        "careers_leader_trained",
        "Careers leader trained",
        "The day the training ended. What training is enough is for the school to say.",
        stands=True,
    ),
    Kind(
        "programme_backed",
        "Backing for the programme",
        "Such as a minute of the governors, or the headteacher's approval in writing.",
        whom="Who gave their backing?",
        parties=("governors", "headteacher", "senior_leaders"),
        stands=True,
    ),
    Kind(
        "programme_planned",
        "Written programme",
        "A programme on paper, or a part that was added to it.",
        what="What does it contain?",
        features=(
            "tailored",
            "sequenced",
            "learning_outcomes",
            "development_plan",
            "parents_engaged",
            "challenges_misconceptions",
            "role_models",
            "raises_aspirations",
            "equality_throughout",
        ),
        stands=True,
    ),
    Kind(
        "programme_published",
        "Programme published or made known",
        "It went on the website, or people were told about it.",
        whom="Who was told about it?",
        parties=("pupils", "parents", "teachers", "support_staff", "employers"),
        website=True,
    ),
    Kind(
        "feedback_gathered",
        "Feedback gathered",
        "A survey, a meeting or a conversation about the programme.",
        whom="Who gave feedback?",
        parties=FEEDBACK_FROM,
        changes=True,
    ),
    Kind(
        "programme_evaluated",
        "Programme evaluated",
        "Looking back at what the programme did, in writing.",
        changes=True,
    ),
    Kind(
        "parents_supported",
        "Parents helped with careers information",
        "Such as a newsletter or a guide to a website. Events for parents in the programme count as they are.",
    ),
    Kind(
        "staff_development",
        "Careers in staff development",
        "A session for staff, or a part of one.",
        whom="Who took part?",
        parties=("teachers", "support_staff"),
    ),
    Kind(
        "destinations_used",
        "Destination data used in evaluation",
        "Looking at where leavers are now, years on, to make the programme better.",
        changes=True,
    ),
    Kind("alumni_involved", "Former pupils involved", "Former pupils helped with the programme."),
    Kind(
        "guidance_scheduled",
        "Guidance meetings scheduled",
        "The year's meetings have their place. Meetings in the programme count as they are.",
    ),
    Kind(
        "guidance_explained",
        "People told how to get guidance",
        "What personal guidance is, and how to get it.",
        whom="Who was told?",
        parties=("pupils", "parents"),
        website=True,
    ),
    Kind(
        "access_policy_published",
        "Provider access policy published",
        "The statement the Education Act asks for.",
        what="What does it say?",
        features=("procedure", "grounds", "premises_and_times", "compliance_plan"),
        website=True,
        stands=True,
    ),
    Kind(
        "information_published",
        "Careers information published",
        "What the school information regulations ask for.",
        what="What does it say?",
        features=("leader_contact", "programme_summary", "impact"),
        website=True,
        stands=True,
    ),
    Kind(
        "information_reviewed",
        "Published information reviewed",
        "Looking through it, and naming the day of the next review.",
    ),
)
KINDS = {kind.key: kind for kind in _KINDS}
NAMES = [(kind.key, kind.name) for kind in _KINDS]
