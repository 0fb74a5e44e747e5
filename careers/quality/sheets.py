"""The sheet that says what an activity is for: one for the partner and one for pupils, the same on paper and in a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.formats import date_format

from careers.programme.models import Activity
from careers.quality.meaning import Type
from careers.quality.models import Audience
from careers.quality.outcomes import outcome_lines

PREPARE = {
    Audience.PARTNER: (
        "Think of something pupils can do or decide, and not only listen to.",
        "Leave time for their questions, and ask them some of yours.",
        "Say what you look for when you take somebody on, and how you came into your own work.",
    ),
    Audience.PUPILS: (
        "Find out what they do: look at their website, or ask somebody at home.",
        "Bring two questions of your own. Ask at least one of them.",
        "Think of what you would like to know about the work, and how people come into it.",
    ),
}
AT_A_WORKPLACE = {
    Audience.PARTNER: (
        "Let pupils meet several people who do different work.",
        "Set them a task of yours to do, and tell them how they did it.",
    ),
    Audience.PUPILS: ("You will be given a task to do there, and told how you did it.",),
}
AFTER = {
    Audience.PARTNER: (
        "Pupils will have time to think about what they took from it.",
        "We shall ask you how it went, in a few short questions.",
    ),
    Audience.PUPILS: ("You will be asked what you took from it: what you learnt, what surprised you and what you will do next.",),
}  # fmt: skip
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
    work = AT_A_WORKPLACE[audience] if activity.type == Type.WORKPLACE_EXPERIENCE else ()
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
        agreed + work + PREPARE[audience],
        AFTER[audience],
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
