"""Insurance and checks that run out: which of them count, what is said of them, and by when somebody has to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from careers.partners.models import Check
from careers.schools.models import School

SOON = timedelta(days=60)
"""How long before its end a check is warned about: half a term and a holiday, in which to ask for the new one."""


@dataclass(frozen=True)
class Warned:
    """A check that has run out, or soon will have, as at a day."""

    check: Check
    over: bool
    words: str


def until(check: Check, day: date) -> str:
    """When it runs out, as seen from a day: "ran out on 3 May 2026", "runs out in 20 days"."""
    if check.expires_on is None:
        return "no end recorded"
    ends, days = date_format(check.expires_on, "j F Y"), (check.expires_on - day).days
    if days < 0:
        return f"ran out on {ends}"
    if timedelta(days=days) > SOON:
        return f"good until {ends}"
    return "runs out today" if days == 0 else f"runs out in {days} day{'' if days == 1 else 's'}, on {ends}"


def in_force(checks: Iterable[Check]) -> list[Check]:
    """Of each kind the one that holds longest: a renewed insurance takes the place of last year's."""
    best: dict[tuple[str, str], Check] = {}
    for check in checks:
        key = (check.kind, check.of_what.casefold())
        held = best.get(key)
        if held is None or (check.expires_on or date.max) > (held.expires_on or date.max):
            best[key] = check
    return list(best.values())


def warned(checks: Iterable[Check], day: date, within: timedelta = SOON) -> list[Warned]:
    """Those of one partner's checks that have run out by a day, or will within a time of it, the worst first."""
    ends = [(each.expires_on, each.pk, each) for each in in_force(checks) if each.expires_on is not None]
    return [
        Warned(each, end < day, until(each, day))
        for end, _, each in sorted(ends, key=lambda found: found[:2])
        if end <= day + within
    ]


def checks_of(school: School, partners: Iterable[int] | None = None) -> dict[int, list[Check]]:
    """By partner: of those named, or of all that still work with the school. One query."""
    found = Check.objects.filter(school=school)
    found = found.filter(partner__gone_on=None) if partners is None else found.filter(partner__in=list(partners))
    by_partner: dict[int, list[Check]] = {}
    for check in found:
        by_partner.setdefault(check.partner_id, []).append(check)
    return by_partner


def warnings_of(school: School, day: date, within: timedelta = SOON) -> dict[int, list[Warned]]:
    """Every partner with a check that has run out or soon will have. One query."""
    every = {partner: warned(checks, day, within) for partner, checks in checks_of(school).items()}
    return {partner: found for partner, found in every.items() if found}
