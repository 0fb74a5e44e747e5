"""What a person does about their own account is written down at each of their schools, whose business it is."""

from __future__ import annotations

from typing import Any

from careers.accounts.memberships import memberships_of
from careers.accounts.models import User
from careers.audit.record import record
from careers.schools.models import School


def put_on_record(verb: str, user: User, *, by: User | None, **detail: Any) -> None:
    """About `user`. Somebody of no school, such as the operator, is on the installation's own record.

    No school's record of its pupils changes by it.
    """
    schools: list[School | None] = [membership.school for membership in memberships_of(user)]
    for school in schools or [None]:
        subject = None if by == user else user
        record(verb, by=by, school=school, subject=subject, changes=False, **detail)
