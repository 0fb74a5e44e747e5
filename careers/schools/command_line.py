"""What commands about one school share. Whatever is refused is one sentence, and the command ends with status 2."""

from __future__ import annotations

from django.core.management.base import CommandError

from careers.schools.models import School

WRONG = 2


def refuse(words: str) -> CommandError:
    return CommandError(words, returncode=WRONG)


def school_with(urn: str) -> School:
    school = School.objects.filter(urn=urn).first()
    if school is None:
        known = ", ".join(f"{s.urn} ({s.name})" for s in School.objects.order_by("name")[:10]) or "none yet"
        raise refuse(f"There is no school with the URN {urn} here. Schools: {known}.")
    return school
