"""What is done to a school as a whole."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from careers.audit.record import record
from careers.schools.models import School

YOUNGEST, OLDEST = 2, 19


class SchoolRefused(Exception):
    """A school cannot be added. Its text is one sentence saying why, for whoever asked."""


def add_school(*, name: str, urn: str, laestab: str, kind: str, ages: tuple[int, int], by: Any) -> School:
    """Add a school with nobody in it. `ages` are the youngest and the oldest it takes. Raises SchoolRefused."""
    name, laestab = " ".join(name.split()), re.sub(r"[ /-]", "", laestab)
    school = School(name=name, urn=urn.strip(), laestab=laestab, kind=kind, low_age=ages[0], high_age=ages[1])
    refuse_odd(school)
    with transaction.atomic():
        refuse_known(school)
        school.save()
        record("added a school", by=by, school=school, subject=school)
    return school


def refuse_odd(school: School) -> None:
    """Refuse what no school in England has."""
    longest = School._meta.get_field("name").max_length or 0
    if not 0 < len(school.name) <= longest:
        raise SchoolRefused(f"A school needs a name of up to {longest} characters.")
    if not re.fullmatch(r"[0-9]{6}", school.urn):
        raise SchoolRefused(f"{school.urn or 'Nothing'} is not a URN: it has six digits, like 123456.")
    if not re.fullmatch(r"[0-9]{7}", school.laestab):
        raise SchoolRefused(
            f"{school.laestab or 'Nothing'} is not a LAESTAB: it has seven digits, three of the authority and four of the school."
        )
    if school.kind not in School.Kind.values:
        raise SchoolRefused(f"{school.kind} is not a kind of school here: choose {', '.join(School.Kind.values)}.")
    if not YOUNGEST <= school.low_age < school.high_age <= OLDEST:
        raise SchoolRefused(
            f"Ages {school.low_age} to {school.high_age} are not a school's: the first is the lower, from {YOUNGEST} to {OLDEST}."
        )
    if not school.year_groups:
        raise SchoolRefused(f"A school for ages {school.low_age} to {school.high_age} has no year group from 7 to 13.")


def refuse_known(school: School) -> None:
    for field, value in (("urn", school.urn), ("laestab", school.laestab)):
        if known := School.objects.filter(**{field: value}).first():
            raise SchoolRefused(f"The {field.upper()} {value} is here already: {known.name}.")
