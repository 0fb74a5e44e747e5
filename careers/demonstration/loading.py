"""Loads the demonstration: makes it in memory, then writes it in one transaction."""

from __future__ import annotations

from django.db import transaction
from django_scopes import scopes_disabled

from careers.accounts.models import Membership
from careers.demonstration.making import Made, make
from careers.demonstration.people import PEOPLE, make_memberships, make_people
from careers.demonstration.plan import PLANS
from careers.demonstration.writing import write, write_people
from careers.schools.clock import today
from careers.schools.models import School


class RealSchoolHere(Exception):
    """The database holds a school that is not a demonstration, which invented pupils must never be mixed with."""


def load() -> list[Made] | None:
    """Write the demonstration, unless it is here already (then None).

    Raises RealSchoolHere beside a school that is not a demonstration.
    """
    if School.objects.filter(demonstration=False).exists():
        raise RealSchoolHere("There is a real school in this database, so the demonstration was not loaded.")
    if School.objects.filter(demonstration=True).exists():
        return None
    users = make_people()
    made = [make(plan, today(), [users[p.email] for p in PEOPLE if plan.key in p.roles][:2]) for plan in PLANS]
    with scopes_disabled(), transaction.atomic():
        write_people(users)
        for school in made:
            write(school, users)
        schools = {school.plan.key: school.school for school in made}
        Membership.objects.bulk_create(make_memberships(users, schools))
    return made
