"""What is asked about a partner, as its form and its actions both hold it, and how it is said on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careers.partners.models import BAR, Partner
from careers.partners.sections import SECTIONS

FACTS = (
    *("name", "kind", "sic_section", "specialism", "size_band", "self_employed", "stem"),
    *("provider_kind", "pal_eligible", "pal_basis", "ukprn", "urn", "companies_house"),
    *("town", "travel", "website", "online_only"),
)
NOT_RECORDED = "not recorded"
ABOUT_PROVIDERS = ("provider_kind", "pal_eligible", "pal_basis", "ukprn")
ABOUT_EMPLOYERS = ("sic_section", "specialism", "size_band", "self_employed", "stem", "companies_house")


def answers_of(partner: Partner) -> dict[str, Any]:
    """What is recorded, as the form's first answers. What it may count on is a list of codes."""
    return {name: partner.bases if name == "pal_basis" else getattr(partner, name) for name in FACTS}


def stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as fields of Partner."""
    return {name: BAR.join(value) if name == "pal_basis" else value for name, value in facts.items()}


def shown(partner: Partner, fact: str) -> str:
    """A fact in words."""
    value = getattr(partner, fact)
    if fact == "sic_section":
        return f"{SECTIONS[value]} (section {value})" if value in SECTIONS else value or NOT_RECORDED
    if fact == "pal_basis":
        words = dict(Partner.Basis.choices)
        return ", ".join(str(words.get(code, code)) for code in partner.bases) or NOT_RECORDED
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(partner, f"get_{fact}_display", lambda: value)())


def may_be_asked_for(partner: Partner) -> tuple[str, ...]:
    """The facts that matter for its kind; any others are shown only where they are recorded."""
    if partner.kind == Partner.Kind.PROVIDER:
        return ABOUT_PROVIDERS
    return ABOUT_EMPLOYERS if partner.kind == Partner.Kind.EMPLOYER else ()
