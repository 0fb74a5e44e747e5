"""What people do with pupils who were held: say who one is, add one as new, or put one aside. Each is audited."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from careers.accounts.models import User
from careers.audit.record import record
from careers.imports import applying
from careers.imports.actions import NotNow
from careers.imports.kinds.pupil_changes import add_pupil, change_pupil
from careers.imports.kinds.pupil_row import PupilRow, from_json
from careers.imports.kinds.school_roll import SchoolRoll
from careers.imports.plan import Plan
from careers.pupils.models import Arrival, Pupil
from careers.schools import clock

CANDIDATES = 12


def candidates(arrival: Arrival) -> list[Pupil]:
    """Pupils it may be: the same surname, or the same birthday, those who share both first."""
    alike = Q(surname__iexact=arrival.surname) | Q(preferred_surname__iexact=arrival.surname)
    if arrival.date_of_birth:
        alike |= Q(date_of_birth=arrival.date_of_birth)
    if arrival.forename:
        alike |= Q(forename__iexact=arrival.forename, surname__istartswith=arrival.surname[:1])
    found = list(Pupil.objects.filter(alike, school=arrival.school)[:200])
    return sorted(found, key=lambda pupil: (-likeness(arrival, pupil), pupil.list_name))[:CANDIDATES]


def likeness(arrival: Arrival, pupil: Pupil) -> int:
    """The surname and the birthday weigh the same; a forename counts too where one begins the other (Jo, Joanna)."""
    surnames = {pupil.surname.casefold(), pupil.preferred_surname.casefold()}
    forenames = {name.casefold() for name in (pupil.forename, pupil.preferred_forename) if name}
    given = arrival.forename.casefold()
    same_birthday = arrival.date_of_birth is not None and arrival.date_of_birth == pupil.date_of_birth
    same_surname = arrival.surname.casefold() in surnames
    like_forename = bool(given) and any(name.startswith(given) or given.startswith(name) for name in forenames)
    return 3 * same_birthday + 3 * same_surname + like_forename


def row_of(arrival: Arrival) -> PupilRow:
    return from_json(arrival.facts)


def match(*, arrival: Arrival, pupil: Pupil, by: User | None) -> None:
    """The arrival is this pupil: what it brought is added to theirs, except their name and birthday."""
    row = row_of(arrival)
    row.facts = {
        k: v for k, v in row.facts.items() if k not in ("surname", "forename", "date_of_birth") or not getattr(pupil, k)
    }
    with transaction.atomic():
        take(arrival, Arrival.Outcome.MATCHED)
        refuse_taken_upn(row, pupil)
        plan = Plan()
        roll = SchoolRoll(arrival.school, clock.current_year().start_year, only=pupil)
        known = roll.by_pk[pupil.pk]
        change_pupil(plan, roll, row, known)
        applying.write(plan, None, arrival.school_id)
        settle(arrival, known)
        record("matched an arrival to a pupil", by=by, school=arrival.school, subject=known)


def add(*, arrival: Arrival, year_group: int | None, by: User | None) -> Pupil:
    """The arrival is a new pupil, in this year group now (or the one the file gave)."""
    row = row_of(arrival)
    row.year_group = year_group or row.year_group
    if row.year_group not in arrival.school.year_groups:
        raise NotNow(f"Choose the year group of {arrival} before adding.")
    with transaction.atomic():
        take(arrival, Arrival.Outcome.ADDED)
        refuse_taken_upn(row, None)
        plan = Plan()
        pupil = add_pupil(plan, SchoolRoll(arrival.school, clock.current_year().start_year), row, earlier_years=True)
        applying.write(plan, None, arrival.school_id)
        settle(arrival, pupil)
        record("added an arrival as a new pupil", by=by, school=arrival.school, subject=pupil)
    return pupil


def add_several(*, arrivals: Iterable[Arrival], by: User | None) -> int:
    """Add all, or none when one of them has no year group."""
    with transaction.atomic():
        return sum(1 for arrival in arrivals if add(arrival=arrival, year_group=None, by=by))


def dismiss(*, arrival: Arrival, by: User | None) -> None:
    """Nobody of ours. The same row in a later file is not held again."""
    with transaction.atomic():
        take(arrival, Arrival.Outcome.DISMISSED)
        record("dismissed an arrival", by=by, school=arrival.school, subject=arrival)


def take(arrival: Arrival, outcome: Arrival.Outcome) -> None:
    if not Arrival.objects.filter(pk=arrival.pk, outcome=Arrival.Outcome.WAITING).update(outcome=outcome):
        raise NotNow("This pupil has been dealt with already.")
    arrival.outcome = outcome


def settle(arrival: Arrival, pupil: Pupil) -> None:
    arrival.pupil = pupil
    arrival.save()


def refuse_taken_upn(row: PupilRow, pupil: Pupil | None) -> None:
    others = Pupil.objects.filter(upn=row.upn).exclude(pk=pupil.pk if pupil else None)
    if row.upn and others.exists():
        raise NotNow(f"Another pupil here has the UPN {row.upn}. Match it to that pupil instead.")
