"""The schools a person belongs to. The one question that is asked across schools, and only ever about oneself."""

from __future__ import annotations

from django_scopes import scopes_disabled

from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL


def memberships_of(user: User) -> list[Membership]:
    """In the order of the schools' names, less any in a role there no longer is."""
    with scopes_disabled():
        found = Membership.objects.filter(user_id=user.pk, role__in=AT_A_SCHOOL).select_related("school")
        return list(found.order_by("school__name"))
