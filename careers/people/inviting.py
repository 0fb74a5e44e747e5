"""Asking somebody to join a school: inviting, sending again, withdrawing. Joining is in `joining`."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from careers.accounts.actions import PersonRefused, an_address, one_at_a_time, refuse_unknown_role
from careers.accounts.models import Membership, User
from careers.accounts.posting import send
from careers.accounts.roles import Parent, PupilRole
from careers.audit.record import record
from careers.people.letters import invitation_letter
from careers.people.links import address_of, digest_of, new_secret
from careers.people.models import LASTS, Invitation
from careers.pupils.models import Group, Pupil
from careers.schools.models import School

OWN_RECORD = (PupilRole.key, Parent.key)
LONGEST_NAME = 150


def invite(
    *,
    email: str,
    name: str,
    role: str,
    school: School,
    by: User,
    groups: Sequence[Group] = (),
    pupils: Sequence[Pupil] = (),
    at: str = "",
) -> Invitation:
    """Ask somebody to join the school in a role. The message goes out once this is committed. Raises PersonRefused.

    `groups` are what they will answer for; `pupils` whose record they will see, for a pupil (the one) or a parent or carer.
    Whether the address is known at another school makes no difference that could be seen.
    """
    email, name = an_address(email), " ".join(name.split())
    refuse_unknown_role(role)
    if not 0 < len(name) <= LONGEST_NAME:
        raise PersonRefused(f"Give the person's name, of up to {LONGEST_NAME} characters.")
    with one_at_a_time(school):
        refuse_known_here(email, school)
        refuse_wrong_pupils(email, role, pupils, school)
        secret = new_secret()
        invitation = Invitation.objects.create(
            school=school,
            email=email,
            name=name,
            role=role,
            digest=digest_of(secret),
            invited_by=by,
            expires_at=timezone.now() + LASTS,
        )
        invitation.groups.set(groups)
        invitation.pupils.set(pupils)
        record("invited a person", by=by, school=school, subject=invitation, role=role)
        send_when_committed(invitation, secret, at)
    return invitation


def invite_again(*, invitation: Invitation, by: User, at: str = "") -> None:
    """A new link, for another seven days; the old one opens nothing any more. Raises PersonRefused."""
    with one_at_a_time(invitation.school):
        held = still_open(invitation)
        secret = new_secret()
        held.digest, held.expires_at, held.sent = digest_of(secret), timezone.now() + LASTS, None
        held.invited_by = by  # who answers for it from now on
        held.save(update_fields=["digest", "expires_at", "sent", "invited_by"])
        record("sent an invitation again", by=by, school=held.school, subject=held, role=held.role)
        send_when_committed(held, secret, at)


def withdraw(*, invitation: Invitation, by: User) -> None:
    """The link opens nothing from now on. Raises PersonRefused where it has been accepted meanwhile."""
    with one_at_a_time(invitation.school):
        held = still_open(invitation)
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        record("withdrew an invitation", by=by, school=held.school, subject=held, role=held.role)


def still_open(invitation: Invitation) -> Invitation:
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.accepted_at is not None:
        raise PersonRefused(f"{held.name} has accepted the invitation meanwhile.")
    if held.withdrawn_at is not None:
        raise PersonRefused(f"The invitation of {held.name} has been withdrawn already.")
    return held


def refuse_known_here(email: str, school: School) -> None:
    member = Membership.objects.filter(school=school, user__email=email).select_related("user").first()
    if member is not None:
        title = member.held.title.lower()
        raise PersonRefused(f"{member.user} belongs to {school.name} already, as {title}. Change the role instead.")
    held = Invitation.objects.filter(school=school, email=email, accepted_at=None, withdrawn_at=None).first()
    if held is not None:
        raise PersonRefused(f"{held.name} has been invited already. Send that invitation again, or withdraw it first.")


def refuse_wrong_pupils(email: str, role: str, pupils: Sequence[Pupil], school: School) -> None:
    if role in OWN_RECORD and not pupils:
        raise PersonRefused("Say whose record it is.")
    if role not in OWN_RECORD and pupils:
        raise PersonRefused("Only a pupil and a parent or carer are given a pupil's own record.")
    if role == PupilRole.key and len(pupils) > 1:
        raise PersonRefused("A pupil sees one record: their own.")
    owner = Pupil.objects.filter(school=school, email__iexact=email).first()
    if owner is None or (role == PupilRole.key and owner == pupils[0]):
        return
    if role == PupilRole.key:
        raise PersonRefused("This is the address of another pupil.")
    raise PersonRefused("This is a pupil's address. Whoever reads its messages would be let in as somebody else.")


def send_when_committed(invitation: Invitation, secret: str, at: str) -> None:
    """A mail server that is down loses no invitation: that the message did not go is kept and shown."""
    letter = invitation_letter(invitation, address_of(invitation, secret, at))

    def post() -> None:
        sent = send(to=invitation.email, subject=letter.subject, words=letter.words)
        with transaction.atomic(), scope(school=invitation.school):
            Invitation.objects.filter(pk=invitation.pk, digest=digest_of(secret)).update(sent=sent)

    transaction.on_commit(post)
