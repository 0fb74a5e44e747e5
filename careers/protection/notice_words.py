"""The words of privacy notices, read from `notices/*.yaml`: short sentences for pupils, fuller ones for parents and for staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

NOTICES = Path(__file__).parent / "notices"
NONE = "We hold none of this now."
WHO, WHAT, NOT_HELD, WHY = "Who we are", "What we hold", "What we do not hold", "Why we hold it"
SEEN, SHARED, KEPT = "Who sees it", "Who else gets it", "How long we keep it"
RIGHTS, ASK = "Your rights", "Whom to ask"


@dataclass(frozen=True)
class Words:
    """Paragraphs for each heading. `plain`: what a kind of record is, by the key of its holding, where its words are too hard."""

    who: list[str]
    what: list[str]
    not_held: list[str]
    why: list[str]
    special: list[str]
    seen: list[str]
    shared: list[str]
    kept: list[str]
    rights: list[str]
    ask: list[str]
    plain: dict[str, str] = field(default_factory=dict)


@cache
def words_for(audience: str) -> Words:
    import yaml  # not before a notice is read: a server starts without it

    said = yaml.safe_load((NOTICES / f"{audience}.yaml").read_text())
    return Words(**{name.replace(" ", "_"): value for name, value in said.items()})
