"""Who belongs to a school, as the page of people shows them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.http import Http404
from django.urls import reverse

from careers.accounts.deeds import person_key
from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL, Parent, PupilRole, Role
from careers.people.models import Invitation
from careers.pupils.models import GroupStaff, OwnRecord, Pupil
from careers.schools.clock import current_year
from careers.schools.models import School

FAMILIES = (PupilRole.key, Parent.key)


@dataclass(frozen=True)
class Member:
    user: User
    role: type[Role]
    answers_for: tuple[str, ...]
    """The names of this year's groups and, for a pupil or a parent, of the pupils whose record they see."""
    last_came_in: datetime | None
    second_step: bool
    pupils: tuple[int, ...] = ()
    """The numbers of those pupils, for the audit."""

    @property
    def href(self) -> str:
        return reverse("people:person", kwargs={"person": person_key(self.user.pk)})


def members(school: School, *, families: bool) -> list[Member]:
    """Staff and others by role and name, or (`families`) pupils and parents: four queries, however many there are."""
    held = Membership.objects.filter(school=school, role__in=AT_A_SCHOOL).select_related("user")
    held = held.filter(role__in=FAMILIES) if families else held.exclude(role__in=FAMILIES)
    rows = list(held.order_by("user__name"))
    names = _groups(school) if not families else {}
    pupils = _records(school) if families else {}
    twice, order = with_second_step([row.user_id for row in rows]), list(AT_A_SCHOOL)
    return [
        Member(
            row.user,
            row.held,
            tuple(names.get(row.user_id, ())) or tuple(pupil.full_name for pupil in pupils.get(row.user_id, ())),
            row.user.last_login,
            row.user_id in twice,
            tuple(pupil.pk for pupil in pupils.get(row.user_id, ())),
        )
        for row in sorted(rows, key=lambda row: (order.index(row.role), row.user.name))
    ]


def _records(school: School) -> dict[int, list[Pupil]]:
    found: dict[int, list[Pupil]] = defaultdict(list)
    for own in OwnRecord.objects.filter(school=school).select_related("pupil").order_by("pupil__surname"):
        found[own.user_id].append(own.pupil)
    return found


def _groups(school: School) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    year = current_year().start_year
    staff = GroupStaff.objects.filter(school=school, group__academic_year=year).select_related("group")
    for each in staff.order_by("group__name"):
        found[each.user_id].append(each.group.name)
    return found


def with_second_step(users: list[int]) -> set[int]:
    """Those who have set up something besides a password: a code from an app, or a passkey."""
    if not apps.is_installed("allauth.mfa"):
        return set()
    held = apps.get_model("mfa", "Authenticator").objects.filter(user_id__in=users, type__in=("totp", "webauthn"))
    return set(held.values_list("user_id", flat=True))


def open_invitations(school: School) -> list[Invitation]:
    held = Invitation.objects.filter(school=school, accepted_at=None, withdrawn_at=None)
    return list(held.select_related("invited_by").order_by("-invited_at"))


def member_with(key: str, school: School) -> Membership:
    """Somebody of the school by what stands for them in an address. Anybody else is not found."""
    numbers = Membership.objects.filter(school=school, role__in=AT_A_SCHOOL).values_list("user_id", flat=True)
    number = next((each for each in numbers if person_key(each) == key), None)
    if number is None:
        raise Http404("There is nobody of that kind here.")
    return Membership.objects.select_related("user").get(school=school, user_id=number)
