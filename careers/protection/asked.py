"""What waits for an answer at a school: a line each for the page of what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careers.protection.consent import to_ask
from careers.protection.record_of_notices import PublishedNotice
from careers.protection.record_of_requests import AccessRequest
from careers.protection.record_of_sharing import SharingInstruction
from careers.schools.clock import today
from careers.schools.models import School


@dataclass(frozen=True)
class Asked:
    waiting: int
    next_due: date | None
    late: bool
    instructions: int
    to_ask: int
    published: int


def asked_at(school: School) -> Asked:
    """Four queries."""
    days = sorted(one.due_on for one in AccessRequest.objects.filter(school=school, answered_on__isnull=True))
    return Asked(
        waiting=len(days),
        next_due=days[0] if days else None,
        late=bool(days) and days[0] < today(),
        instructions=SharingInstruction.objects.filter(school=school, withdrawn_on__isnull=True).count(),
        to_ask=len(to_ask(school, today())),
        published=PublishedNotice.objects.filter(school=school).count(),
    )
