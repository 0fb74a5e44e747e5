"""An accepted request becomes an activity of the programme: once, with what was said of it, and nothing that was not."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.partners.models import Partner
from careers.programme import actions as programme
from careers.programme.models import Activity
from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.wording import BASIS, chosen
from careers.schools.clock import current_year
from careers.schools.models import School
from criteria.periods import AcademicYear

LONGEST_BASIS = 60


class NotAccepted(Exception):
    """Only what was accepted becomes an activity. Its text says so."""


def become_activity(*, request: ProviderRequest, by: User) -> Activity:
    """Put an accepted request in the programme, or find what it has become already. Raises NotAccepted."""
    with transaction.atomic():
        held = ProviderRequest.objects.select_for_update().get(pk=request.pk)
        if held.activity is not None:
            return held.activity
        decision = held.decisions.first()  # type: ignore[attr-defined]
        if decision is None or decision.outcome == Decision.Outcome.REFUSED:
            raise NotAccepted("Accept the request first: only then does it become an activity.")
        partner = partner_for(held, decision, by)
        facts = activity_facts(held, decision)
        activity = programme.add(school=held.school, facts=facts, partners=[partner], by=by)
        held.activity, held.partner = activity, partner
        held.save(update_fields=["activity", "partner"])
        record("made an activity of a request", by=by, school=held.school, subject=held, changes=False)
    return activity


def activity_facts(request: ProviderRequest, decision: Decision) -> dict[str, Any]:
    """What request and answer say, as fields of Activity. What nobody said is left unknown, which is not the same as no."""
    settings, day = set(request.settings), decision.agreed_on
    year = AcademicYear.containing(day) if day else current_year()
    mode = "virtual" if settings == {"online"} else "in_person" if settings and "online" not in settings else ""
    return {
        "title": f"{request.organisation}: encounter with a provider"[:200],
        "type": Activity.Type.PROVIDER_ENCOUNTER,
        "status": Activity.Status.PLANNED if day else Activity.Status.PROPOSED,
        "academic_year": year.start_year,
        "starts_on": day,
        "year_groups": sorted(decision.year_groups),
        "whole_cohort": decision.whole_cohort,
        "in_school_day": decision.in_school_day,
        "mode": mode,
        "visit": True if settings == {"visit"} else None,
        **dict.fromkeys(request.contents, True),
    }


def partner_for(request: ProviderRequest, decision: Decision, by: User) -> Partner:
    """The partner there is, else a new one. What an answer checked of its approval is recorded where nothing was."""
    found = like(request.school, request.organisation, request.ukprn)
    basis = chosen(BASIS, request.basis)[:LONGEST_BASIS] if decision.approved else ""
    if found is None:
        facts = {
            "kind": Partner.Kind.PROVIDER,
            "ukprn": request.ukprn,
            "pal_eligible": decision.approved,
            "pal_basis": basis,
        }
        return Partner.objects.get_or_create(school=request.school, name=request.organisation, defaults=facts)[0]
    if found.kind == Partner.Kind.PROVIDER and found.pal_eligible is None and decision.approved is not None:
        say_approved(partner=found, approved=decision.approved, basis=basis, by=by)
    return found


def like(school: School, name: str, ukprn: str) -> Partner | None:
    """The partner with this UKPRN, else with this name however it is spaced, dotted or capitalised."""
    partners = list(Partner.objects.filter(school=school).order_by("pk"))
    same = [each for each in partners if ukprn and each.ukprn == ukprn]
    same += [each for each in partners if plain(each.name) == plain(name) and not (ukprn and each.ukprn)]
    return same[0] if same else next((each for each in partners if each.name == name), None)


def plain(name: str) -> str:
    """A name as it is compared: "The Ashmere College Ltd." and "ashmere college" are one."""
    words = re.sub(r"[^\w\s]", "", name.casefold().replace("&", " and ")).split()
    kept = [word for word in words if word not in ("the", "ltd", "limited", "plc")]
    return " ".join(kept or words)


def say_approved(*, partner: Partner, approved: bool, basis: str, by: User) -> None:
    """Record whether a provider offers approved technical education or apprenticeships."""
    with transaction.atomic():
        held = Partner.objects.select_for_update().get(pk=partner.pk)
        if (held.pal_eligible, held.pal_basis) == (approved, basis):
            return
        held.pal_eligible, held.pal_basis = approved, basis
        held.save(update_fields=["pal_eligible", "pal_basis"])
        record("said whether a provider is approved", by=by, school=held.school, subject=held, approved=approved)
