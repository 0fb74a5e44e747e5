"""An accepted request becomes an activity of the programme: once, with what was said of it, and nothing that was not."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.partners import actions as partners
from careers.partners.likeness import Likeness
from careers.partners.models import Partner
from careers.programme import actions as programme
from careers.programme.models import Activity
from careers.provider_access.models import Decision, ProviderRequest
from careers.schools.clock import current_year
from careers.schools.models import School
from criteria.periods import AcademicYear


class NotAccepted(Exception):
    """Only what was accepted becomes an activity. Its text says so."""


def become_activity(*, request: ProviderRequest, by: User) -> Activity:
    """Put an accepted request in the programme, or find what it has become already. Raises NotAccepted."""
    with transaction.atomic():
        School.objects.select_for_update().get(
            pk=request.school_id
        )  # two requests of one organisation make one partner
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
    """What request and answer settle, as fields of Activity. What a provider says it would cover has not been covered: it stays
    unknown until somebody who was there, or who agreed it, records it.
    """
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
    }


def partner_for(request: ProviderRequest, decision: Decision, by: User) -> Partner:
    """The partner there is, else a new one. What an answer checked of its approval is recorded where nothing was."""
    found = like(request.school, request.organisation, request.ukprn)
    approval = {"pal_eligible": decision.approved, "pal_basis": list(request.basis) if decision.approved else []}
    if found is None:
        facts = {"name": request.organisation, "kind": Partner.Kind.PROVIDER, "ukprn": request.ukprn, **approval}
        return partners.add(school=request.school, facts=facts, by=by)
    if found.kind == Partner.Kind.PROVIDER and found.pal_eligible is None and decision.approved is not None:
        partners.change(partner=found, facts=approval, stamp=None, by=by)
    return found


def like(school: School, name: str, ukprn: str) -> Partner | None:
    """The partner with this UKPRN, else with this name but for spelling, unless the two have UKPRNs that differ."""
    same = [each.partner for each in Likeness(school).like(name, ukprn=ukprn) if each.same]
    for partner in same:
        if not (ukprn and partner.ukprn) or partner.ukprn == ukprn or partner.name == name:
            return partner
    return None
