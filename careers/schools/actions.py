"""What is done to a school as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db import transaction
from django_scopes import scope

from careers.audit.record import record
from careers.schools.models import School, TermDates
from criteria.periods import AcademicYear, Term

YOUNGEST, OLDEST = 2, 19


class SchoolRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


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


def let_trust_see_names(*, school: School, lets: bool, by: Any) -> bool:
    """Say whether trust leads may see this school's pupils by name. Whether that changed anything."""
    with transaction.atomic(), scope(school=school):
        held = School.objects.select_for_update().get(pk=school.pk)
        if held.names_to_trust == lets:
            return False
        held.names_to_trust = lets
        held.save(update_fields=["names_to_trust"])
        if lets:
            record("let trust leads see names", by=by, school=held, subject=held)
        else:
            record("kept names from trust leads", by=by, school=held, subject=held)
    return True


def set_terms(*, school: School, year: AcademicYear, terms: Sequence[Term], by: Any) -> list[Term]:
    """Give a school its own term dates for one academic year, in place of any given before. Raises SchoolRefused."""
    terms = sorted(terms, key=lambda term: term.starts)
    refuse_odd_terms(year, terms)
    with transaction.atomic(), scope(school=school):
        TermDates.objects.filter(school=school, academic_year=year.start_year).delete()
        TermDates.objects.bulk_create(
            TermDates(school=school, academic_year=year.start_year, name=t.name, starts_on=t.starts, ends_on=t.ends)
            for t in terms
        )
        record("set the term dates", by=by, school=school, subject=school, year=str(year))
    return terms


def refuse_odd_terms(year: AcademicYear, terms: Sequence[Term]) -> None:
    longest = TermDates._meta.get_field("name").max_length or 0
    for term in terms:
        if not 0 < len(term.name) <= longest:
            raise SchoolRefused(f"A term needs a name of up to {longest} characters.")
        if not (term.starts in year and term.ends in year and term.starts < term.ends):
            raise SchoolRefused(f"{term.name} must start before it ends, both within {year}.")
    for earlier, later in pairwise(terms):
        if later.starts <= earlier.ends:
            raise SchoolRefused(f"{later.name} starts before {earlier.name} has ended.")
    if len({term.name for term in terms}) < len(terms):
        raise SchoolRefused("Two terms have the same name.")
