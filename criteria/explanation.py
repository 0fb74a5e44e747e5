"""Why a pupil stands where they stand: what counted, what nearly did and what it lacks, and the least that would meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not, leaves
from criteria.engines.reference import (
    once_each,
    parts,
    stage_of,
    standing_of,
    took_part,
    will_take_part,
    with_roll,
)  # fmt: skip
from criteria.model import About, Cover, Criterion, EachSubject, Every
from criteria.standing import Standing, State, Window, window_of
from criteria.tables import Kind, log_column

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """An encounter, and in words what it lacks (or what is not known of it)."""

    encounter: Row
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """`counted` has happened and counts, `booked` would, `unjudged` may, `nearly` would but for the words beside it."""

    standing: Standing
    window: Window | None
    counted: tuple[Noted, ...] = ()
    booked: tuple[Noted, ...] = ()
    unjudged: tuple[Noted, ...] = ()
    nearly: tuple[Noted, ...] = ()
    missing: tuple[str, ...] = ()
    remedy: str = ""


def explain(criterion: Criterion, pupil: Row, encounters: Iterable[Row], as_at: date) -> Explanation:
    """Explain one pupil's standing on one criterion from that pupil's own encounters."""
    pupil = with_roll(pupil, as_at)
    own = once_each(encounters)
    standing = standing_of(criterion, pupil, own, as_at)
    stage = stage_of(pupil, as_at)
    window = window_of(criterion, stage, pupil) if stage else None
    if standing.state is State.DOES_NOT_APPLY or window is None:
        return Explanation(standing, window)
    sorted_out: dict[str, list[Noted]] = {"counted": [], "booked": [], "unjudged": [], "nearly": []}
    for encounter in sorted(own, key=lambda row: (row.get("date") or date.max, str(row["encounter"]))):
        if placed := _place(criterion, pupil, encounter, window, as_at):
            sorted_out[placed[0]].append(Noted(encounter, placed[1]))
    missing = _missing(criterion, pupil, [noted.encounter for noted in sorted_out["counted"]])
    return Explanation(
        standing,
        window,
        **{name: tuple(found) for name, found in sorted_out.items()},
        missing=missing,
        remedy=_remedy(criterion, standing, missing, bool(sorted_out["unjudged"])),
    )


def _place(
    criterion: Criterion, pupil: Row, encounter: Row, window: Window, as_at: date
) -> tuple[str, tuple[str, ...]] | None:
    """Which list an encounter belongs to, with the words beside it; None when it has nothing to do with the criterion."""
    day = encounter.get("date")
    judged = [part.counts for part in parts(criterion, pupil, encounter, criterion.needed_on(as_at))]
    counts = True if True in judged else None if None in judged else False
    if not judged or not _right_kind(criterion.qualifying, encounter):
        return None
    lacks = lacking(criterion, encounter) if counts is not True else []
    if day is None or not window.opens <= day <= window.closes:
        return ("nearly", (*lacks, _outside(day, window))) if counts is True else None
    if day > as_at:
        return ("booked", ()) if counts and will_take_part(criterion, encounter) and day <= window.due else None
    there = took_part(criterion, encounter)
    if there is False:
        return ("nearly", (f"the pupil's place was {encounter['status']}",)) if counts is not False else None
    if there is None and counts is not False:
        return "unjudged", (*unknown(criterion, encounter), NEVER_SAID[criterion.about])
    if counts is True:
        return "counted", ()
    return ("unjudged", tuple(unknown(criterion, encounter))) if counts is None else ("nearly", tuple(lacks))


NEVER_SAID = {
    About.PUPIL: "the register was not taken",
    About.SCHOOL: "it was planned, and nobody has said whether it happened",
}
"""What is wanted of something whose day has passed and that is still only booked."""


def _outside(day: date | None, window: Window) -> str:
    if day is None:
        return "it has no date"
    edge = window.opens if day < window.opens else window.closes
    return f"it was {'before' if day < window.opens else 'after'} {edge.day} {edge:%B %Y}"


def _right_kind(qualifying: Condition, encounter: Row) -> bool:
    """Whether the encounter is of a type the rule speaks of at all."""
    types = [leaf.values for leaf in leaves(qualifying) if isinstance(leaf, Is) and leaf.attribute == "type"]
    return not types or any(encounter.get("type") in values for values in types)


def _tests(criterion: Criterion) -> Condition:
    return (
        All((criterion.qualifying, criterion.measure.test))
        if isinstance(criterion.measure, Every)
        else criterion.qualifying
    )


def lacking(criterion: Criterion, encounter: Row) -> list[str]:
    """What an encounter lacks, in words, most telling first."""
    found = [words(part, encounter) for part in _failing(_tests(criterion), encounter, False)]
    if isinstance(criterion.measure, Cover) and not found:
        found.append(f"it showed none of these: {', '.join(name for name, _ in criterion.measure.groups)}")
    return list(dict.fromkeys(found))


def unknown(criterion: Criterion, encounter: Row) -> list[str]:
    """What is not known of an encounter that would settle whether it counts."""
    found = [_not_known(part) for part in _failing(_tests(criterion), encounter, None)]
    if isinstance(criterion.measure, Cover):
        for _, shown in criterion.measure.groups:
            found += [_not_known(part) for part in _failing(shown, encounter, None)]
    return list(dict.fromkeys(found))


def _failing(condition: Condition, encounter: Row, truth: bool | None) -> list[Condition]:
    """The smallest parts of a condition that have this truth and so give it to the whole."""
    if condition.truth(encounter) is not truth:
        return []
    if isinstance(condition, All):
        return [leaf for part in condition.parts for leaf in _failing(part, encounter, truth)]
    if isinstance(condition, Any_):
        inner = [_failing(part, encounter, truth) for part in condition.parts if _right_kind(part, encounter)]
        return min((each for each in inner if each), key=len, default=[])
    return [condition]


def _column_words(condition: Condition) -> tuple[str, str]:
    """How a test reads when it holds and when it does not."""
    match condition:
        case Not(part):
            yes, no = _column_words(part)
            return no, yes
        case Is(attribute, values):
            column = log_column(attribute)
            if column.kind is Kind.FLAG:
                return (column.yes, column.no) if values == (True,) else (column.no, column.yes)
            wanted = " or ".join(str(value).replace("_", " ") for value in values)
            name = attribute.replace("_", " ")
            return f"{name} was {wanted}", f"{name} was not {wanted}"
        case AtLeast("adviser_level", value):
            return f"the adviser was qualified to level {value:g}", f"the adviser was not qualified to level {value:g}"
        case AtLeast("employers", _):
            return "an employer took part", "no employer took part"
        case AtLeast(attribute, value):
            return f"{attribute} was {value:g} or more", f"{attribute} was less than {value:g}"
        case Includes("eligible_providers", ()):
            return (
                "a provider of technical education or apprenticeships took part",
                "no provider of approved technical education or apprenticeships took part",
            )
        case Includes("features", values):
            wanted = " or ".join(value.replace("_", " ") for value in values)
            return f"it contains {wanted}", f"it does not contain {wanted}"
        case Includes(attribute, values):
            wanted = " or ".join(value.replace("_", " ") for value in values)
            return f"{wanted} took part", f"no {wanted} took part"
    return "", ""


def words(condition: Condition, encounter: Row) -> str:
    """A test that fails, in words; interaction is said as it was."""
    if isinstance(condition, Is) and condition.attribute == "two_way" and encounter.get("two_way"):
        return f"there was {'no' if encounter['two_way'] == 'none' else 'only ' + encounter['two_way']} two-way interaction"
    return _column_words(condition)[1]


def _not_known(condition: Condition) -> str:
    if isinstance(condition, Is) and condition.attribute == "two_way":
        return "how much two-way interaction there was is not recorded"
    if isinstance(condition, AtLeast) and condition.attribute == "adviser_level":
        return "the adviser's qualification is not recorded"
    if condition.attribute in ASKED_WHICH:  # type: ignore[union-attr]
        return f"{ASKED_WHICH[condition.attribute]} is not recorded"  # type: ignore[union-attr]
    return f"it is not recorded whether {_column_words(condition)[0]}"


ASKED_WHICH = {
    "subject": "which subject it belonged to",
    "provider_kinds": "which kinds of provider took part",
    "parties": "who took part or was told",
    "features": "what it contains",
}
"""Attributes of which a person is asked which, and not whether it was one in particular."""


def _missing(criterion: Criterion, pupil: Row, counted: list[Row]) -> tuple[str, ...]:
    """Which of the named parts of a measure are still wanted: kinds of provider, or subjects."""
    if isinstance(criterion.measure, Cover):
        return tuple(name for name, shown in criterion.measure.groups if not any(shown.truth(row) for row in counted))
    if isinstance(criterion.measure, EachSubject):
        linked = {row.get("subject") for row in counted}
        return tuple(subject for subject in pupil.get("subjects") or () if subject not in linked)
    return ()


def _remedy(criterion: Criterion, standing: Standing, missing: tuple[str, ...], unjudged: bool) -> str:
    """The least that would meet it, as a sentence; empty where nothing is owed."""
    if standing.state in (State.MET, State.DOES_NOT_APPLY):
        return ""
    if standing.state is State.CANNOT_TELL:
        return "Record what is missing below, and this can be told." if unjudged else str(standing.reason)
    if missing:
        return f"Still wanted: {', '.join(missing)}."
    remedy = criterion.remedy[0].upper() + criterion.remedy[1:]
    return remedy if remedy.endswith(".") else f"{remedy}."
