"""Taking up an invitation, and leaving."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django_scopes import scopes_disabled

from careers.accounts import actions
from careers.accounts.actions import PersonRefused, add_person, one_at_a_time, remove_person
from careers.accounts.models import Membership, User
from careers.accounts.roles import Policy, PupilRole
from careers.audit.record import record
from careers.people.forms import KINDS
from careers.people.inviting import OWN_RECORD, still_open
from careers.people.models import Invitation
from careers.pupils.actions import set_groups
from careers.pupils.models import Group, GroupStaff, OwnRecord
from careers.schools.clock import current_year
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
        refuse_where_nobody_answers_for_it(held)
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


def refuse_where_nobody_answers_for_it(invitation: Invitation) -> None:
    """Somebody who lost the right to let people in has left no way in behind, for a colleague or for another address of theirs."""
    by, school = invitation.invited_by, invitation.school
    role = Membership.objects.filter(school=school, user=by).select_related("school").first() if by else None
    may = by is not None and by.is_active and (by.is_operator or (role and Policy.MANAGE_PEOPLE in role.policies))
    if not may:
        raise PersonRefused(
            f"Whoever invited you no longer lets people in at {school.name}. Ask there for the invitation to be sent again."
        )


def give_what_was_promised(invitation: Invitation, user: User) -> None:
    school = invitation.school
    for group in invitation.groups.all():
        GroupStaff.objects.get_or_create(school=school, group=group, user=user)
        record("gave a person a group", by=invitation.invited_by, school=school, subject=user, group=group.name)
    relation = OwnRecord.Relation.SELF if invitation.role == PupilRole.key else OwnRecord.Relation.PARENT
    for pupil in invitation.pupils.all() if invitation.role in OWN_RECORD else ():
        OwnRecord.objects.get_or_create(school=school, user=user, pupil=pupil, defaults={"relation": relation})
        record("gave a person a pupil's record", by=invitation.invited_by, school=school, subject=pupil)


def change_role(*, user: User, role: str, was: str, school: School, by: User) -> None:
    """Give somebody another role. Of this year's groups they keep those that the new role answers for: what a tutor saw of a form
    is not a teacher's to see, and the page would no longer show that they see it. Raises PersonRefused.
    """
    with one_at_a_time(school):
        actions.change_role(user=user, role=role, was=was, school=school, by=by)
        if role != was:
            _take_groups(user, school, by, but=KINDS.get(role))


def end_role(*, user: User, school: School, by: User) -> None:
    """Somebody belongs to the school no longer, at once. What groups and whose record were theirs is forgotten, so that it
    does not come back with another role later. Raises PersonRefused.
    """
    with one_at_a_time(school):
        remove_person(email=user.email, school=school, by=by)
        _take_groups(user, school, by)
        OwnRecord.objects.filter(school=school, user=user).delete()


def _take_groups(user: User, school: School, by: User, but: str | None = None) -> None:
    held = Group.objects.filter(
        school=school, group_staff__user=user, academic_year=current_year().start_year
    ).order_by("name")
    set_groups(user=user, groups=(), among=list(held.exclude(kind=but) if but else held), school=school, by=by)


def waiting_for(email: str, school: School) -> Invitation | None:
    """The open invitation of an address at a school, for somebody whom the school's own service vouches for."""
    with scopes_disabled():
        found = Invitation.objects.filter(school=school, email=email, accepted_at=None, withdrawn_at=None)
        return found.filter(expires_at__gt=timezone.now()).select_related("school", "invited_by").first()
