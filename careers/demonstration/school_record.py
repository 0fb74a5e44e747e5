"""The invented schools' own records: believable, and with gaps. Days hang on the day of loading, so the story stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from careers.accounts.models import User
from careers.demonstration.calendar import school_day
from careers.demonstration.plan import Now, Plan, reference
from careers.leadership.models import Milestone


@dataclass(frozen=True)
class Entry:
    """A milestone in the academic year `back` years ago, on or after a month and day. One still to come is planned."""

    kind: str
    back: int
    month: int
    day: int
    title: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def _told(*parties: str, **facts: Any) -> dict[str, Any]:
    return {"parties": sorted(parties), **facts}


def _with(*features: str, **facts: Any) -> dict[str, Any]:
    return {"features": sorted(features), **facts}


ASHMERE_VALE = (
    Entry("careers_leader_named", 3, 9, 1, "Careers leader appointed"),
    Entry("careers_leader_trained", 2, 6, 24, "Level 6 careers leader award"),
    Entry(
        "programme_backed",
        1,
        10,
        8,
        "Headteacher and leadership team approve the programme",
        _told("headteacher", "senior_leaders"),
    ),
    Entry(
        "programme_planned",
        1,
        7,
        1,
        "Careers programme, written",
        _with(
            "tailored",
            "sequenced",
            "learning_outcomes",
            "parents_engaged",
            "challenges_misconceptions",
            "raises_aspirations",
        ),
    ),
    Entry(
        "programme_published",
        0,
        9,
        10,
        "Programme on the website, and in the first newsletter",
        _told("pupils", "parents", on_website=True),
    ),
    Entry(
        "programme_published",
        0,
        9,
        4,
        "Programme shown at the staff briefing",
        _told("teachers", "support_staff", on_website=False),
    ),
    Entry(
        "feedback_gathered",
        0,
        10,
        14,
        "Questions at the Year 11 parents' evening",
        _told("parents", informed_changes=True),
    ),
    Entry(
        "feedback_gathered",
        0,
        10,
        1,
        "Pupil voice: last year's work experience",
        _told("pupils", informed_changes=True),
    ),
    Entry("feedback_gathered", 0, 11, 4, "Staff survey on careers in lessons", _told("teachers", "support_staff")),
    Entry(
        "feedback_gathered",
        1,
        6,
        30,
        "Employers' view of the work experience week",
        _told("employers", informed_changes=True),
    ),
    Entry("programme_evaluated", 1, 7, 9, "Review of the year with the link governor", {"informed_changes": True}),
    Entry("destinations_used", 0, 10, 20, "Where last summer's Year 11 and Year 13 went"),
    Entry("alumni_involved", 1, 3, 12, "Former pupils at the options evening"),
    Entry(
        "guidance_explained", 0, 9, 15, "How to see the adviser: assembly and website", _told("pupils", on_website=True)
    ),
    Entry(
        "access_policy_published",
        2,
        1,
        15,
        "Provider access policy",
        _with("procedure", "grounds", "premises_and_times", "compliance_plan", on_website=True),
    ),
    Entry(
        "information_published",
        1,
        9,
        3,
        "Careers page of the website",
        _with("leader_contact", "programme_summary", on_website=True),
    ),
    Entry("information_reviewed", 1, 9, 3, "Careers page read through"),
)
LARKHOLLOW = (
    Entry("careers_leader_named", 1, 1, 6, "Careers leader appointed"),
    Entry(
        "programme_backed",
        1,
        3,
        18,
        "Governors, headteacher and leadership team back the programme",
        _told("governors", "headteacher", "senior_leaders"),
    ),
    Entry(
        "programme_planned",
        1,
        6,
        11,
        "Careers programme, written",
        _with(
            "tailored", "sequenced", "parents_engaged", "challenges_misconceptions", "role_models", "raises_aspirations"
        ),
    ),
    Entry("programme_published", 0, 9, 9, "Programme on the website, and sent home", _told("parents", on_website=True)),
    Entry(
        "feedback_gathered", 0, 10, 6, "Conversations at annual reviews", _told("pupils", "parents", "careers_advisers")
    ),
    Entry("parents_supported", 0, 10, 7, "Coffee morning on supported internships", _told("parents")),
    Entry("staff_development", 0, 9, 3, "Training day: careers in every lesson", _told("teachers", "support_staff")),
    Entry(
        "access_policy_published", 4, 9, 20, "Provider access policy", _with("procedure", "grounds", on_website=True)
    ),
    Entry(
        "information_published",
        1,
        9,
        10,
        "Careers page of the website",
        _with("leader_contact", "programme_summary", "impact", on_website=True),
    ),
)
RECORDS = {"main": ASHMERE_VALE, "special": LARKHOLLOW}


def make_milestones(plan: Plan, now: Now, owners: Sequence[User]) -> list[Milestone]:
    """The school's milestones, not yet written. Those of a day still to come are planned."""
    found = []
    for number, entry in enumerate(RECORDS.get(plan.key, ())):
        day = school_day(now.year - entry.back, entry.month, entry.day)
        status = Milestone.Status.DONE if day <= now.today else Milestone.Status.PLANNED
        made = Milestone(kind=entry.kind, date=day, status=status, title=entry.title, **entry.facts)
        made.recorded_by = owners[0] if owners else None
        made.reference = reference(plan.dice("milestone", number))
        found.append(made)
    return found


def next_review_of(plan: Plan, now: Now) -> date | None:
    """Ashmere Vale's is still to come; Larkhollow's has gone by."""
    return now.today + timedelta(days=230) if plan.key == "main" else now.today - timedelta(days=40)
