"""What a person does about their own account is written down at each of their schools, whose business it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.audit.record import record
from careers.schools.models import School


def put_on_record(verb: str, user: User, *, by: User | None, **detail: Any) -> None:
    """About `user`. Somebody of no school, such as the operator, is on the installation's own record.

    No school's record of its pupils changes by it.
    """
    # In one order whoever it is about, so that no two people of the same schools wait for each other.
    schools: list[School] = sorted((each.school for each in memberships_of(user)), key=lambda school: school.pk)
    with transaction.atomic():
        for school in schools or (None,):
            subject = None if by == user else user
            record(verb, by=by, school=school, subject=subject, changes=False, **detail)
