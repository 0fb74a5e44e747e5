"""The schools of the installation, as whoever looks after it sees them: nothing about any pupil, not even how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django_scopes import scopes_disabled

from careers.accounts.roles import CareersLeader, Parent, PupilRole
from careers.schools.models import School


@dataclass(frozen=True)
class Line:
    school: School
    people: int
    """Who may sign in, less pupils and parents."""
    leaders: int


def schools() -> list[Line]:
    with scopes_disabled():
        staff = Count("memberships", filter=~Q(memberships__role__in=(PupilRole.key, Parent.key)))
        leaders = Count("memberships", filter=Q(memberships__role=CareersLeader.key))
        found = School.objects.annotate(people=staff, leaders=leaders).order_by("name")
        return [Line(school, school.people, school.leaders) for school in found]
