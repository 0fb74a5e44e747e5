"""Tells the sign-in page whom a visitor to the demonstration can sign in as."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from careers.demonstration.people import PASSWORD, PEOPLE
from careers.schools.models import School

_seen: set[str] = set()
"""Databases in which this process has met a demonstration school. One never goes away again, so it need not be asked twice."""


def is_demonstration() -> bool:
    if "default" not in _seen and School.objects.filter(demonstration=True).exists():
        _seen.add("default")
    return bool(_seen)


def forget() -> None:
    """For tests, whose databases come and go."""
    _seen.clear()


def hints() -> list[dict[str, str]]:
    """A dict of name, role, email and password for each person; empty where there is no demonstration school."""
    if not is_demonstration():
        return []
    return [{"name": p.name, "role": p.role, "email": p.email, "password": PASSWORD} for p in PEOPLE]


def first_hint() -> str:
    people = hints()
    return f"Sign in as {people[0]['email']} with the password {people[0]['password']}." if people else ""


def demonstration_people(request: HttpRequest) -> dict[str, object]:
    """Context processor. The database is asked only by a template that uses `demonstration_people`."""
    return {"demonstration_people": SimpleLazyObject(hints)}
