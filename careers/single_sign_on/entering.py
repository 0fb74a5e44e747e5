"""Who of the school a vouched-for person is. Nobody is let in whom the school has not let in or invited."""

from __future__ import annotations

from careers.accounts.actions import PersonRefused, one_at_a_time
from careers.accounts.models import Membership, User
from careers.audit.record import record
from careers.people.joining import accept, waiting_for
from careers.people.links import LinkRefused, opened_by
from careers.people.models import Invitation
from careers.single_sign_on.models import Link, SignInService
from careers.single_sign_on.refusals import Refused
from careers.single_sign_on.vouching import Vouched


def person_for(service: SignInService, vouched: Vouched, *, token: str = "") -> User:
    """The person of the school, linked from now on to what the service calls them. Raises Refused.

    Whoever has come in before is known by the service's name for them; the first time by an invitation's link in their hands
    (`token`), or by their address.
    """
    school = service.school
    with one_at_a_time(school):
        known = Link.objects.filter(school=school, subject=vouched.subject).select_related("membership__user").first()
        if known is not None:
            return _if_open(known.membership.user)
        membership = _membership_of(service, vouched, token)
        _if_open(membership.user)
        if Link.objects.filter(school=school, membership=membership).exists():
            raise Refused("changed")
        Link.objects.create(school=school, membership=membership, subject=vouched.subject)
        record(
            "linked a person to the school's own account", by=membership.user, school=school, subject=membership.user
        )
    return membership.user


def would_be(service: SignInService, vouched: Vouched) -> str:
    """As whom a vouched-for person would be let in, in words; empty where as nobody. Changes nothing."""
    school = service.school
    known = Link.objects.filter(school=school, subject=vouched.subject).select_related("membership__user").first()
    if known is not None:
        return str(known.membership.user)
    member = Membership.objects.filter(school=school, user__email=vouched.email).select_related("user").first()
    invited = None if member else waiting_for(vouched.email, school)
    return str(member.user) if member else invited.name if invited else ""


def _membership_of(service: SignInService, vouched: Vouched, token: str) -> Membership:
    school = service.school
    invitation = _in_hand(token, service) if token else None
    if invitation is None:
        member = Membership.objects.filter(school=school, user__email=vouched.email).select_related("user").first()
        if member is not None:
            return member
        invitation = waiting_for(vouched.email, school)
    if invitation is None:
        raise Refused("unknown")
    try:
        user = accept(invitation=invitation, name=invitation.name)
    except PersonRefused:
        raise Refused("unknown") from None
    return Membership.objects.select_related("user").get(school=school, user=user)


def _in_hand(token: str, service: SignInService) -> Invitation | None:
    try:
        held = opened_by(token)
    except LinkRefused:
        return None
    return held if held.school == service.school else None


def _if_open(user: User) -> User:
    if not user.is_active:
        raise Refused("closed")
    return user
