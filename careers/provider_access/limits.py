"""Limits on access that the law, or the guidance on it, does not allow: recognised so that whoever decides is warned.

Education Act 1997 section 42B(2B) puts every encounter in the standard school day. That invitations must not be kept to chosen
pupils, or put out of school hours, is the guidance as others report it: we have read the reports and not the guidance itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ACT = ("Education Act 1997, section 42B, as amended", "https://legislation.gov.uk/id/ukpga/1997/44/section/42B")
REPORT = (
    "Stone King on the duty, reporting government guidance",
    "https://www.stoneking.co.uk/literature/e-bulletins/new-requirement-state-funded-schools-give-access-training-providers-have-you",
)


@dataclass(frozen=True)
class Limit:
    """`asked` is the box to tick, `why` the warning; `looks_like` finds it in words somebody typed."""

    key: str
    asked: str
    why: str
    source: tuple[str, str]
    looks_like: re.Pattern[str]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


LIMITS = (
    Limit(
        "some_pupils",
        "It is kept to some of the pupils of the year group",
        "Access may not be kept to chosen pupils: every pupil of the phase is to have it. An encounter for some pupils counts only "
        "for those who were there, and the rest still need one.",
        REPORT,
        _words(
            r"(?:some|selected|chosen|certain|a few|particular) (?:of the |of our )?(?:pupils|students)",
            r"(?:pupils|students) (?:who are )?(?:not going|not staying|at risk)",
            r"lower[- ](?:ability|attain)",
        ),
    ),
    Limit(
        "out_of_hours",
        "It is put outside the standard school day",
        "The Act asks for a reasonable time in the standard school day. Anything before or after it may still be held, and counts "
        "for nobody.",
        ACT,
        _words(
            r"after[- ]school",
            r"before school",
            r"out of (?:school )?hours",
            r"outside (?:of )?(?:the )?school (?:day|hours)",
            r"twilight",
            r"week-?ends?\b",
            r"saturdays?\b",
            r"in the evenings?\b",
        ),
    ),
    Limit(
        "parents_evening",
        "It is offered only at an evening for parents and carers, or an open evening",
        "An evening for parents is not in the standard school day. The provider may be there too, and it does not take the "
        "place of an encounter.",
        ACT,
        _words(r"parents?['’]? (?:and carers['’]? )?evening", r"open evening", r"options evening", r"careers evening"),
    ),
)
BY_KEY = {limit.key: limit for limit in LIMITS}


def limits_in(*texts: str) -> list[Limit]:
    """The limits that what somebody wrote looks like. It reads words and not meaning, so it warns and never decides."""
    together = " ".join(texts)
    return [limit for limit in LIMITS if limit.looks_like.search(together)]
