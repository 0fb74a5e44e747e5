"""Who may not come in with a password alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from careers.accounts.coming_in import school_limited_to, second_step_was_elsewhere
from careers.accounts.memberships import memberships_of
from careers.accounts.models import Membership, User
from careers.accounts.roles import InstallationOperator, Role
from careers.schools.models import School

COUNTED = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second step. Recovery codes stand in for one and are never the only one."""


@dataclass(frozen=True)
class Need:
    role: type[Role]
    school: School | None
    """None for a role that is held at no school."""


def needs_of(user: User, memberships: Iterable[Membership] | None = None) -> list[Need]:
    """The roles for which a password alone is never enough. Where everybody is invented, none is."""
    held = memberships_of(user) if memberships is None else memberships
    found = [Need(each.held, each.school) for each in held if each.held.second_step and not each.school.demonstration]
    if user.is_operator and not settings.DEMONSTRATION:
        found.append(Need(InstallationOperator, None))
    return found


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=COUNTED).exists()


def is_missing(request: HttpRequest, user: User, memberships: Iterable[Membership], *, has: bool) -> bool:
    """Whether this session may open nothing yet. Somebody who `has` a second step gave it when the session began."""
    return not has and any(not _asked_elsewhere(request, need) for need in needs_of(user, memberships))


def _asked_elsewhere(request: HttpRequest, need: Need) -> bool:
    """Whether the school's own service let this session in and, as that school says, asked for a second step itself."""
    if need.school is None or need.school.pk != school_limited_to(request):
        return False
    return second_step_was_elsewhere(request)


def is_last_needed(authenticator: Authenticator) -> bool:
    """Whether taking it away would leave somebody with none who needs one."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=COUNTED).exclude(pk=authenticator.pk)
    return authenticator.type in COUNTED and bool(needs_of(authenticator.user)) and not others.exists()
