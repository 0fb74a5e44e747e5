"""What the audit has kept for six years may go, by a seal and by no other road; what is left is still a chain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from careers.audit.models import Event, Seal
from careers.audit.record import record, version_of
from careers.audit.sealing import TooYoung, seal_and_delete, six_years_before
from careers.audit.tests.tampering import by_hand, done_at, unguarded
from careers.audit.verifying import verify
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db
A_TERM_LONG_GONE = date(2018, 7, 20)


@pytest.fixture
def school() -> Any:
    """Four events of seven years ago, the last a change of that year, and two of today."""
    school, long_ago = make_school(), timezone.now() - timedelta(days=7 * 366)
    for day in range(3):
        done_at(long_ago + timedelta(day), school=school)
    done_at(long_ago + timedelta(3), "changed an activity", school, changes=True, since=A_TERM_LONG_GONE)
    record("opened a pupil's file", by=None, school=school, changes=False)
    record("changed an activity", by=None, school=school, since=date(2026, 11, 22))
    return school


def let_go(school: Any, **how: Any) -> int:
    return seal_and_delete(school, before=six_years_before(timezone.localdate()), **how)


def numbers(school: Any) -> list[int]:
    return list(Event.objects.filter(school_id=school.pk).order_by("number").values_list("number", flat=True))


def test_old_events_go_and_the_rest_is_still_a_chain(school: Any) -> None:
    head = Event.objects.get(school_id=school.pk, number=4)
    leader = make_person(school)
    assert let_go(school, by=leader) == 4
    assert numbers(school) == [5, 6, 7]
    verdict = verify(school.pk)
    assert (verdict.sealed, verdict.events, verdict.fault) == (4, 3, "")
    seal = Seal.objects.get()
    assert (seal.number, seal.hash, seal.events, seal.actor_id) == (4, head.hash, 4, leader.pk)


def test_that_they_went_is_itself_in_the_chain(school: Any) -> None:
    let_go(school)
    last = Event.objects.get(school_id=school.pk, number=7)
    assert (last.verb, last.detail["up_to"], last.detail["events"]) == ("sealed old events away", 4, 4)


def test_with_nothing_old_enough_nothing_is_sealed(school: Any) -> None:
    assert [let_go(school), let_go(school)] == [4, 0]
    assert Seal.objects.count() == 1


def test_the_last_six_years_are_not_to_be_had(school: Any) -> None:
    with pytest.raises(TooYoung):
        seal_and_delete(school, before=six_years_before(timezone.localdate()) + timedelta(1))


def test_the_database_refuses_a_seal_over_young_events_by_hand(school: Any) -> None:
    young = Event.objects.get(school_id=school.pk, number=5)
    fields = {"at": timezone.now(), "chain": school.pk, "events": 5, "why": "to hide it"}
    with pytest.raises(DatabaseError, match="six years"), transaction.atomic():
        Seal.objects.create(number=5, hash=young.hash, **fields)
    for number, hash in ((4, "f" * 64), (40, young.hash)):
        with pytest.raises(DatabaseError, match="that is there"), transaction.atomic():
            Seal.objects.create(number=number, hash=hash, **fields)


def test_the_database_refuses_to_delete_what_no_seal_covers(school: Any) -> None:
    let_go(school)
    with pytest.raises(DatabaseError, match="no seal covers"), transaction.atomic():
        Event.objects.filter(number=5).delete()
    other = done_at(timezone.now() - timedelta(days=7 * 366), school=make_school("Other School"))
    with pytest.raises(DatabaseError, match="no seal covers"), transaction.atomic():
        other.delete()


@pytest.mark.parametrize("statement", ["UPDATE audit_seal SET number = 6", "DELETE FROM audit_seal"])
def test_a_seal_is_never_changed_nor_taken_back(school: Any, statement: str) -> None:
    let_go(school)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_hand(statement)


def test_a_seal_made_by_hand_over_events_that_are_there_is_found(school: Any) -> None:
    with unguarded():
        fifth = Event.objects.get(school_id=school.pk, number=5)
        Seal.objects.create(at=timezone.now(), chain=school.pk, number=5, hash=fifth.hash, events=5, why="", version=1)
        Event.objects.filter(school_id=school.pk, number__in=(2, 5)).delete()
    assert "stands before 6" in verify(school.pk).fault


def test_a_seal_nobody_recorded_is_found(school: Any) -> None:
    with unguarded():
        fifth = Event.objects.get(school_id=school.pk, number=5)
        Seal.objects.create(at=timezone.now(), chain=school.pk, number=5, hash=fifth.hash, events=5, why="", version=1)
        Event.objects.filter(school_id=school.pk, number__lte=5).delete()
    assert verify(school.pk).fault == "The seal at number 5 is not in the chain: it was put in by hand."


def test_what_is_remembered_never_goes_back_to_an_older_number(school: Any) -> None:
    day, this_term = A_TERM_LONG_GONE, date(2026, 11, 22)
    before, now = version_of(school, day), version_of(school)
    let_go(school)
    assert version_of(school, day) >= before
    assert (version_of(school), version_of(school, this_term)) == (now, now)
    with transaction.atomic():
        record("corrected the log", by=None, school=school, since=day)
    assert version_of(school, day) > before


def test_sealed_again_later_it_goes_on_from_the_seal(school: Any) -> None:
    let_go(school)
    with unguarded():  # as if six more years had gone by for the fifth
        Event.objects.filter(number__in=(5, 6, 7)).delete()
        by_hand("UPDATE audit_tail SET number = 4, version = 1, hash = %s", Seal.objects.get().hash)
    done_at(timezone.now() - timedelta(days=7 * 366), school=school)
    with transaction.atomic():
        assert let_go(school) == 1
    assert [seal.number for seal in Seal.objects.all()] == [4, 5]
    assert verify(school.pk).fault == ""
