"""The schools a person belongs to. The one question that is asked across schools, and only ever about oneself."""

from __future__ import annotations

from django.http import HttpRequest
from django_scopes import scopes_disabled

from careers.accounts.coming_in import school_limited_to
from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL


def memberships_of(user: User) -> list[Membership]:
    """In the order of the schools' names, less any in a role there no longer is."""
    with scopes_disabled():
        found = Membership.objects.filter(user_id=user.pk, role__in=AT_A_SCHOOL).select_related("school")
        return list(found.order_by("school__name"))


def memberships_open_to(request: HttpRequest) -> list[Membership]:
    """Those of the person signed in that this session may use: all, or the one of the school whose service let them in."""
    if not request.user.is_authenticated:
        return []
    limit = school_limited_to(request)
    return [each for each in memberships_of(request.user) if limit in (None, each.school_id)]
