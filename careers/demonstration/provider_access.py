"""The invented main school's provider access: a published statement, and five requests, each at another point of its way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from careers.demonstration.calendar import school_day
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.leadership.models import Milestone
from careers.programme.models import Activity
from careers.provider_access.models import Decision, ProviderRequest, PublishedStatement, Statement
from careers.provider_access.promises import working_days_after
from careers.provider_access.statement import as_kept, words_of

POLICY = "access_policy_published"
REPLY_DAYS = 10
CLASH = "The day clashes with public examinations, mock examinations or a school trip of the year group."
FITS = "The encounter fits an assembly, a lesson or an event that is planned for the whole year group."

WORDS: dict[str, Any] = {
    "procedure": "Write to the careers leader, or use the form on our website. Say who you are, what you offer, "
    "which year groups you "
    "would like to meet and what you would tell them.\n\nThe careers leader answers every request and says on what ground.",
    "contact_role": "Careers leader",
    "contact_email": "careers@ashmerevale.example.org",
    "contact_phone": "01632 960417",
    "reply_days": REPLY_DAYS,
    "grounds_for": [
        FITS,
        "The provider is one that pupils of the phase have not met.",
        "The provider will speak of itself, of the careers it leads to and of learning there, and will answer questions.",
    ],
    "grounds_against": [
        CLASH,
        "The provider will not keep to our safeguarding policy for visitors.",
        "Pupils of the phase have met the same provider twice already this year.",
    ],
    "premises": "The main hall with projector and sound, the careers room, and classrooms for smaller groups. "
    "Prospectuses may be left "
    "in the library.",
    "times": "Assemblies on Tuesdays and Thursdays at 8.40, tutor time on Wednesdays, and a fair in the autumn "
    "and summer terms. "
    "All of it is in the school day.",
    "compliance_plan": "Years 8 and 9: an assembly with a training provider in the autumn and a college in the "
    "spring, for everyone, "
    "with another day for those who were absent.\n\nYears 10 and 11: two encounters with different providers, "
    "before 28 February of Year 11.\n\n"
    "Years 12 and 13: two encounters offered to everyone, one about higher technical qualifications and one about "
    "apprenticeships.",
    "complaints": "Write to the headteacher, and then to the chair of governors.",
    "approved_by": "the governing board",
}

ASKED = (
    {
        "organisation": "Harrow Hill Motor Skills",
        "contact_name": "Dele Farrant",
        "email": "access@harrowhill.example.org",
        "phone": "01632 960518",
        "basis": ["apprenticeship"],
        "offer": "Apprenticeships in vehicle repair, level 2 and level 3.",
        "year_groups": [10, 11],
        "settings": ["assembly", "lesson"],
        "when": "A Thursday in January.",
        "contents": ["about_provider", "about_careers", "about_learning_there", "questions_answered"],
        "needs": "A projector.",
    },
    {
        "organisation": "Wexcombe College",
        "contact_name": "Una Pellow",
        "phone": "01632 960733",
        "basis": ["t_level"],
        "offer": "T Levels in health and in digital.",
        "year_groups": [9],
        "settings": ["event"],
        "when": "Any morning before half-term.",
        "contents": ["about_provider"],
        "came": "phone",
    },
    {
        "organisation": "Tarnside College",
        "contact_name": "Iwan Askew",
        "email": "schools@tarnside.example.org",
        "basis": ["apprenticeship"],
        "year_groups": [10],
        "settings": ["assembly"],
        "when": "This term or next.",
        "contents": ["about_provider", "about_careers", "about_learning_there", "questions_answered"],
    },
    {
        "organisation": "Vale Land and Environment College",
        "contact_name": "Petra Lowe",
        "email": "outreach@valeland.example.org",
        "basis": ["other_approved"],
        "year_groups": [12, 13],
        "settings": ["visit"],
        "when": "Open days in March.",
        "contents": ["about_provider", "about_learning_there"],
        "needs": "A minibus.",
    },
    {
        "organisation": "Bright Ladder Tutors",
        "contact_name": "Corin Stell",
        "email": "hello@brightladder.example.org",
        "basis": [],
        "offer": "Private tuition for examinations.",
        "year_groups": [11],
        "settings": ["online"],
        "when": "Next week.",
        "contents": [],
    },
)
CAME_BACK = (4, 26, 55, 40, 33)
"""How many days ago each came."""


def statement_of(made: Made) -> tuple[Statement, list[PublishedStatement]]:
    """The draft as it is published, and the version before it: both on the milestone that the school's record has."""
    now = made.log.now
    first = Milestone.objects.filter(school=made.school, kind=POLICY).first()
    was, since = (first.date if first else now.today), school_day(now.year, 9, 15)
    since = since if was < since <= now.today else was + timedelta(days=1)
    review = {"approved_on": since - timedelta(days=6), "next_review_on": since + timedelta(days=365)}
    owner = made.log.owners[0] if made.log.owners else None
    draft = Statement(**WORDS, **review, changed_by=owner)
    old = words_of(draft) | {
        "reply_days": 15,
        "approved_on": was - timedelta(days=6),
        "next_review_on": was + timedelta(days=365),
    }
    versions = [
        PublishedStatement(
            number=1, words=as_kept(old), published_on=was, ended_on=since, published_by=owner, milestone=first
        ),
        PublishedStatement(
            number=2, words=as_kept(words_of(draft)), published_on=since, published_by=owner, milestone=first
        ),
    ]
    for version in versions:
        version.reference = reference(made.plan.dice("access statement", version.number))
    return draft, versions


