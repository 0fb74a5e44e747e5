"""The pupils a question is about, as rows: what criteria ask of them, and what lists show and filter by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from careers.evaluation.lending import Lending, asking
from careers.pupils.models import Characteristic, GroupMembership, Pupil
from careers.schools.models import School
from criteria.periods import AcademicYear

SHOWN = (
    "pk", "reference", "surname", "forename", "preferred_surname", "preferred_forename", "upn", "sex", "joined_on", "left_on",
    "considering_he", "in_benchmark_cohort",
)  # fmt: skip

NOT_HELD = ("programme_starts_on", "programme_ends_on")
"""Dates of a college learner's own, which no school holds."""


class Person(NamedTuple):
    """One pupil on the day asked about. `facts` is the row the engine reads."""

    pk: int
    reference: str
    name: str
    upn: str
    sex: str
    year_group: int | None
    form: str
    on_roll: bool
    characteristics: frozenset[str]
    facts: dict[str, Any]


def setting_of(school: School) -> str:
    """The kind of place a school is to the benchmarks. Alternative provision answers as a school does."""
    return "special" if school.kind == School.Kind.SPECIAL else "school"


def people(school: School, as_at: date, own_dates: Collection[str] = ()) -> list[Person]:
    """Everybody on roll on the day, and leavers of the last few years, in register order. Four queries, whatever the size.

    `own_dates` are the dates of pupils' own that criteria ask for: a date of birth is read only where one does.
    """
    lending = Lending(school, as_at)
    with asking() as cursor:
        cursor.execute(lending.pupils())
        held = {row[0]: row[1:] for row in cursor.fetchall()}
    forms = _forms(school, lending.year, as_at)
    traits = _characteristics(school, as_at)
    rows = Pupil.objects.filter(school=school).filter(Q(joined_on__isnull=True) | Q(joined_on__lte=as_at))
    shown = (*SHOWN, "date_of_birth") if "born" in own_dates else SHOWN
    found = []
    listed = rows.order_by("surname", "forename", "pk").values_list(*shown)
    for row in (dict(zip(shown, values, strict=True)) for values in listed):
        if row["pk"] in held:
            found.append(
                _person(row, held[row["pk"]], forms.get(row["pk"], ""), traits.get(row["pk"], {}), school, as_at)
            )
        elif row["left_on"] is None or row["left_on"] >= as_at:
            found.append(_person(row, (None, None, 0, None), "", traits.get(row["pk"], {}), school, as_at))
    return found


def still_here(now: Sequence[Person], day: date) -> list[Person]:
    """The same people on a later day of the academic year, when some are known to have left. Nobody is known to join."""
    return [_gone(person) if person.on_roll and _left_by(person, day) else person for person in now]


def _left_by(person: Person, day: date) -> bool:
    left: date | None = person.facts["left_on"]
    return left is not None and left < day


def _gone(person: Person) -> Person:
    return person._replace(on_roll=False, facts={**person.facts, "on_roll": False})


def _person(
    row: dict[str, Any], held: tuple[Any, ...], form: str, traits: dict[str, str], school: School, as_at: date
) -> Person:
    academic_year, year_group, repeated, subjects = held
    on_roll = row["left_on"] is None or row["left_on"] >= as_at
    if on_roll and academic_year != AcademicYear.containing(as_at).start_year:
        year_group = None  # on roll, but nobody has said in which year: not to be guessed from last year's
    cohort = row["in_benchmark_cohort"] if school.kind == School.Kind.SPECIAL else True
    facts = {
        "pupil": row["pk"],
        "school": school.urn,
        "setting": setting_of(school),
        "academic_year": academic_year,
        "year_group": year_group,
        "repeated_year": repeated,
        "joined_on": row["joined_on"],
        "left_on": row["left_on"],
        "on_roll": on_roll,
        "considering_he": row["considering_he"],
        "in_benchmark_cohort": cohort,
        "subjects": tuple(subjects.strip("|").split("|")) if subjects else None,
        "sex": row["sex"] or None,
        "sen_provision": traits.get("sen_provision"),
        "fsm": traits.get("fsm") == "Y" or None,
        "looked_after": traits.get("looked_after") == "Y" or None,
        "form": form or None,
        **dict.fromkeys(NOT_HELD),
        **({"born": row["date_of_birth"]} if "date_of_birth" in row else {}),
    }
    surname = row["preferred_surname"] or row["surname"]
    forename = row["preferred_forename"] or row["forename"]
    return Person(
        pk=row["pk"],
        reference=row["reference"],
        name=f"{surname}, {forename}" if forename else surname,
        upn=row["upn"],
        sex=row["sex"],
        year_group=year_group,
        form=form,
        on_roll=on_roll,
        characteristics=frozenset(_traits(row["sex"], traits)),
        facts=facts,
    )


def _traits(sex: str, held: dict[str, str]) -> list[str]:
    """The names of the groups a pupil belongs to, as `groups.GROUPS` lists them."""
    found = [f"sex_{sex.lower()}"] if sex else []
    sen = held.get("sen_provision", "N")
    found += {"K": ["sen", "sen_support"], "E": ["sen", "ehcp"]}.get(sen, [])
    return found + [kind for kind, value in held.items() if kind != "sen_provision" and value == "Y"]


def _forms(school: School, year: AcademicYear, as_at: date) -> dict[int, str]:
    rows = GroupMembership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=as_at),
        school=school,
        group__kind="form",
        group__academic_year=year.start_year,
    )
    return dict(rows.values_list("pupil_id", "group__name"))


def _characteristics(school: School, as_at: date) -> dict[int, dict[str, str]]:
    """The characteristics in force on the day: a change made that day is the new one."""
    rows = Characteristic.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=as_at),
        Q(ends_on__isnull=True) | Q(ends_on__gt=as_at - timedelta(days=1)),
        school=school,
    )
    found: dict[int, dict[str, str]] = {}
    for pupil, kind, value in rows.order_by("starts_on").values_list("pupil_id", "kind", "value"):
        found.setdefault(pupil, {})[kind] = value
    return found
