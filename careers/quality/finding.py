"""The activity an address of these pages names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from careers.accounts.policy import SchoolRequest
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.quality.meaning import TESTS


def asked_for(request: SchoolRequest, reference: str) -> Activity:
    """An encounter of the school that this person may see; whatever else the reference is of is as if it were not there."""
    seen = Activity.objects.filter(school=request.school, type__in=TESTS).select_related("school", "owner")
    return get_object_or_404(seen.exclude(pk__in=hidden_from(request.membership).values("pk")), reference=reference)


def here(request: SchoolRequest) -> str:
    """The address this copy is reached at, with which links begin."""
    return request.build_absolute_uri("/")
