"""Taking up an invitation, and leaving."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django_scopes import scopes_disabled

from careers.accounts.actions import PersonRefused, add_person, one_at_a_time, remove_person
from careers.accounts.models import User
from careers.accounts.roles import PupilRole
from careers.audit.record import record
from careers.people.inviting import OWN_RECORD, still_open
from careers.people.models import Invitation
from careers.pupils.models import GroupStaff, OwnRecord
from careers.schools.models import School


@dataclass(frozen=True)
class Guest:
    """Who an invited person is to this installation, of which only they are told."""

    user: User | None
    """The account with the invited address, if any."""

    @property
    def has_password(self) -> bool:
        return bool(self.user and self.user.has_usable_password())


def guest_of(invitation: Invitation) -> Guest:
    return Guest(User.objects.filter(email=invitation.email).first())


def accept(*, invitation: Invitation, name: str = "", password: str | None = None) -> User:
    """Let the invited person in: an account where they have none, the role, the groups, the records. Raises PersonRefused.

    The caller has seen to it that whoever asks holds the link, or that the school's own service vouches for the address; and,
    where the account has a password, that they are signed in to it.
    """
    with one_at_a_time(invitation.school):
        held = still_open(invitation)
        if timezone.now() >= held.expires_at:
            raise PersonRefused("This invitation has run out. Ask for another.")
        added = add_person(
            email=held.email,
            name=name or held.name,
            role=held.role,
            school=held.school,
            password=password,
            by=held.invited_by,
        )
        give_what_was_promised(held, added.user)
        held.accepted_at, held.accepted_by = timezone.now(), added.user
        held.save(update_fields=["accepted_at", "accepted_by"])
        record("accepted an invitation", by=added.user, school=held.school, subject=held, role=held.role)
    return added.user


def give_what_was_promised(invitation: Invitation, user: User) -> None:
    school = invitation.school
    for group in invitation.groups.all():
        GroupStaff.objects.get_or_create(school=school, group=group, user=user)
        record("gave a person a group", by=invitation.invited_by, school=school, subject=user, group=group.name)
    relation = OwnRecord.Relation.SELF if invitation.role == PupilRole.key else OwnRecord.Relation.PARENT
    for pupil in invitation.pupils.all() if invitation.role in OWN_RECORD else ():
        OwnRecord.objects.get_or_create(school=school, user=user, pupil=pupil, defaults={"relation": relation})
        record("gave a person a pupil's record", by=invitation.invited_by, school=school, subject=pupil)


def end_role(*, user: User, school: School, by: User) -> None:
    """Somebody belongs to the school no longer, at once. Whose record was theirs is forgotten. Raises PersonRefused."""
    with one_at_a_time(school):
        remove_person(email=user.email, school=school, by=by)
        OwnRecord.objects.filter(school=school, user=user).delete()


def waiting_for(email: str, school: School) -> Invitation | None:
    """The open invitation of an address at a school, for somebody whom the school's own service vouches for."""
    with scopes_disabled():
        found = Invitation.objects.filter(school=school, email=email, accepted_at=None, withdrawn_at=None)
        return found.filter(expires_at__gt=timezone.now()).select_related("school", "invited_by").first()
