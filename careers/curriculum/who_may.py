"""Who may plan a subject's careers links and say that they were taught: narrower than the policy of the pages.

Whoever may change the programme may do so for every subject. The head of a department, whatever else they are at the school, may
for the subjects of that department; and a teacher may say of their own classes that a link was taught. None of it shows a name.
"""

from __future__ import annotations

from collections.abc import Iterable

from careers.accounts.models import Membership, User
from careers.accounts.roles import Policy
from careers.curriculum.models import Subject
from careers.pupils.models import Group
from careers.schools.models import School


def may_link(membership: Membership, subject: Subject | None) -> bool:
    """Whether a person may plan and change the links of a subject."""
    if Policy.PLAN in membership.policies:
        return True
    head = subject.department.head_id if subject and subject.department else None
    return head == membership.user_id and Policy.RECORD in membership.policies


def classes_to_say_of(membership: Membership, subject: Subject | None, found: Iterable[Group]) -> list[Group]:
    """Of a subject's classes, those of which a person may say that a link was taught."""
    if may_link(membership, subject):
        return list(found)
    if Policy.RECORD not in membership.policies:
        return []
    own = set(Group.objects.filter(group_staff__user_id=membership.user_id).values_list("pk", flat=True))
    return [group for group in found if group.pk in own]


def staff_of(school: School) -> list[User]:
    """People with a role at the school who are on its staff, by name: not pupils, parents, governors or others from outside."""
    held = Membership.objects.filter(school=school, user__is_active=True).select_related("user").order_by("user__name")
    return [each.user for each in held if Policy.RECORD in each.held.policies]
