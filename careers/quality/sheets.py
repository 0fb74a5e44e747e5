"""The sheet that says what an activity is for: one for the partner and one for pupils, the same on paper and in a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.formats import date_format

from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.quality.meaning import Type
from careers.quality.models import Audience
from careers.quality.outcomes import outcome_lines

PREPARE = {
    Audience.PARTNER: (
        "Think of something pupils can do or decide, so that they do more than listen.",
        "Leave time for their questions, and ask them some of yours.",
    ),
    Audience.PUPILS: (
        "Find out what they do: look at their website, or ask somebody at home.",
        "Bring two questions of your own. Ask at least one of them.",
    ),
}
OF_EMPLOYERS = {
    Audience.PARTNER: ("Say what you look for when you take somebody on, and how you came to do your own work.",),
    Audience.PUPILS: ("Think about what you want to know about the work, and how people get into it.",),
}
OF_PROVIDERS = {
    Audience.PARTNER: (
        "Please tell pupils about yourselves and the approved technical qualifications or apprenticeships you offer.",
        "Please tell them about the careers these can lead to.",
        "Please say what it is like to learn or train with you.",
        "Please answer pupils’ questions. The Education Act 1997 (section 42B) has schools ask every provider of technical "
        "education or apprenticeships for all four.",
    ),
    Audience.PUPILS: (
        "Think about what you want to know about the courses, what it is like there, and where they lead.",
    ),
}
"""What each provider has to be asked for is section 42B(2A)(b) of the Act, in our words."""
AT_A_WORKPLACE = {
    Audience.PARTNER: (
        "Let pupils meet several people who do different work.",
        "Set them a task of yours to do, and tell them how they did it.",
    ),
    Audience.PUPILS: ("Ask for a task to do there, and ask how you did.",),
}
AFTER = {
    Audience.PARTNER: "We may ask you how it went, in a few short questions.",
    Audience.PUPILS: "You may be asked what you took from it: what you learnt, what surprised you and what you will do next.",
}
TIME_TO_REFLECT = {
    Audience.PARTNER: "Pupils will have time to think about what they took from it.",
    Audience.PUPILS: "You will have time to think about what you took from it.",
}
TITLES = {Audience.PARTNER: "What pupils should take from it", Audience.PUPILS: "What you should take from it"}


@dataclass(frozen=True)
class Sheet:
    audience: Audience
    school: str
    title: str
    rows: tuple[tuple[str, str], ...]
    purpose: str
    outcomes_title: str
    outcomes: tuple[str, ...]
    prepare: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def words(self) -> str:
        """The sheet as a message of plain words."""
        parts = [
            ("", [self.title, *(f"{name}: {text}" for name, text in self.rows)]),
            ("What it is for", [self.purpose]),
            (self.outcomes_title, [f"- {line}" for line in self.outcomes]),
            ("Before it", [f"- {line}" for line in self.prepare]),
            ("Afterwards", [f"- {line}" for line in self.after]),
        ]
        written = ["\n".join([title, *lines] if title else lines) for title, lines in parts if lines]
        return "\n\n".join(written) + f"\n\n{self.school}\n"


def sheet_of(activity: Activity, audience: Audience) -> Sheet:
    """What is written of the activity now. A few queries; names no pupil."""
    partners = [partner.name for partner in activity.partners.all()]
    rows = [
        ("When", when(activity)),
        ("Where", activity.location or ("online" if activity.mode == Activity.Mode.VIRTUAL else "")),
        ("For", whom(activity)),
        ("With", ", ".join(partners)),
    ]
    agreed = (
        (f"We agreed: {activity.agreed_with_partner}",)
        if audience == Audience.PARTNER and activity.agreed_with_partner
        else ()
    )
    return Sheet(
        audience,
        activity.school.name,
        activity.title,
        tuple((name, text) for name, text in rows if text),
        activity.purpose.strip(),
        TITLES[audience],
        tuple(outcome_lines(activity)),
        agreed + _to_prepare(activity, audience),
        (*((TIME_TO_REFLECT[audience],) if activity.reflection_after else ()), AFTER[audience]),
    )


def _to_prepare(activity: Activity, audience: Audience) -> tuple[str, ...]:
    """Providers are asked for what the law has schools ask of them, employers for what only they can say."""
    kinds = {partner.kind for partner in activity.partners.all()}
    of_providers = activity.type == Type.PROVIDER_ENCOUNTER or Partner.Kind.PROVIDER in kinds
    of_employers = not of_providers or Partner.Kind.EMPLOYER in kinds
    return (
        *(AT_A_WORKPLACE[audience] if activity.type == Type.WORKPLACE_EXPERIENCE else ()),
        *PREPARE[audience],
        *(OF_EMPLOYERS[audience] if of_employers else ()),
        *(OF_PROVIDERS[audience] if of_providers else ()),
    )


def when(activity: Activity) -> str:
    sessions = list(activity.sessions.all())
    if sessions:
        return "; ".join(_session(each.day, each.starts_at, each.ends_at) for each in sessions)
    if activity.starts_on is None:
        return activity.term or activity.get_half_term_display()  # type: ignore[attr-defined, no-any-return]
    last = activity.ends_on if activity.ends_on != activity.starts_on else None
    return date_format(activity.starts_on, "l j F Y") + (f" to {date_format(last, 'l j F Y')}" if last else "")


def _session(day: date, starts: time | None, ends: time | None) -> str:
    hours = f", {starts:%H:%M}" if starts else ""
    return f"{date_format(day, 'l j F Y')}{hours}" + (f" to {ends:%H:%M}" if ends else "")


def whom(activity: Activity) -> str:
    """Year groups, and the forms and classes it is for."""
    years = [f"Year {group}" for group in activity.year_groups]
    return ", ".join([*years, *sorted(group.name for group in activity.groups.all())])
