"""One pupil's own log, as the rows that criteria ask about: what an explanation is made from.

The whole school is counted in SQL (careers/evaluation/lending.py); the same facts are given here from the ORM, for one
pupil, and tests/agreement holds the two to each other.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch

from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Pupil
from criteria.tables import OCCASION_COLUMNS, Kind

LENT = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
DERIVED = {"date", "employers", "provider_kinds", "eligible_providers"}
STORED = tuple(column for column in OCCASION_COLUMNS if column.name not in DERIVED)


def encounters_of(pupil: Pupil) -> list[Encounter]:
    """Everything on a pupil's record, oldest first and undated last, with activities and partners: two queries."""
    partners = (
        ActivityPartner.objects.filter(school_id=pupil.school_id).select_related("partner").order_by("partner_id")
    )
    return list(
        Encounter.objects.filter(school_id=pupil.school_id, pupil=pupil)
        .select_related("activity")
        .prefetch_related(Prefetch("activity__activity_partners", queryset=partners))
        .order_by(F("activity__starts_on").asc(nulls_last=True), "activity__title", "pk")
    )


def pupil_log(pupil: Pupil) -> list[dict[str, Any]]:
    """The rows of the logical table `encounters` for one pupil: what is planned or was held, and has a date."""
    return log_rows(encounters_of(pupil))


def log_rows(encounters: list[Encounter]) -> list[dict[str, Any]]:
    return [_row(encounter) for encounter in encounters if _is_lent(encounter.activity)]


def _is_lent(activity: Activity) -> bool:
    return activity.starts_on is not None and activity.status in LENT


def _row(encounter: Encounter) -> dict[str, Any]:
    activity = encounter.activity
    return {
        "pupil": encounter.pupil_id,
        "encounter": activity.pk,
        "status": encounter.status,
        "title": activity.title,
        "date": activity.starts_on,
        **{column.name: _known(getattr(activity, column.name), column.kind) for column in STORED},
        **_of_partners([link.partner for link in activity.activity_partners.all()]),
    }


def _known(value: Any, kind: Kind) -> Any:
    """A stored value as a criterion reads it: blank text is not known, and days and hours are plain numbers."""
    if value is None or value == "":
        return None
    return float(value) if kind is Kind.NUMBER else value


def _of_partners(partners: list[Partner]) -> dict[str, Any]:
    """What is known of who took part. With nobody named, nothing is."""
    if not partners:
        return {"employers": None, "provider_kinds": None, "eligible_providers": None}
    providers = [partner for partner in partners if partner.kind == Partner.Kind.PROVIDER]
    kinds = {partner.provider_kind for partner in providers}
    eligible = {str(partner.pk) for partner in providers if partner.pal_eligible}
    doubtful = any(partner.pal_eligible is None for partner in providers)
    return {
        "employers": sum(partner.kind == Partner.Kind.EMPLOYER for partner in partners),
        "provider_kinds": _listed(kinds - {""}, doubtful="" in kinds),
        "eligible_providers": _listed(eligible, doubtful=doubtful),
    }


def _listed(known: set[str], *, doubtful: bool) -> tuple[str, ...] | None:
    """What is known, else not known where there is doubt, else known to be nothing."""
    return tuple(sorted(known)) if known else None if doubtful else ()
