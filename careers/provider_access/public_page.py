"""What the published statement shows that is in step with the log: what is planned with providers, and who has been here."""

from __future__ import annotations

from datetime import date

from careers.evaluation.wording import year_words
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools.models import School

KINDS = (Activity.Type.PROVIDER_ENCOUNTER, Activity.Type.CAREERS_EVENT)
KIND_WORDS = {
    Activity.Type.PROVIDER_ENCOUNTER: "encounter with providers",
    Activity.Type.CAREERS_EVENT: "careers fair or event",
}
PAST_YEARS = 3


def planned(school: School, today: date) -> list[tuple[str, list[str]]]:
    """What is planned with providers by month: for whom and of which kind. No titles: one may name somebody. One query."""
    found = Activity.objects.filter(
        school=school, type__in=KINDS, status=Activity.Status.PLANNED, starts_on__gt=today
    ).exclude(one_to_one=True)
    kinds = {str(kind): words for kind, words in KIND_WORDS.items()}
    months: dict[str, list[str]] = {}
    for day, kind, groups in found.order_by("starts_on").values_list("starts_on", "type", "year_groups"):
        words = f"{year_words(tuple(sorted(groups))) if groups else 'Year groups to be decided'}: {kinds[kind]}"
        month = months.setdefault(f"{day:%B %Y}", [])
        if words not in month:
            month.append(words)
    return list(months.items())


def past_providers(school: School, today: date) -> list[str]:
    """Names of the providers who took part in what was held in the last three years. One query."""
    links = ActivityPartner.objects.filter(
        school=school,
        partner__kind=Partner.Kind.PROVIDER,
        activity__type__in=KINDS,
        activity__status=Activity.Status.DELIVERED,
        activity__starts_on__range=(today.replace(year=today.year - PAST_YEARS, day=min(today.day, 28)), today),
    )
    return sorted(set(links.values_list("partner__name", flat=True)), key=str.casefold)
