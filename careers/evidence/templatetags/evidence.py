"""{% load evidence %}: where in a file that is taken out a piece is, and what a criterion is called."""

from collections.abc import Mapping
from urllib.parse import quote

from django import template

from careers.evaluation.what_counts import titles
from careers.evidence.models import Evidence

register = template.Library()


@register.filter
def titled(criterion: str) -> str:
    return titles().get(criterion, criterion)


@register.filter
def holds(places: Mapping[int, str], evidence: Evidence) -> bool:
    return evidence.pk in places


@register.filter
def path_of(places: Mapping[int, str], evidence: Evidence) -> str:
    return quote(places.get(evidence.pk, ""))