def requests_of(made: Made) -> list[ProviderRequest]:
    today, found = made.log.now.today, []
    for number, (asked, ago) in enumerate(zip(ASKED, CAME_BACK, strict=True)):
        came = today - timedelta(days=ago)
        one = ProviderRequest(**asked, received_on=came, answer_by=working_days_after(came, REPLY_DAYS))
        one.reference = reference(made.plan.dice("access request", number))
        one.confirmed = True if one.came == "form" else None
        found.append(one)
    return found


def answers_of(made: Made, requests: list[ProviderRequest]) -> list[Decision]:
    """To the last three: accepted and in the programme, accepted with changes, and refused."""
    owner = made.log.owners[0] if made.log.owners else None
    accepted, changed, refused = requests[2:]
    held = _held_with(made, accepted.organisation)
    if held is not None:
        accepted.activity = held
        accepted.partner = made.partners.named[accepted.organisation]
    usual = {"decided_by": owner, "in_statement": True, "emailed": True}

    def told(one: ProviderRequest, days: int) -> date:
        return one.received_on + timedelta(days=days)

    return [
        Decision(
            request=accepted,
            outcome="accepted",
            ground=FITS,
            agreed_on=held.starts_on if held else None,
            year_groups=[10],
            in_school_day=True,
            whole_cohort=True,
            approved=True,
            replied_on=told(accepted, 6),
            **usual,
        ),
        Decision(
            request=changed,
            outcome="changed",
            ground=FITS,
            year_groups=[12, 13],
            in_school_day=True,
            whole_cohort=True,
            words="Could you come to us instead? The whole year group can then hear you.",
            replied_on=told(changed, 9),
            **usual,
        ),
        Decision(
            request=refused,
            outcome="refused",
            ground="They offer neither technical education nor apprenticeships.",
            approved=False,
            replied_on=told(refused, 4),
            **usual | {"in_statement": False},
        ),
    ]


def _held_with(made: Made, name: str) -> Activity | None:
    """An encounter with this provider that the log has anyway, the latest: nothing is added that would be counted."""
    wanted = made.partners.named.get(name)
    entries = [
        e
        for e in made.log.entries
        if e.activity.type == "provider_encounter" and wanted in e.partners and len(e.register) > 50
    ]
    return max(entries, key=lambda entry: entry.day).activity if entries else None
